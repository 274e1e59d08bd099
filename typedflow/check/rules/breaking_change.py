"""A change of a model breaks what was there before it.

Either settings files that fitted the old model do not fit the new one, or readers of the old model cannot read what the
new one writes: past runs, other flows, pods that are still running.

```console
$ sed -i 's/, "svd"]/]/' flows/settings.py && typedflow schema breaking --against HEAD
```

Instead, keep what was there beside the new: a default for a new field, an alias for a renamed one, a wider type. Where
it must break, change the files in the same commit.
"""
