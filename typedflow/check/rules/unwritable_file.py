"""A file cannot be written, `init` or `stubs` would overwrite it, or it changed while `check --fix` tried its mends.

What was there before is still there.

```console
$ typedflow init
```

Instead, free the place, or choose another; run `check --fix` again.
"""
