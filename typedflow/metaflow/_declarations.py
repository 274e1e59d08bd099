"""Where the parts of a flow class are declared in its file; computed only when needed."""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from typedflow.metaflow._nodes import Site
from typedflow.metaflow._source_locations import site_location
from typedflow.values import Location

_Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def class_location(cls: type) -> Location | None:
    """Return the line that names a class; None if its file is unknown."""
    file = _file(cls)
    found = _class_in(file, cls)
    return _line(file, found.lineno) if found else None


def attribute_place(flow: type, name: str) -> Location | None:
    """Return the line that assigns an attribute of a flow class or of its base."""
    owner = next((base for base in flow.__mro__ if name in vars(base)), flow)
    file = _file(owner)
    found = _class_in(file, owner)
    for statement in found.body if found else ():
        if name in _assigned(statement):
            return _line(file, statement.lineno)
    return class_location(flow)


def decorator_place(decorated: Any, name: str) -> Location | None:
    """Return the line of a decorator of a flow class, its bases, or a step; that of the class or step if not found."""
    for each in decorated.__mro__ if isinstance(decorated, type) else (decorated,):
        file, found = _definition(each)
        for node in found.decorator_list if found else ():
            if _called(node) == name:
                return _line(file, node.lineno)
    file, found = _definition(decorated)
    return _line(file, found.lineno) if found else None


def step_definition(step: Any) -> tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | None]:
    """Return the file of a step, and its definition there; None if its source is unknown."""
    file, found = _definition(step)
    return file, None if isinstance(found, ast.ClassDef) else found


def _definition(decorated: Any) -> tuple[str, _Definition | None]:
    if isinstance(decorated, type):
        file = _file(decorated)
        return file, _class_in(file, decorated)
    code = decorated.__code__
    return code.co_filename, _function_in(code.co_filename, code.co_name, code.co_firstlineno)


def _file(cls: type) -> str:
    return str(getattr(sys.modules.get(cls.__module__), "__file__", None) or "")


def _line(file: str, line: int) -> Location:
    return site_location(Site(file, line))


def _class_in(file: str, cls: type) -> ast.ClassDef | None:
    name = cls.__name__
    return next((node for node in _nodes(file) if isinstance(node, ast.ClassDef) and node.name == name), None)


def _function_in(file: str, name: str, line: int) -> _Definition | None:
    found = (node for node in _nodes(file) if isinstance(node, ast.FunctionDef) and node.name == name)
    return min(found, key=lambda node: abs(node.lineno - line), default=None)


def _nodes(file: str) -> Iterator[ast.AST]:
    return ast.walk(_tree("".join(linecache.getlines(file)))) if file else iter(())


@lru_cache(maxsize=4)
def _tree(text: str) -> ast.AST:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _assigned(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _called(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
