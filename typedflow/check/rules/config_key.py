"""A config that is read as a mapping has no such key.

mypy, with typedflow's plugin, knows the fields and aliases of each model, and the type of each.

```python
# flows/nightly.py
from training import Training


class Nightly(Training):
    def folds(self) -> int:
        return self.settings["evaluation"]["fold"]
```

Instead, use the name or the alias of a field; `config.get("fold")` asks whether there is one.
"""
