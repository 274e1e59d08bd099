"""A name, field or key in an expression does not exist.

Metaflow itself ends in a traceback that names neither the line nor the expression.

```python
# in flow.py
rate = Parameter("rate", default=train.epoch)
```

Instead, take the name that is suggested.
"""
