"""The fields of a Pydantic model, from mypy's tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mypy.nodes import LDEF, Expression, MemberExpr, NameExpr, TypeInfo, Var
from mypy.types import Type

from typedflow.mypy._infer_type import infer_type
from typedflow.mypy._names import BASE_MODEL, CONFIG_MODEL

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def fields_of(info: TypeInfo) -> dict[str, TypeInfo]:
    """Return the names of a model's fields in the order of their declaration, each with the class that declares it."""
    found: dict[str, TypeInfo] = {}
    for base in reversed(info.mro):
        if base.has_base(BASE_MODEL) and base.fullname not in {BASE_MODEL, CONFIG_MODEL}:
            found.update((name, base) for name in _own_fields(base))
    return found


def _own_fields(info: TypeInfo) -> Iterator[str]:
    for name, symbol in info.names.items():
        node = symbol.node
        if not isinstance(node, Var) or node.is_classvar or symbol.plugin_generated:
            continue
        if not name.startswith("_") and name != "model_config":
            yield name


def field_named(info: TypeInfo, key: str) -> str | None:
    """Return the name of the field that has a key as its name or its alias."""
    fields = fields_of(info)
    if key in fields:
        return key
    return next((name for name, base in fields.items() if key in _aliases(base, name)), None)


def _aliases(info: TypeInfo, name: str) -> Iterator[str]:
    """Return a field's alias, as recorded by Pydantic's plugin, or by mypy for classes like dataclasses."""
    pydantic: Any = info.metadata.get("pydantic-mypy-metadata", {})
    yield from _strings(pydantic.get("fields", {}).get(name, {}).get("alias"))
    like_dataclass: Any = info.metadata.get("dataclass", {})
    for attribute in like_dataclass.get("attributes", ()):
        if attribute.get("name") == name:
            yield from _strings(attribute.get("alias"))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value


def member_type(owner: Type, name: str, checker: TypeChecker) -> Type:
    """Return the type of a value's attribute, by mypy's own rules."""
    return infer_type(path_expression("value", owner, [name]), None, checker)[0]


def path_expression(name: str, kind: Type, attributes: list[str]) -> Expression:
    """Return ``name.a.b`` in mypy's tree, where the name is a variable of the type."""
    root = NameExpr(name)
    root.kind, root.node, root.fullname = LDEF, Var(name, kind), name
    expression: Expression = root
    end = len(name)
    expression.set_line(1, 0, 1, end)
    for attribute in attributes:
        expression = MemberExpr(expression, attribute)
        end += len(attribute) + 1
        expression.set_line(1, 0, 1, end)
    return expression
