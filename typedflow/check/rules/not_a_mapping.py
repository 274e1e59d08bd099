"""A settings file holds a list or one value.

Settings have names.

```yaml
# settings/settings.configuration.EXP_02.yaml
- bmi
- bp
```

Instead, write `key: value` pairs.
"""
