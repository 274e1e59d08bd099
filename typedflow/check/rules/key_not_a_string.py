"""A YAML key is null, a boolean or a number, or an integer where the model's keys are strings.

As JSON it would become text, and no longer be found under its old name. Integers are accepted where the model has keys
that are numbers, as in `dict[int, str]`: JSON stores them as text, and the model reads them back as integers.

```yaml
# settings/settings.configuration.EXP_02.yaml
packages: {1: one}
```

Instead, put the key in quotes, or write an integer where the model has integers as keys.
"""
