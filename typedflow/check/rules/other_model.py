"""A flow reads the project's settings with another model than the manifest names.

What one of the two accepts the other may refuse, and only when the flow is started.

```toml
# typedflow.toml
model = "flows/settings.py:Evaluation"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
```

Instead, declare the config with the manifest's model, or name the flow's model in the manifest.
"""
