"""mypy finds an error in a flow that has nothing to do with a config.

`typedflow check --types` reports what mypy does, each error once, with mypy's own code at its end.

```python
# flows/nightly.py
from training import Training


class Nightly(Training):
    def name(self) -> int:
        return "nightly"
```

Instead, mend the type; `# type: ignore[code]` lets mypy pass over a line.
"""
