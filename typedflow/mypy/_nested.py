"""Delayed values inside the text of another: when a text is evaluated, they are not, so nothing can use them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mypy.nodes import NameExpr

from typedflow.mypy._compat import Finding
from typedflow.mypy._names import EXPRESSION
from typedflow.mypy._uses import named_refs

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
    known = configs | set(_bound(tree))
    for node in ast.walk(tree):
        symbol = checker.tree.names.get(node.id) if isinstance(node, ast.Name) and node.id not in known else None
        if symbol is None or not isinstance(node, ast.Name):
            continue
        variable = NameExpr(node.id)
        variable.node = symbol.node
        variable.line = sys.maxsize  # a text is evaluated when all of its module is known
        for held in named_refs(variable, checker):
            advice = (
                f'write the name of the config, "{held.names[0]}"' if held.names else "write the name of the config"
            )
            message = f'"{node.id}" holds a ref, which is not evaluated in the text of an expression; {advice}'
            end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
            yield Finding(message, "error", node.lineno, node.col_offset, *end, EXPRESSION.code)


def _bound(tree: ast.AST) -> Iterator[str]:
    """Return the names that an expression binds itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
