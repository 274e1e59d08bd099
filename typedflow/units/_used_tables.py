"""The tables that a flow uses: what the class says that ``TablesMixin`` is given, and where it says so."""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from typedflow.values import Location, Span, excerpt

_KIND = re.compile(r"\b(WritableTable|ExternalTable)\b")


class UsedTable(NamedTuple):
    """A table by its name in the project; ``external`` is None if the annotation does not tell."""

    name: str
    external: bool | None
    owner: type

    @property
    def place(self) -> Location | None:
        """The annotation; its file is read when this is asked."""
        return _place(self.owner, self.name)


def used_tables(tables: type) -> tuple[UsedTable, ...]:
    """Return the tables that a class, such as the generated ``Tables``, and its bases have annotations of."""
    found: dict[str, UsedTable] = {}
    for base in reversed(tables.__mro__):
        for name, annotation in _annotations(base).items():
            kind = _KIND.search(_written(annotation))
            found[name] = UsedTable(name, kind[1] == "ExternalTable" if kind else None, base)
    return tuple(each for each in found.values() if not each.name.startswith("_"))


def _annotations(owner: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations

        return get_annotations(owner, format=Format.STRING)
    return dict(vars(owner).get("__annotations__", {}))


def _written(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else str(annotation)


def _place(owner: type, name: str) -> Location | None:
    file = str(getattr(sys.modules.get(owner.__module__), "__file__", None) or "")
    lines = linecache.getlines(file) if file else []
    for node in _annotated("".join(lines), owner.__name__):
        if isinstance(node.target, ast.Name) and node.target.id == name:
            span = Span(node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 1 + len(name))
            return Location(file, span, excerpt("".join(lines), span))
    return Location(file) if file else None


def _annotated(text: str, owner: str) -> Iterator[ast.AnnAssign]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == owner:
            yield from (each for each in node.body if isinstance(each, ast.AnnAssign))
