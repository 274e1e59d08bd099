"""An expression is no Python, or raises an exception.

It is evaluated anew in every variant; that it works in one says nothing of the others.

```python
# in flow.py
rate = Parameter("rate", default=config_expr("train.epochs / 0"))
```

Instead, mend the place that is marked; complicated things go into a property of the model.
"""
