"""A key stands twice in one mapping.

Most parsers take the last one in silence, and the reader believes the first.

Keys also are the same where a dictionary reads them as one, as `1` and `01` in a `dict[int, str]`, or `a` and `A` in a
model with `str_to_lower`; these may stand in different files or variables. Written in one way, they merge.

```yaml
# settings/settings.configuration.EXP_02.yaml
labels: [a]
labels: [b]
```

Instead, keep one of the two.
"""
