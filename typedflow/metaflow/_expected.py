"""Types of Metaflow's decorators' arguments, as written in its stubs: whether a plain value fits, and their words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Expected:
    """A type: ``words`` say what one value of it is, ``plural`` what several are; ``""`` is not worth saying."""

    fits: Callable[[Any], bool]
    words: str = ""
    plural: str = ""


def _anything(_: Any) -> bool:
    return True


ANYTHING = Expected(_anything)
_NOTHING = Expected(lambda value: value is None)
_CALLABLE = Expected(callable)
_SCALARS = {
    "str": Expected(lambda value: isinstance(value, str), "text", "text"),
    "bool": Expected(lambda value: isinstance(value, bool), "true or false", "true or false"),
    "int": Expected(lambda value: _is_number(value, int), "a whole number", "whole numbers"),
    "float": Expected(lambda value: _is_number(value, int, float), "a number", "numbers"),
}
_LISTS = {"list", "List", "Sequence"}
_MAPPINGS = {"dict", "Dict", "Mapping"}


def expected(annotation: ast.expr) -> Expected:
    """Give the type that an annotation says; what is not known here takes anything."""
    if isinstance(annotation, ast.BinOp):
        return either([expected(annotation.left), expected(annotation.right)])
    if isinstance(annotation, ast.Constant) and annotation.value is None:
        return _NOTHING
    if isinstance(annotation, ast.Subscript):
        return _generic(_last_name(annotation.value), annotation.slice)
    return _SCALARS.get(_last_name(annotation), ANYTHING)


def either(types: Iterable[Expected]) -> Expected:
    """Give the union of types."""
    members = tuple(dict.fromkeys(types))
    if len(members) == 1:
        return members[0]
    words, plurals = (" or ".join(filter(None, dict.fromkeys(each))) for each in _words(members))
    return Expected(lambda value: any(member.fits(value) for member in members), words, plurals)


def of_class(kind: type) -> Expected:
    """Give the type of one of Python's classes."""
    return _SCALARS.get(kind.__name__, ANYTHING) if kind.__module__ == "builtins" else ANYTHING


def _words(members: tuple[Expected, ...]) -> tuple[list[str], list[str]]:
    return [member.words for member in members], [member.plural for member in members]


def _generic(name: str, arguments: ast.expr) -> Expected:
    if name in _LISTS:
        item = expected(arguments)
        of = f" of {item.plural}" if item.plural else ""
        return Expected(lambda value: _is_list(value, item), f"a list{of}", f"lists{of}")
    if name in _MAPPINGS and isinstance(arguments, ast.Tuple):
        key, value = map(expected, arguments.elts)
        of = f" of {key.plural} to {value.plural}" if key.plural and value.plural else ""
        return Expected(lambda found: _is_mapping(found, key, value), f"a mapping{of}", f"mappings{of}")
    return _CALLABLE if name == "Callable" else ANYTHING


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_number(value: Any, *kinds: type) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _is_list(value: Any, item: Expected) -> bool:
    return isinstance(value, list | tuple) and all(map(item.fits, value))


def _is_mapping(found: Any, key: Expected, value: Expected) -> bool:
    return isinstance(found, dict) and all(map(key.fits, found)) and all(map(value.fits, found.values()))
