"""A file that the manifest names as a flow's has no flow in it.

A flow is a class that inherits from Metaflow's `FlowSpec`, and is declared in that very file.

```python
# flows/nightly.py
from metaflow import pypi_base
```

Instead, name the file that declares the flow, or declare it there.
"""
