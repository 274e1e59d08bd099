"""Delayed values as data: what was written at class level, to be evaluated when the configs are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Site:
    """Where the user wrote it."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Name:
    """A config by its name; ``model`` is the class that a ``ref`` promises."""

    name: str
    site: Site
    model: Any = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """``base.name``."""

    base: Node
    name: str
    site: Site


@dataclass(frozen=True, slots=True)
class Item:
    """``base[key]``; the key may be delayed too."""

    base: Node
    key: Any
    site: Site


@dataclass(frozen=True, slots=True)
class Text:
    """The text given to ``config_expr``, and the globals of the module that wrote it."""

    text: str
    site: Site
    globals: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator on operands of which at least one is delayed."""

    symbol: str
    function: Callable[..., Any]
    operands: tuple[Any, ...]
    site: Site


Node: TypeAlias = Name | Attribute | Item | Text | Operation


def written(node: Any) -> str:
    """Give a node as the user wrote it, for messages."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Attribute):
        return f"{written(node.base)}.{node.name}"
    if isinstance(node, Item):
        key = f"[{written(node.key)}]" if isinstance(node.key, Node) else f"[{node.key!r}]"
        return written(node.base) + key
    if isinstance(node, Text):
        return node.text.strip()
    if isinstance(node, Operation):
        parts = [written(operand) for operand in node.operands]
        return f"{node.symbol}{parts[0]}" if len(parts) == 1 else f"{parts[0]} {node.symbol} {parts[1]}"
    return repr(node)
