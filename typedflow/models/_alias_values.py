"""The values of type aliases: those of the `type` statement, and ``TypeAliasType`` objects."""

from __future__ import annotations

import sys
import typing
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from typing_extensions import TypeAliasType

# Two kinds: the `type` statement's, and the backport's, which is not a subclass of the former.
_ALIASES = (TypeAliasType, getattr(typing, "TypeAliasType", TypeAliasType))


def is_alias(annotation: Any) -> bool:
    """Return whether an annotation is an alias, with or without arguments."""
    return isinstance(get_origin(annotation), _ALIASES) or isinstance(annotation, _ALIASES)


def alias_value(annotation: Any) -> Any:
    """Return the value of an alias; quoted names, its own included, are resolved if its module defines them."""
    origin = get_origin(annotation)
    if isinstance(
        origin, _ALIASES
    ):  # first: in Python 3.10, an alias with arguments is an instance of its origin's class
        return _resolved(origin)[get_args(annotation)]
    return _resolved(annotation)


@lru_cache(maxsize=256)
def _resolved(alias: Any) -> Any:
    names = {alias.__name__: alias, **{each.__name__: each for each in alias.__type_params__}}
    module = vars(sys.modules.get(alias.__module__, typing))
    holder = type(alias.__name__, (), {"__annotations__": {"value": alias.__value__}})
    try:
        return get_type_hints(holder, module, names, include_extras=True)["value"]
    except Exception:  # noqa: BLE001 # a name local to a function, or whatever else the quoted expression raises
        return alias.__value__
