"""A number is infinite or not a number.

Configs travel as JSON, which has neither.

```yaml
# settings/settings.configuration.EXP_02.yaml
model: {kind: ridge, alpha: .inf}
```

Instead, use null for "no limit", and declare the field `float | None`.
"""
