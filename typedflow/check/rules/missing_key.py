"""A field without a default is set in no layer.

There is no value that could be meant, and no task can start without one.

```yaml
# settings/settings.configuration.EXP_02.yaml
$merge: {delete: [project]}
```

Instead, set it in the layer where it belongs, or give the field a default.
"""
