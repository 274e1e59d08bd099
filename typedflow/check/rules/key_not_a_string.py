"""A YAML key is a number, null or a date.

As JSON it would become text, and no longer be found under its old name.

```yaml
# settings/settings.configuration.EXP_02.yaml
packages: {1: one}
```

Instead, put the key in quotes.
"""
