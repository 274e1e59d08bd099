"""The text is not of the format that the file's suffix names.

Half a file would be a config that nobody wrote.

```yaml
# settings/settings.configuration.EXP_02.yaml
data: {features: [bmi, bp
```

Instead, mend the place that is marked. Of a merge conflict (`<<<<<<< HEAD`), keep what you want of both sides and
remove the lines with markers. Where it says that a format is not known, name the file `.toml`, `.yaml` or `.json`.
"""
