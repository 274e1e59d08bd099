"""Finds the configs that an expression can name: those of its class, or of the flows in its file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mypy.nodes import ClassDef, TypeInfo, Var
from mypy.typeops import map_type_from_supertype
from mypy.types import AnyType, PartialType, TupleType, Type, get_proper_type

from typedflow.mypy._classes import classes_of
from typedflow.mypy._dependencies import depend_on_members
from typedflow.mypy._literals import names_of
from typedflow.mypy._names import FLOW, RECORD

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


@dataclass(frozen=True, slots=True)
class Scope:
    """A class, the types of its configs by name, and whether it has configs whose names are built at run time."""

    owner: str
    configs: dict[str, Type]
    has_unnamed: bool = False


def scopes_of(checker: TypeChecker, line: int, names: Collection[str]) -> list[Scope]:
    """Return the classes against which an expression on a line is checked, given the names that it uses.

    The class around it, including its decorators; or the classes in the file that inherit from that class (a mixin);
    or the classes in the file that have such a config (for a helper function).
    """
    some: list[Scope] = []
    for classes in _candidate_classes(checker, line):
        scopes = _scopes_of(checker, classes)
        using = [scope for scope in scopes if not scope.configs.keys().isdisjoint(names)]
        if using:
            return using
        some = some or sorted(scopes, key=lambda scope: not scope.has_unnamed)[:1]
    return some


def scopes_around(checker: TypeChecker, line: int) -> list[Scope]:
    """Return the innermost class with configs around a line, or the file's classes that inherit from a mixin there."""
    around = _classes_around(checker, line)
    for classes in (*([node] for node in around), _subclasses_of(checker, around)):
        scopes = _scopes_of(checker, classes)
        if scopes:
            return scopes
    return []


def _candidate_classes(checker: TypeChecker, line: int) -> Iterator[list[ClassDef]]:
    """Return the classes that may have the configs of an expression, the nearest first."""
    around = _classes_around(checker, line)
    for node in around:
        yield [node]
    yield _subclasses_of(checker, around)
    if not any(node.info.has_base(FLOW) for node in around):
        yield [placed.node for placed in classes_of(checker)]


def _classes_around(checker: TypeChecker, line: int) -> list[ClassDef]:
    """Return the classes around a line, the innermost first."""
    found = [placed for placed in classes_of(checker) if placed.first <= line <= placed.last]
    return [placed.node for placed in sorted(found, key=lambda placed: -placed.first)]


def _subclasses_of(checker: TypeChecker, around: list[ClassDef]) -> list[ClassDef]:
    """Return the classes of the file that inherit from the innermost class around."""
    if not around:
        return []
    mixin = around[0]
    classes = (placed.node for placed in classes_of(checker))
    return [node for node in classes if node is not mixin and node.info.has_base(mixin.fullname)]


def _scopes_of(checker: TypeChecker, classes: list[ClassDef]) -> list[Scope]:
    """Return the scopes of the classes that have configs."""
    for node in classes:
        depend_on_members(node.info, checker)
    scopes = [_scope_of(node.info, checker) for node in classes]
    return [scope for scope in scopes if scope.configs or scope.has_unnamed]


def _scope_of(info: TypeInfo, checker: TypeChecker) -> Scope:
    """Return the scope of a class, including its bases' configs."""
    found: dict[str, Type] = {}
    has_unnamed = False
    for index, base in enumerate(info.mro):
        if base.module_name.partition(".")[0] in _WITHOUT_CONFIGS:
            continue
        for attribute, names, model in _records_of(base, checker):
            if any(attribute in nearer.names for nearer in info.mro[:index]):
                continue
            has_unnamed = has_unnamed or names is None
            kind = map_type_from_supertype(_value_type(base, attribute, model), info, base)
            found.update((name, kind) for name in names or () if name not in found)
    return Scope(info.name, found, has_unnamed)


_WITHOUT_CONFIGS = frozenset({"abc", "builtins", "metaflow", "pydantic", "typing"})


def _records_of(info: TypeInfo, checker: TypeChecker) -> Iterator[tuple[str, list[str] | None, Type]]:
    """Return the attribute, the possible names and the model of each config that the class itself declares."""
    for key, symbol in info.names.items():
        recorded = get_proper_type(symbol.node.type) if isinstance(symbol.node, Var) else None
        if key.startswith(RECORD) and isinstance(recorded, TupleType):
            yield key[len(RECORD) :], names_of(recorded.items[0], checker), recorded.items[1]


def _value_type(info: TypeInfo, attribute: str, model: Type) -> Type:
    """Return the type of a config's attribute if mypy has inferred it, or else the declared model's."""
    symbol = info.names.get(attribute)
    known = get_proper_type(symbol.node.type) if symbol and isinstance(symbol.node, Var) else None
    return model if known is None or isinstance(known, AnyType | PartialType) else known
