"""The types of Metaflow's decorator arguments, from the stubs: whether a plain value fits, and the type in words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from typedflow.workspace import read_source, stubs_folder


@dataclass(frozen=True, slots=True)
class ArgumentType:
    """A type: ``words`` names one value of it, ``plural`` several; empty if the type needs no name."""

    fits: Callable[[Any], bool]
    words: str = ""
    plural: str = ""


def _anything(_: Any) -> bool:
    return True


ANYTHING = ArgumentType(_anything)
_NOTHING = ArgumentType(lambda value: value is None)
_CALLABLE = ArgumentType(callable)
_SCALARS = {
    "str": ArgumentType(lambda value: isinstance(value, str), "text", "text"),
    "bool": ArgumentType(lambda value: isinstance(value, bool), "true or false", "true or false"),
    "int": ArgumentType(lambda value: _is_number(value, int), "an integer", "integers"),
    "float": ArgumentType(lambda value: _is_number(value, int, float), "a number", "numbers"),
}
_LISTS = {"list", "List", "Sequence"}
_MAPPINGS = {"dict", "Dict", "Mapping"}


Signature: TypeAlias = Mapping[str, ArgumentType]
"""The types of a decorator's arguments by name."""


@cache
def signature_of(decorator: str) -> Signature:
    """Return the arguments of a Metaflow decorator; empty if the stubs do not have it."""
    overloads = _functions().get(decorator, [])
    arguments = [argument for function in overloads for argument in function.args.kwonlyargs]
    annotations: dict[str, list[ArgumentType]] = {}
    for argument in arguments:
        if argument.annotation is not None:
            annotations.setdefault(argument.arg, []).append(argument_type(argument.annotation))
    return {name: union_of(types) for name, types in annotations.items()}


@cache
def _functions() -> dict[str, list[ast.FunctionDef]]:
    functions: dict[str, list[ast.FunctionDef]] = {}
    for node in ast.parse(read_source(stubs_folder() / "__init__.pyi").text).body:
        if isinstance(node, ast.FunctionDef):
            functions.setdefault(node.name, []).append(node)
    return functions


def argument_type(annotation: ast.expr) -> ArgumentType:
    """Return the type of an annotation; an unknown annotation accepts anything."""
    if isinstance(annotation, ast.BinOp):
        return union_of([argument_type(annotation.left), argument_type(annotation.right)])
    if isinstance(annotation, ast.Constant) and annotation.value is None:
        return _NOTHING
    if isinstance(annotation, ast.Subscript):
        return _generic(_last_name(annotation.value), annotation.slice)
    return _SCALARS.get(_last_name(annotation), ANYTHING)


def union_of(types: Iterable[ArgumentType]) -> ArgumentType:
    """Return the union of types."""
    members = tuple(dict.fromkeys(types))
    if len(members) == 1:
        return members[0]
    words, plurals = (" or ".join(filter(None, dict.fromkeys(each))) for each in _words(members))
    return ArgumentType(lambda value: any(member.fits(value) for member in members), words, plurals)


def type_of_class(kind: type) -> ArgumentType:
    """Return the type of a Python class."""
    return _SCALARS.get(kind.__name__, ANYTHING) if kind.__module__ == "builtins" else ANYTHING


def _words(members: tuple[ArgumentType, ...]) -> tuple[list[str], list[str]]:
    return [member.words for member in members], [member.plural for member in members]


def _generic(name: str, arguments: ast.expr) -> ArgumentType:
    if name in _LISTS:
        item = argument_type(arguments)
        of = f" of {item.plural}" if item.plural else ""
        return ArgumentType(lambda value: _is_list(value, item), f"a list{of}", f"lists{of}")
    if name in _MAPPINGS and isinstance(arguments, ast.Tuple):
        key, value = map(argument_type, arguments.elts)
        of = f" of {key.plural} to {value.plural}" if key.plural and value.plural else ""
        return ArgumentType(lambda found: _is_mapping(found, key, value), f"a mapping{of}", f"mappings{of}")
    return _CALLABLE if name == "Callable" else ANYTHING


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_number(value: Any, *kinds: type) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _is_list(value: Any, item: ArgumentType) -> bool:
    return isinstance(value, list | tuple) and all(map(item.fits, value))


def _is_mapping(found: Any, key: ArgumentType, value: ArgumentType) -> bool:
    return isinstance(found, dict) and all(map(key.fits, found)) and all(map(value.fits, found.values()))
