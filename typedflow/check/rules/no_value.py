"""A required config has no value; or a field is read from a config that is None.

A decorator or step would meet None where it reads a field.

```python
# in flow.py
other = Config("other", model=Train, required=True)
```

Instead, give `--config other FILE`, or declare a default.
"""
