"""An option or an environment variable is not of the form that it takes.

A value that is half understood would start a run that nobody meant.

```console
$ typedflow show training --binding EXP_02 --set model.alpha
```

Instead, write it as the hint says: `--set model.alpha=0.5`.
"""
