"""A setting differs from what `typedflow.lock` has, or its variant is not in it.

The lock file has the settings of each variant as they were reviewed. `typedflow deploy --locked` deploys nothing else,
and `typedflow lock --check` fails where the two differ.

Instead, look at what differs (`typedflow diff training EXP_01 typedflow.lock`), then write the lock file anew with
`typedflow lock` and have the change reviewed; or take the variable or the option away that changes the setting.
"""
