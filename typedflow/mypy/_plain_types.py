"""The types of values that Metaflow's decorators receive: a delayed value is passed as a copy in plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import TypeInfo
from mypy.subtypes import is_subtype
from mypy.types import AnyType, Instance, TupleType, Type, TypeAliasType, TypeOfAny, UnionType, get_proper_type

from typedflow.mypy._fields import member_type
from typedflow.mypy._names import BASE_MODEL

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_AS_TEXT = (
    "datetime.date",
    "datetime.time",
    "decimal.Decimal",
    "ipaddress._BaseAddress",
    "pathlib.PurePath",
    "pydantic.networks._BaseMultiHostUrl",
    "pydantic.networks._BaseUrl",
    "uuid.UUID",
)
_LISTS = frozenset(
    {"builtins.frozenset", "builtins.list", "builtins.set", "builtins.tuple", "typing.Sequence", "typing.Set"}
)
_MAPPINGS = frozenset({"builtins.dict", "typing.Mapping"})


def plain_type(kind: Type, checker: TypeChecker, around: tuple[Type, ...] = ()) -> Type:
    """Return the type of a value's plain form: enums become values, paths and dates strings, models dicts, sets lists.

    Shape: ``around`` are the enclosing aliases and root models; a recursive type becomes Any.
    Source: ``typedflow/metaflow/_plain_data.py``, which converts the values.
    """
    found = get_proper_type(kind)
    if kind in around:
        return AnyType(TypeOfAny.special_form)
    inside = (*around, kind) if isinstance(kind, TypeAliasType) else around
    if isinstance(found, UnionType):
        return UnionType.make_union([plain_type(item, checker, inside) for item in found.items])
    if isinstance(found, TupleType):
        items: list[Type] = [plain_type(item, checker, inside) for item in found.items]
        return checker.named_generic_type("builtins.list", [UnionType.make_union(items)])
    return _plain_instance(found, checker, inside) if isinstance(found, Instance) else found


def _plain_instance(found: Instance, checker: TypeChecker, around: tuple[Type, ...]) -> Type:
    info = found.type
    held = "value" if info.is_enum else "root" if info.has_base("pydantic.root_model.RootModel") else None
    if held:
        return plain_type(member_type(found, held, checker), checker, (*around, found))
    name, args = info.fullname, [plain_type(arg, checker, around) for arg in found.args]
    if info.has_base(BASE_MODEL) or "dataclass" in info.metadata:
        string = checker.named_generic_type("builtins.str", [])
        name, args = "builtins.dict", [string, AnyType(TypeOfAny.explicit)]
    elif any(info.has_base(base) for base in _AS_TEXT):
        name, args = "builtins.str", []
    elif name in _LISTS:
        name = "builtins.list"
    elif name in _MAPPINGS:
        name = "builtins.dict"
    else:
        return found
    return checker.named_generic_type(name, args)


def widen(kind: Type, checker: TypeChecker) -> Type:
    """Return a type that includes all values whose plain form may have the type."""
    found = get_proper_type(kind)
    if isinstance(found, UnionType):
        return UnionType.make_union([widen(item, checker) for item in found.items])
    if not isinstance(found, Instance):
        return found
    args = [widen(arg, checker) for arg in found.args]
    name = found.type.fullname
    kinds: list[Type] = [found]
    if name in _MAPPINGS:
        kinds = [checker.named_generic_type("typing.Mapping", [AnyType(TypeOfAny.special_form), args[1]])]
    elif name in _LISTS:
        kinds = [checker.named_generic_type(other, args[:1]) for other in ("typing.Sequence", "typing.AbstractSet")]
    others = ("enum.Enum", BASE_MODEL, *(_AS_TEXT if name == "builtins.str" else ()))
    return UnionType.make_union([*kinds, *(other for full in others if (other := _class_type(full, checker)))])


def _class_type(fullname: str, checker: TypeChecker) -> Type | None:
    """Return the type of a class by its full name, or None if the program does not import its module."""
    module, _, name = fullname.rpartition(".")
    symbol = checker.modules[module].names.get(name) if module in checker.modules else None
    info = symbol.node if symbol else None
    return (
        Instance(info, [AnyType(TypeOfAny.special_form)] * len(info.type_vars)) if isinstance(info, TypeInfo) else None
    )


def is_assignable(found: Type, expected: Type) -> bool:
    """Return whether plain data of a type can be passed where another is expected; a copy may be covariant."""
    if is_subtype(found, expected):
        return True
    given, wanted = get_proper_type(found), get_proper_type(expected)
    if isinstance(given, UnionType):
        return all(is_assignable(item, wanted) for item in given.items)
    if isinstance(wanted, UnionType):
        return any(is_assignable(given, item) for item in wanted.items)
    if isinstance(given, Instance) and isinstance(wanted, Instance) and given.type is wanted.type:
        return all(is_assignable(*pair) for pair in zip(given.args, wanted.args, strict=True))
    return False
