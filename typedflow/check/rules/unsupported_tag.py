"""A YAML tag asks for a Python object.

Reading a config must not run code.

```yaml
# settings/settings.configuration.EXP_02.yaml
model: !!python/object:os.system {}
```

Instead, write plain values; the model makes objects of them.
"""
