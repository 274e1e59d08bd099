"""The model that the manifest names cannot be imported, or is no Pydantic model.

Nothing can be said of settings without the model that they must fit.

```toml
# typedflow.toml
model = "flows/settings.py:Setings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
```

Instead, write `path/to/file.py:Class` or `package.module:Class`. Where the import fails, the failing line is shown.
"""
