"""There is no settings file of that environment.

To go on without one would run with the settings of no environment, which are nobody's.

```console
$ typedflow show training --binding EXP_02 --env staging
```

Instead, correct the name, or create `settings.environment.NAME.yaml`.
"""
