"""An environment variable looks as if it set a value, and nothing reads it.

The value that it was to set stays what the files say, without a word. A name is `TYPEDFLOW__CONFIG__KEY`, with two
underscores between all its parts; `settings` is the config of a project unless its manifest says otherwise.

```console
$ TYPEDFLOW__MODEL__KIND=ols typedflow show training --binding EXP_02
```

Instead, take the name that is suggested, or unset the variable. Where no name is certain, `typedflow check` warns, and
other commands go on.
"""
