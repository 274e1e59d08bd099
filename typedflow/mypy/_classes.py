"""The classes in the file that is checked, with the lines that they span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import (
    Block,
    ClassDef,
    Decorator,
    ForStmt,
    FuncDef,
    IfStmt,
    MatchStmt,
    OverloadedFuncDef,
    Statement,
    TryStmt,
    TypeInfo,
    WhileStmt,
    WithStmt,
)

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


class ClassRange(NamedTuple):
    """A class and its first and last line, including decorators."""

    node: ClassDef
    first: int
    last: int


_seen: tuple[list[Statement], list[ClassRange]] = ([], [])


def classes_of(checker: TypeChecker) -> list[ClassRange]:
    """Return the classes in a file; cached for one file, and computed again if mypy's daemon replaces its tree."""
    global _seen  # noqa: PLW0603 # mypy has no per-file storage for plugins
    definitions = checker.tree.defs
    if _seen[0] is not definitions:
        _seen = (definitions, [_class_range(node) for node in _classes_in(definitions) if type(node.info) is TypeInfo])
    return _seen[1]


def _class_range(node: ClassDef) -> ClassRange:
    first = min([node.line, *(decorator.line for decorator in node.decorators)])
    return ClassRange(node, first, node.end_line or node.line)


_HELD = {
    Block: ("body",),
    ClassDef: ("defs",),
    Decorator: ("func",),
    ForStmt: ("body", "else_body"),
    FuncDef: ("body",),
    IfStmt: ("body", "else_body"),
    MatchStmt: ("bodies",),
    OverloadedFuncDef: ("items",),
    TryStmt: ("body", "handlers", "else_body", "finally_body"),
    WhileStmt: ("body", "else_body"),
    WithStmt: ("body",),
}
"""The attributes of nodes that contain statements; most statements contain none."""


def _classes_in(nodes: Iterable[object]) -> Iterator[ClassDef]:
    for node in nodes:
        if isinstance(node, ClassDef):
            yield node
        held = () if isinstance(node, Block) and node.is_unreachable else _HELD.get(type(node), ())
        for name in held:
            inner = getattr(node, name)
            yield from _classes_in(inner if isinstance(inner, list) else [inner])
