"""Doors that open when somebody enters: names that a room loads when they are first used (PEP 562)."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(room: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Give the ``__getattr__`` of a room's door: each name with the underscored module that it is kept in."""

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{room}.{modules[name]}"), name)
        setattr(sys.modules[room], name, value)
        return value

    return load
