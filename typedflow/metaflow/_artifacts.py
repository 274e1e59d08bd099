"""The artifacts that a flow's steps create from parts of its configs: ``self.part = self.config.part``."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from typedflow.metaflow import _compat
from typedflow.metaflow._declarations import step_definition
from typedflow.metaflow._source_locations import expression_location
from typedflow.values import KeyPath, Location

_Step = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class StoredPart:
    """An artifact that is a part of a config: ``path`` leads to it from the config in the named attribute."""

    artifact: str
    attribute: str
    path: KeyPath
    location: Location


def stored_parts(flow: Any, attributes: Collection[str]) -> Iterator[StoredPart]:
    """Return the assignments of parts of these configs in the source of a flow's steps.

    Attributes that steps also assign or delete elsewhere are left out, since what they store is uncertain.
    """
    for step in _compat.steps(flow):
        file, definition = step_definition(step)
        if definition is None or not definition.args.args:
            continue
        owner = definition.args.args[0].arg
        nodes = list(_own_nodes(definition))
        changed = Counter(name for node in nodes if (name := _changed(node, owner)) is not None)
        for target, value in _assignments(nodes):
            name, found = _changed(target, owner), _read(value, owner)
            if name is not None and changed[name] == 1 and found is not None and found[0] in attributes:
                yield StoredPart(name, *found, expression_location(file, value))


def _own_nodes(definition: _Step) -> Iterator[ast.AST]:
    """Walk through a step, except its nested functions and classes, which have another first argument."""
    waiting: list[ast.AST] = list(definition.body)
    for node in waiting:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _assignments(nodes: list[ast.AST]) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.target, node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Return the pairs of target and value: ``a, b = c, d`` assigns two values."""
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        if len(target.elts) == len(value.elts):
            yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _changed(node: ast.AST, owner: str) -> str | None:
    """Return the name of the attribute that is assigned or deleted: ``x`` of ``self.x``."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and _is_name(node.value, owner):
        return node.attr
    return None


def _read(node: ast.expr, owner: str) -> tuple[str, KeyPath] | None:
    """Return what is read: ``"config", ("part",)`` of ``self.config.part``; a variable index is 0."""
    steps: list[str | int] = []
    while not _is_name(node, owner):
        if isinstance(node, ast.Attribute):
            steps.append(node.attr)
        elif isinstance(node, ast.Subscript):
            key = node.slice.value if isinstance(node.slice, ast.Constant) else 0
            steps.append(key if isinstance(key, str | int) else 0)
        else:
            return None
        node = node.value
    *rest, first = steps or [0]
    return (first, tuple(reversed(rest))) if isinstance(first, str) else None


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
