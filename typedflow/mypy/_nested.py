"""Delayed values inside the text of another: when a text is evaluated, they are not, so nothing can use them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mypy.nodes import NameExpr

from typedflow.mypy._compat import Finding
from typedflow.mypy._names import EXPRESSION, REF_RECORD
from typedflow.mypy._texts import names_of
from typedflow.mypy._uses import record_of

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_texts: list[str] = []
"""The texts that are being judged; mypy judges one thing at a time."""


@contextmanager
def judging(text: str) -> Iterator[None]:
    """Note that calls are judged which stand in a text, not in the file."""
    _texts.append(text)
    try:
        yield
    finally:
        _texts.pop()


def is_nested() -> bool:
    """Return whether what is judged stands in a text."""
    return bool(_texts)


def instead_of(function: str) -> str:
    """Return what to say of a call of ``config_expr`` or ``ref`` in a text."""
    return f"{function}() in the text of an expression is not evaluated; write what it reads in the text itself"


def held_refs(tree: ast.AST, configs: set[str], checker: TypeChecker) -> Iterator[Finding]:
    """Return the names in an expression that are variables which hold a ``ref``; configs stand before variables."""
    for node in ast.walk(tree):
        symbol = checker.tree.names.get(node.id) if isinstance(node, ast.Name) and node.id not in configs else None
        if symbol is None or not isinstance(node, ast.Name):
            continue
        variable = NameExpr(node.id)
        variable.node = symbol.node
        recorded = record_of(variable, REF_RECORD, checker)
        names = None if recorded is None else names_of(recorded, checker)
        if recorded is not None:
            advice = f'write the name of the config, "{names[0]}"' if names else "write the name of the config"
            message = f'"{node.id}" holds a ref, which is not evaluated in the text of an expression; {advice}'
            end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
            yield Finding(message, "error", node.lineno, node.col_offset, *end, EXPRESSION.code)
