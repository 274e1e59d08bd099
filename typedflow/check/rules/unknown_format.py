"""A config's file has a suffix that is none of `.toml`, `.yaml`, `.yml` and `.json`, and the Config has no `parser=`.

Guessing would read one format's text as another's.

```python
# in flow.py
other = Config("other", model=Train, default="flow.py")
```

Instead, rename the file, or declare a parser.
"""
