"""A `parser=` raised an exception, or returned something that is neither a mapping nor a model.

Whatever a parser raises would end the flow in a traceback of Metaflow's, in which its own line is hard to find.

```python
# in flow.py
other = Config("other", model=Train, parser=json.loads, default_value="epochs=3")
```

Instead, mend the text or the parser; the line that raised is shown.
"""
