"""The type of an expression by mypy's checker, and what it says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import Expression
from mypy.types import Type

from typedflow.mypy._compat import Finding, check_silently
from typedflow.mypy._dependencies import depend_on_parts

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def judge(expression: Expression, expected: Type | None, checker: TypeChecker) -> tuple[Type, list[Finding]]:
    """Return the type of an expression whose names are bound, and what mypy says of it, without saying it."""
    found, types, findings = check_silently(expression, expected, checker)
    depend_on_parts(expression, types, checker)
    return found, findings
