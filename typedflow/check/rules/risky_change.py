"""A change of a model may break what was there before it, or changes what unchanged files mean.

A default that changes, for one, changes every variant that does not set the field.

```console
$ sed -i 's/seed: int = 0/seed: int = 1/' flows/settings.py && typedflow schema breaking --against HEAD --strict
```

Instead, set the old value where it is still wanted, and say in the commit that the change is meant.
"""
