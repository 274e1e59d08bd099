"""A decorator raises an exception over what a config gives it.

Each value has the right type, and Metaflow refuses it all the same: a name with spaces, two options that exclude each
other.

```yaml
# settings/settings.configuration.EXP_02.yaml
project: Blood Pressure
```

Instead, correct the value, and let the model refuse it, too: with a pattern, a limit, a `Literal` or a validator.
"""
