"""Two files are the same layer, in two formats.

Neither is above the other.

```toml
# settings/settings.toml
project = "another"
```

Instead, keep one of them.
"""
