"""The function that computes a Config's default raised an exception.

Without the default there is no config to run with.

```python
# in flow.py
other = Config("other", model=Train, default_value=lambda context: {"epochs": json.loads("three")})
```

Instead, mend the function, whose line is shown, or give the config a file or value when starting the flow.
"""
