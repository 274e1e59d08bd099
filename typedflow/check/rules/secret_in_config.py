"""A field is a secret (`SecretStr` and the like).

Configs are persisted with every run, for anybody to read.

```python
# flows/settings.py
from pydantic import SecretStr

from typedflow import ConfigModel


class Settings(ConfigModel):
    password: SecretStr
```

Instead, hold the secret's name, and read it in the step that needs it, for instance with `@secrets`.
"""
