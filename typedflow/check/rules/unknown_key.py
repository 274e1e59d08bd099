"""A key is not a field of its model.

A misspelt key would leave the default in force. Of two keys of one field in one file (a name and its alias), one is too
many.

```yaml
# settings/settings.configuration.EXP_02.yaml
data: {targt: s5}
```

Instead, correct the key, or add the field.
"""
