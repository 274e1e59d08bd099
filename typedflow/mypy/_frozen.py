"""Checks assignments to fields of frozen models: mypy ignores ``model_config``, and Pydantic's plugin may be absent."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import AssignmentStmt, CallExpr, ClassDef, DictExpr, Expression, NameExpr, StrExpr, TypeInfo, Var
from mypy.plugin import AttributeContext, ClassDefContext
from mypy.plugins.common import add_attribute_to_class
from mypy.types import Instance, LiteralType, Type, get_proper_type

from typedflow.mypy._compat import checker_of
from typedflow.mypy._dependencies import depend_on_members, depend_on_names
from typedflow.mypy._fields import fields_of
from typedflow.mypy._names import FROZEN_RECORD


def record_frozen(context: ClassDefContext) -> None:
    """Record whether a class is declared frozen, before it is known whether it is a model."""
    given = list(_frozen_values(context.cls))
    if given:
        value = LiteralType(_is_true(given[-1]), context.api.named_type("builtins.bool"))
        add_attribute_to_class(context.api, context.cls, FROZEN_RECORD, value, overwrite_existing=True)


def _frozen_values(node: ClassDef) -> Iterator[Expression | None]:
    """Return the values of ``frozen`` in a class's ``model_config`` and keywords; None if a value is unknown."""
    for statement in node.defs.body:
        targets = statement.lvalues if isinstance(statement, AssignmentStmt) else []
        if isinstance(statement, AssignmentStmt) and any(
            isinstance(target, NameExpr) and target.name == "model_config" for target in targets
        ):
            yield from _options(statement.rvalue)
    if "frozen" in node.keywords:
        yield node.keywords["frozen"]


def _options(config: Expression) -> Iterator[Expression | None]:
    if isinstance(config, CallExpr):
        pairs = list(zip(config.arg_names, config.args, strict=True))
    elif isinstance(config, DictExpr):
        pairs = [(key.value if isinstance(key, StrExpr) else None, value) for key, value in config.items]
    else:
        pairs = [(None, config)]
    for name, value in pairs:
        if name in {"frozen", None}:
            yield value if name else None


def _is_true(value: Expression | None) -> bool:
    return isinstance(value, NameExpr) and value.name == "True"


def check_assignment(context: AttributeContext) -> Type:
    """Report an assignment to a field of a frozen model, with the same message as with Pydantic's plugin."""
    owner = get_proper_type(context.type)
    place = context.context
    name = getattr(place, "name", None)
    if not context.is_lvalue or not isinstance(owner, Instance) or not isinstance(name, str):
        return context.default_attr_type
    checker = checker_of(context.api)
    depend_on_members(owner.type, checker)
    depend_on_names([f"{base.fullname}.{FROZEN_RECORD}" for base in owner.type.mro], checker)
    if _is_frozen(owner.type):
        declared = fields_of(owner.type).get(name)
        variable = declared.names[name].node if declared else None
        if isinstance(variable, Var) and not variable.is_property:
            checker.msg.read_only_property(name, owner.type, place)
    return context.default_attr_type


def _is_frozen(info: TypeInfo) -> bool | None:
    """Return whether a model is frozen, by its own setting or that of its last base, as in Pydantic."""
    record = info.names.get(FROZEN_RECORD)
    said = get_proper_type(record.node.type) if record and isinstance(record.node, Var) else None
    if isinstance(said, LiteralType):
        return bool(said.value)
    found = (_is_frozen(base.type) for base in reversed(info.bases))
    return next((is_frozen for is_frozen in found if is_frozen is not None), None)
