"""A file cannot be written, or `init` or `stubs` would overwrite it.

What was there before is still there.

```console
$ typedflow init
```

Instead, free the place, or choose another.
"""
