"""The manifest chooses the environment by branch, and no branch is known.

HEAD is detached (a tag, a submodule, most checkouts of CI services), there is no repository, or git cannot tell. To go
on with the default environment would deploy its settings from a release branch, too.

```toml
# typedflow.toml
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[environments]
default = "dev"

[environments.branches]
"release/*" = "prod"
```

Instead, name the environment with `--env` or `TYPEDFLOW_ENV`. A manifest can answer the question for all such places,
with `unknown = "dev"` in `[environments]`, and by tag, with a table `[environments.tags]`.
"""
