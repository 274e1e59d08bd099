"""The manifest has no flow of that name, or none with that file.

Settings are those of a flow: by its name in the manifest, or by its file.

```console
$ typedflow show trainig --binding EXP_02
```

Instead, correct the name, or add `[flows.NAME]` with its `file`.
"""
