"""A value does not fit its field: its type, a limit, a choice, or a validator of the model.

Metaflow would hand it on, and a task would fail with it, or work with it, hours later.

```yaml
# settings/settings.configuration.EXP_02.yaml
evaluation: {folds: 1}
```

Instead, correct the value, or the model if the value is right.
"""
