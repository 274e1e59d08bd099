"""A list merges by a key, and an item has none, or one that another item has.

Nobody can tell which items are the same.

```python
# flows/settings.py
from typing import Annotated

from typedflow import ConfigModel, Merge


class Table(ConfigModel):
    name: str = ""
    rows: int = 0


class Settings(ConfigModel):
    tables: Annotated[list[Table], Merge.by_key("name")]
```

```yaml
# settings/settings.environment.dev.yaml
{}
```

```yaml
# settings/settings.yaml
tables: [{name: sales, rows: 10}]
```

```yaml
# settings/settings.configuration.EXP_02.yaml
tables: [{rows: 20}]
```

Instead, give every item its key.
"""
