"""The type of an expression by mypy's checker, and its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import Expression
from mypy.types import Type

from typedflow.mypy._compat import Finding, infer_types
from typedflow.mypy._dependencies import depend_on_parts

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def infer_type(expression: Expression, expected: Type | None, checker: TypeChecker) -> tuple[Type, list[Finding]]:
    """Return the type of an expression whose names are bound, and mypy's findings, without reporting them."""
    found, types, findings = infer_types(expression, expected, checker)
    depend_on_parts(expression, types, checker)
    return found, findings
