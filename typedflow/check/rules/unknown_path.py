"""The settings have nothing at the key path of `--path`.

To print nothing would look as if the value were empty.

```console
$ typedflow show training --binding EXP_02 --path model.alhpa
```

Instead, take the name that is suggested.
"""
