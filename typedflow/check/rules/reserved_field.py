"""A field is named `items`, `keys`, `values` or `get`, and would hide the method that a config has as a mapping.

A `ConfigModel` with such a field is refused when it is declared; of any other Pydantic model it is a warning.

```python
# flows/settings.py
from typedflow import ConfigModel


class Settings(ConfigModel):
    items: list[str]
```

Instead, keep the key and rename the field: `items_: list[str] = Field(alias="items")`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.check.rules._classes import own_classes
from typedflow.models import field_location, fields_of
from typedflow.values import RULES, Diagnostic, Severity

_RESERVED = ("get", "items", "keys", "values")


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Give the fields of plain Pydantic models and dataclasses that are named like a mapping's methods."""
    for owner, place in own_classes(model):
        for name in fields_of(owner) or {}:
            if name in _RESERVED:
                yield Diagnostic(
                    RULES["reserved-field"],
                    f"`{owner.__name__}.{name}` is named like the method `{name}` that every mapping has, "
                    "and flows that read the config as a mapping get the one for the other",
                    field_location(owner, name) or place,
                    hint=f'rename the field and keep the key: `{name}_: ... = Field(alias="{name}")`',
                    severity=Severity.WARNING,
                )
