"""What Metaflow's decorators take, as the stubs that typedflow ships say."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from typedflow.metaflow._expected import Expected, either, expected
from typedflow.workspace import read_source, stubs_folder

Signature: TypeAlias = Mapping[str, Expected]
"""The types of a decorator's arguments by name."""


@cache
def signature_of(decorator: str) -> Signature:
    """Give what a decorator of Metaflow's takes; nothing where the stubs do not have it."""
    overloads = _functions().get(decorator, [])
    arguments = [argument for function in overloads for argument in function.args.kwonlyargs]
    annotations: dict[str, list[Expected]] = {}
    for argument in arguments:
        if argument.annotation is not None:
            annotations.setdefault(argument.arg, []).append(expected(argument.annotation))
    return {name: either(types) for name, types in annotations.items()}


@cache
def _functions() -> dict[str, list[ast.FunctionDef]]:
    functions: dict[str, list[ast.FunctionDef]] = {}
    for node in ast.parse(read_source(stubs_folder() / "__init__.pyi").text).body:
        if isinstance(node, ast.FunctionDef):
            functions.setdefault(node.name, []).append(node)
    return functions
