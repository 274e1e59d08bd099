"""A Parameter's default, which comes from a config, is not of the Parameter's type.

Metaflow converts what is given on the command line, and refuses such a default when the flow is started.

```python
# in flow.py
rate = Parameter("rate", type=int, default=config_expr("str(train.epochs) + ' times'"))
```

Instead, give it the field that was meant, convert the value, or leave out `type=`: it follows from the default.
"""
