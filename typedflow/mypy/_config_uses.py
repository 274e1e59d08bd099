"""Finds the configs that an expression uses: by attribute in a class body, or by ``ref`` anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Context,
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
from typedflow.mypy._literals import argument_of, names_of, texts_of
from typedflow.mypy._names import CONFIG_EXPR, RECORD, REF, REF_RECORD

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_OPERANDS = {
    IndexExpr: ("base",),
    MemberExpr: ("expr",),
    OpExpr: ("left", "right"),
    UnaryExpr: ("expr",),
}
"""The operands of an expression, whose value is delayed if one of them uses a config."""

_PARTS = {
    CallExpr: ("args",),
    DictExpr: ("items",),
    ListExpr: ("items",),
    TupleExpr: ("items",),
}
"""The other parts of an expression in which Metaflow evaluates delayed values."""


def is_config_use(expression: Expression, checker: TypeChecker) -> bool:
    """Return whether an expression is a delayed value: ``config_expr``, ``ref``, a Config, or an operation on one."""
    if isinstance(expression, CallExpr):
        return isinstance(expression.callee, RefExpr) and expression.callee.fullname in {CONFIG_EXPR, REF}
    if any(record_of(expression, prefix, checker) is not None for prefix in (RECORD, REF_RECORD)):
        return True
    value = _value_of(expression, checker)
    operands = [getattr(expression, name) for name in _OPERANDS.get(type(expression), ())]
    return any(is_config_use(part, checker) for part in (operands if value is None else [value]))


class NamedRef(NamedTuple):
    """A ``ref`` in an expression: an expression of its type, the possible names, and where they are written."""

    expression: Expression
    names: list[str] | None
    place: Context


def named_refs(expression: Expression, checker: TypeChecker) -> Iterator[NamedRef]:
    """Return each ``ref`` in an expression, also those in module variables."""
    recorded = record_of(expression, REF_RECORD, checker)
    if recorded is not None and isinstance(expression, RefExpr):
        node = expression.node
        is_here = isinstance(node, Var) and node.fullname == f"{checker.tree.fullname}.{node.name}"
        yield NamedRef(expression, names_of(recorded, checker), node if is_here and node else expression)
        return
    if isinstance(expression, CallExpr) and is_config_use(expression, checker):
        name = argument_of(expression, "name", 1)
        if name is not None:
            yield NamedRef(expression, texts_of(name), name)
        return
    value = _value_of(expression, checker)
    if value is not None:
        yield from named_refs(value, checker)
    for name_ in (*_OPERANDS.get(type(expression), ()), *_PARTS.get(type(expression), ())):
        inner = getattr(expression, name_)
        for part in _flatten(inner if isinstance(inner, list) else [inner]):
            yield from named_refs(part, checker)


def _value_of(expression: Expression, checker: TypeChecker) -> Expression | None:
    """Return the value that is assigned once, further up in the file, to the variable that an expression names."""
    node = expression.node if isinstance(expression, NameExpr) else None
    if not isinstance(node, Var):
        return None
    found = [
        statement.rvalue
        for statement in checker.tree.defs
        if isinstance(statement, AssignmentStmt)
        and any(isinstance(target, NameExpr) and target.node is node for target in statement.lvalues)
    ]
    return found[0] if len(found) == 1 and found[0].line < expression.line else None


def _flatten(parts: list[object]) -> Iterator[Expression]:
    """Return the expressions; the items of dictionaries are pairs, without a key if a dictionary is unpacked."""
    for part in parts:
        yield from (item for item in (part if isinstance(part, tuple) else (part,)) if isinstance(item, Expression))


def record_of(expression: Expression, prefix: str, checker: TypeChecker) -> Type | None:
    """Return the record of the variable that an expression names, or None."""
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
