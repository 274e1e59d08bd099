"""A config would not come back from its stored form as it was.

A field is excluded, or a validator changes what it is given. A task reads the stored form, and would get another
config.

```python
# flows/settings.py
from pydantic import Field

from typedflow import ConfigModel


class Settings(ConfigModel):
    project: str = Field(exclude=True)
```

Instead, remove `exclude=True` (a computed property needs none), and make validators and serializers inverse to each
other.
"""
