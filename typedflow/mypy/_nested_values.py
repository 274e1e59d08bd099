"""Reports delayed values inside the text of an expression, where they are not evaluated."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mypy.nodes import NameExpr

from typedflow.mypy._compat import Finding
from typedflow.mypy._config_uses import named_refs
from typedflow.mypy._names import EXPRESSION

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_texts: list[str] = []
"""The texts that are being checked; mypy checks one thing at a time."""


@contextmanager
def checking_text(text: str) -> Iterator[None]:
    """Mark that the calls being checked are in a text, not in the file."""
    _texts.append(text)
    try:
        yield
    finally:
        _texts.pop()


def is_in_text() -> bool:
    """Return whether the calls being checked are in a text."""
    return bool(_texts)


def nested_message(function: str) -> str:
    """Return the message for a call of ``config_expr`` or ``ref`` in a text."""
    return f"{function}() is not evaluated inside an expression's text; write the expression itself"


def find_held_refs(tree: ast.AST, configs: set[str], checker: TypeChecker) -> Iterator[Finding]:
    """Return a finding for each name in an expression that is a variable with a ``ref`` and not a config."""
    known = configs | set(_bound(tree))
    for node in ast.walk(tree):
        symbol = checker.tree.names.get(node.id) if isinstance(node, ast.Name) and node.id not in known else None
        if symbol is None or not isinstance(node, ast.Name):
            continue
        variable = NameExpr(node.id)
        variable.node = symbol.node
        variable.line = sys.maxsize  # a text is evaluated after its whole module
        for held in named_refs(variable, checker):
            advice = f'use the config\'s name, "{held.names[0]}"' if held.names else "use the config's name"
            message = f'"{node.id}" holds a ref, which is not evaluated inside an expression\'s text; {advice}'
            end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
            yield Finding(message, "error", node.lineno, node.col_offset, *end, EXPRESSION.code)


def _bound(tree: ast.AST) -> Iterator[str]:
    """Return the names that the expression itself binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
