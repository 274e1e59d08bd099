"""The configs that an expression can name: those of the class that it stands in, or of the flows of its file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mypy.nodes import Block, ClassDef, Statement, TypeInfo, Var
from mypy.typeops import map_type_from_supertype
from mypy.types import AnyType, LiteralType, PartialType, TupleType, Type, get_proper_type

from typedflow.mypy._names import FLOW, RECORD

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


@dataclass(frozen=True, slots=True)
class Scope:
    """A class, and the types of its configs by their names."""

    owner: str
    configs: dict[str, Type]


def scopes_of(checker: TypeChecker, line: int, names: Collection[str]) -> list[Scope]:
    """Give the classes against which an expression on a line is judged, by the names that it uses.

    The class around it, decorators included; else those of the file that inherit from that class (it is a mixin);
    else those of the file that have such a config (a helper beside its flows).
    """
    some: list[Scope] = []
    for classes in _pools(checker, line):
        scopes = [scope for scope in map(_scope_of, classes) if scope.configs]
        using = [scope for scope in scopes if not scope.configs.keys().isdisjoint(names)]
        if using:
            return using
        some = some or scopes[:1]
    return some


def scopes_around(checker: TypeChecker, line: int) -> list[Scope]:
    """Give the innermost class around a line that has configs, or those of its file that inherit from a mixin there."""
    around = _classes_around(checker, line)
    for classes in (*([node] for node in around), _heirs_of(checker, around)):
        scopes = [scope for scope in map(_scope_of, classes) if scope.configs]
        if scopes:
            return scopes
    return []


def _pools(checker: TypeChecker, line: int) -> Iterator[list[ClassDef]]:
    """Give the classes that may have the configs of an expression, the nearest first."""
    around = _classes_around(checker, line)
    for node in around:
        yield [node]
    yield _heirs_of(checker, around)
    if not any(node.info.has_base(FLOW) for node in around):
        yield _classes_of(checker)


def _classes_around(checker: TypeChecker, line: int) -> list[ClassDef]:
    """Give the classes around a line, the innermost first."""
    found = [node for node in _classes_of(checker) if _first_line(node) <= line <= (node.end_line or node.line)]
    return sorted(found, key=_first_line, reverse=True)


def _heirs_of(checker: TypeChecker, around: list[ClassDef]) -> list[ClassDef]:
    """Give the classes of the file that inherit from the innermost class around."""
    if not around:
        return []
    mixin = around[0]
    return [node for node in _classes_of(checker) if node is not mixin and node.info.has_base(mixin.fullname)]


def _scope_of(node: ClassDef) -> Scope:
    return Scope(node.name, configs_of(node.info))


def configs_of(info: TypeInfo) -> dict[str, Type]:
    """Give the types of a class's configs, its bases' included, by the names that expressions see."""
    found: dict[str, Type] = {}
    hidden: set[str] = set()
    for base in info.mro:
        if base.module_name.partition(".")[0] in _WITHOUT_CONFIGS:
            continue
        for attribute, (name, model) in records_of(base):
            if attribute not in hidden and name not in found:
                found[name] = map_type_from_supertype(_value_type(base, attribute, model), info, base)
        hidden.update(base.names)
    return found


_WITHOUT_CONFIGS = frozenset({"abc", "builtins", "metaflow", "typing"})


def records_of(info: TypeInfo) -> Iterator[tuple[str, tuple[str, Type]]]:
    """Give the attributes of the configs that a class itself declares, with the config's name and model."""
    for key, symbol in info.names.items():
        if key.startswith(RECORD) and isinstance(symbol.node, Var):
            recorded = get_proper_type(symbol.node.type)
            name = get_proper_type(recorded.items[0]) if isinstance(recorded, TupleType) else None
            if isinstance(recorded, TupleType) and isinstance(name, LiteralType):
                yield key[len(RECORD) :], (str(name.value), recorded.items[1])


def _value_type(info: TypeInfo, attribute: str, model: Type) -> Type:
    """Give the type of a config's attribute where mypy has inferred it, else that of the declared model."""
    symbol = info.names.get(attribute)
    known = get_proper_type(symbol.node.type) if symbol and isinstance(symbol.node, Var) else None
    return model if known is None or isinstance(known, AnyType | PartialType) else known


def _first_line(node: ClassDef) -> int:
    return min([node.line, *(decorator.line for decorator in node.decorators)])


_seen: tuple[list[Statement], list[ClassDef]] = ([], [])


def _classes_of(checker: TypeChecker) -> list[ClassDef]:
    """Give the classes of a file; kept for the file that is being checked, by the tree that mypy's daemon replaces."""
    global _seen  # noqa: PLW0603 # mypy gives plugins no place of their own beside a file
    definitions = checker.tree.defs
    if _seen[0] is not definitions:
        _seen = (definitions, [node for node in _classes_in(definitions) if type(node.info) is TypeInfo])
    return _seen[1]


_HELD = ("defs", "func", "items", "body", "bodies", "handlers", "else_body", "finally_body")
"""The attributes in which statements hold other statements."""


def _classes_in(nodes: Iterable[object]) -> Iterator[ClassDef]:
    for node in nodes:
        if isinstance(node, ClassDef):
            yield node
        if isinstance(node, Statement | Block) and not (isinstance(node, Block) and node.is_unreachable):
            for name in _HELD:
                held = getattr(node, name, None)
                yield from _classes_in(held if isinstance(held, list) else [held])
