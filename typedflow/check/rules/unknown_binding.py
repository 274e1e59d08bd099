"""There is no settings file of that binding, the flow is not instantiated under it, or none of several is named.

To take another binding, or none, would run what nobody asked for.

```console
$ typedflow show training --binding EXP_20
```

Instead, correct the name, or create `settings.configuration.NAME.yaml`.
"""
