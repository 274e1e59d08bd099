"""A decorator or Parameter would get what is no plain data.

A timedelta, for one, has no unit there.

```python
# in flow.py
rate = Parameter("rate", default=train.every)
```

Instead, say what you mean: `config_expr("train.every.total_seconds()")`.
"""
