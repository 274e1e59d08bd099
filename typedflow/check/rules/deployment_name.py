"""Two variants would be deployed under one name, or a name is longer than its target takes.

Names are made of the flow, the git branch and the binding, in lower-case letters and digits: `EXP_01` and `exp-01` come
to the same. Argo Workflows takes 45 characters, Step Functions 80.

Instead, rename a binding, or give a short branch: `typedflow deploy training --to argo-workflows --branch main`.
"""
