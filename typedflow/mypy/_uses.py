"""The configs that an expression reads: in a class body by attribute, anywhere by ``ref``, in texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mypy.nodes import (
    CallExpr,
    DictExpr,
    Expression,
    IndexExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    RefExpr,
    TupleExpr,
    TypeInfo,
    UnaryExpr,
    Var,
)
from mypy.types import Type

from typedflow.mypy._dependencies import depend_on_names
from typedflow.mypy._names import CONFIG_EXPR, RECORD, REF, REF_RECORD

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_OPERANDS = {
    IndexExpr: ("base",),
    MemberExpr: ("expr",),
    OpExpr: ("left", "right"),
    UnaryExpr: ("expr",),
}
"""The operands that delay the value of an expression, where one of them reads a config."""

_PARTS = {
    CallExpr: ("args",),
    DictExpr: ("items",),
    ListExpr: ("items",),
    TupleExpr: ("items",),
}
"""The further parts of an expression in which Metaflow finds delayed values."""


def is_config_use(expression: Expression, checker: TypeChecker) -> bool:
    """Return whether an expression is a delayed value: ``config_expr``, ``ref``, a Config, or an operation on one."""
    if isinstance(expression, CallExpr):
        return isinstance(expression.callee, RefExpr) and expression.callee.fullname in {CONFIG_EXPR, REF}
    if any(record_of(expression, prefix, checker) is not None for prefix in (RECORD, REF_RECORD)):
        return True
    operands = _OPERANDS.get(type(expression), ())
    return any(is_config_use(getattr(expression, name), checker) for name in operands)


def named_refs(expression: Expression, checker: TypeChecker) -> Iterator[tuple[RefExpr, Type]]:
    """Return the variables in an expression that hold a ``ref``, each with what is recorded of its config's name."""
    found = record_of(expression, REF_RECORD, checker)
    if found is not None and isinstance(expression, RefExpr):
        yield expression, found
        return
    for name in (*_OPERANDS.get(type(expression), ()), *_PARTS.get(type(expression), ())):
        inner = getattr(expression, name)
        for part in _flat(inner if isinstance(inner, list) else [inner]):
            yield from named_refs(part, checker)


def _flat(parts: list[object]) -> Iterator[Expression]:
    """Return expressions; those of dictionaries come in pairs, without a key where one is unpacked."""
    for part in parts:
        yield from (item for item in (part if isinstance(part, tuple) else (part,)) if isinstance(item, Expression))


def record_of(expression: Expression, prefix: str, checker: TypeChecker) -> Type | None:
    """Return what is recorded of the variable that an expression names; None for other expressions."""
    if not isinstance(expression, NameExpr | MemberExpr):
        return None
    node = expression.node
    owner = (
        expression.expr.node if isinstance(expression, MemberExpr) and isinstance(expression.expr, RefExpr) else None
    )
    info = node.info if isinstance(node, Var) and node.info else owner
    if isinstance(info, TypeInfo):
        symbol = info.get(prefix + expression.name)
    elif isinstance(node, Var):
        module, _, name = node.fullname.rpartition(".")
        tree = checker.modules.get(module)
        symbol = tree.names.get(prefix + name) if tree else None
        depend_on_names([f"{module}.{prefix}{name}"] if tree else [], checker)
    else:
        return None
    return symbol.node.type if symbol and isinstance(symbol.node, Var) else None
