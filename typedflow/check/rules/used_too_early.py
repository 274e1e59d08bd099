"""A config is tested, compared, formatted or converted in the class body, where it has no value yet.

Python is still making the class then, so its traceback stands above the diagnostic.

```python
# in flow.py
rate = 2 if train.epochs > 3 else 1
```

Instead, write `config_expr("2 if train.epochs > 3 else 1")`, or decide in a step.
"""
