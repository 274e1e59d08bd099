"""A file or directory that is named does not exist.

What it should hold is not replaced by defaults: a run without its settings is another run.

```toml
# typedflow.toml
settings = "config"
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
```

Instead, correct the path; it is relative to the manifest, or, for `Config(default=...)`, to the working directory or
the flow.
"""
