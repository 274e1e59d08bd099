"""A flow of the project has no config that takes the project's settings.

Its settings would be compiled, and given to a config that is not there.

```toml
# typedflow.toml
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
config = "parameters"
```

Instead, let the flow inherit from `SettingsMixin[...]`, or name its Config with `config` in the manifest.
"""
