"""There is no `typedflow.toml`, and no `pyproject.toml` with `[tool.typedflow]`, in this directory or above it.

Flows, settings and their model are found by the manifest.

```console
$ typedflow --project / list
```

Instead, change to the project, name it with `--project`, or make one: `typedflow init`.
"""
