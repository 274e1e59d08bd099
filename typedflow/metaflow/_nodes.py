"""Delayed values as data: expressions at class level, to be evaluated when the configs are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from typedflow.values import KeyPath


class Site(NamedTuple):
    """The line where the user wrote an expression."""

    file: str
    line: int


class Name(NamedTuple):
    """A config by its name; ``model`` is the class given to ``ref``."""

    name: str
    site: Site
    model: Any = None

    def __str__(self) -> str:
        """Return the expression as written."""
        return self.name


class Attribute(NamedTuple):
    """``base.name``."""

    base: Node
    name: str
    site: Site

    def __str__(self) -> str:
        """Return the expression as written."""
        return f"{self.base}.{self.name}"


class Item(NamedTuple):
    """``base[key]``; the key may be delayed too."""

    base: Node
    key: Any
    site: Site

    def __str__(self) -> str:
        """Return the expression as written."""
        return f"{self.base}[{written(self.key)}]"


class Text(NamedTuple):
    """The text given to ``config_expr``, and the globals of the module that wrote it."""

    text: str
    site: Site
    globals: dict[str, Any]

    def __repr__(self) -> str:
        """Return the text and its place, without the globals."""
        return f"Text(text={self.text!r}, site={self.site!r})"

    def __str__(self) -> str:
        """Return the expression as written."""
        return self.text.strip()


class Operation(NamedTuple):
    """An operator on operands of which at least one is delayed."""

    symbol: str
    function: Callable[..., Any]
    operands: tuple[Any, ...]
    site: Site

    def __str__(self) -> str:
        """Return the expression as written."""
        first, *rest = map(written, self.operands)
        return f"{first} {self.symbol} {rest[0]}" if rest else f"{self.symbol}{first}"


class Unpacked(NamedTuple):
    """``**base``: a value that must be a mapping."""

    base: Node
    site: Site

    def __str__(self) -> str:
        """Return the expression as written."""
        return f"**{self.base}"


def path_of(node: Node) -> KeyPath:
    """Return the config's name and the key path that a node reads, if they are constant; else an empty path."""
    if isinstance(node, Name):
        return (node.name,)
    if isinstance(node, Text):
        names = node.text.strip().split(".")
        return tuple(names) if all(name.isidentifier() for name in names) else ()
    if isinstance(node, Operation):
        return ()
    base = path_of(node.base)
    if not base or isinstance(node, Unpacked):
        return base
    key = node.name if isinstance(node, Attribute) else node.key
    return (*base, key) if isinstance(key, str | int) else ()


Node: TypeAlias = Name | Attribute | Item | Text | Operation | Unpacked


def written(value: Any) -> str:
    """Return a node as the user wrote it; any other value as its ``repr``."""
    return str(value) if isinstance(value, Node) else repr(value)
