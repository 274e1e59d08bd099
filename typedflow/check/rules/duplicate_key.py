"""A key stands twice in one mapping.

Most parsers take the last one in silence, and the reader believes the first.

```yaml
# settings/settings.configuration.EXP_02.yaml
labels: [a]
labels: [b]
```

Instead, keep one of the two.
"""
