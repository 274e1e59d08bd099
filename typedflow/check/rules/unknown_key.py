"""A key is not a field of its model.

A misspelt key would leave the default in force. A field that one file sets twice, by its name and by its alias, is
reported here, too.

```yaml
# settings/settings.configuration.EXP_02.yaml
data: {targt: s5}
```

Instead, correct the key, or add the field.
"""
