"""One layer has a mapping where another has a value or a list.

Replacing would drop keys in silence.

```yaml
# settings/settings.configuration.EXP_02.yaml
schedule: hourly
```

Instead, write keys below it; or say that you mean it: `$merge: {replace: [schedule]}`.
"""
