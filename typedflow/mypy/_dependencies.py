"""Tells mypy's daemon what a result depends on, so that it is checked again when that changes.

Mypy looks for dependencies in its tree of the file, in which expressions are strings and configs have no records.
The dependencies of aliases are kept outside the tree: a plugin can add to them, for files and for functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mypy.nodes import Expression, TypeInfo
from mypy.types import Type

from typedflow.mypy._compat import add_dependencies, any_attribute, names_in

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def depend_on_parts(expression: Expression, types: dict[Expression, Type], checker: TypeChecker) -> None:
    """Depend on what an expression names: globals, attributes, operators' methods, and the classes of all these.

    Before mypy 2, a class that loses a base does not trigger the attributes that it loses.
    """
    if _is_fine_grained(checker):
        names = names_in(expression, types, checker)
        add_dependencies(checker, [*names, *(name.rpartition(".")[0] for name in names if "." in name)])


def depend_on_members(info: TypeInfo, checker: TypeChecker) -> None:
    """Depend on the set of attributes of a class and its bases, including attributes that do not exist yet."""
    if _is_fine_grained(checker):
        add_dependencies(checker, (any_attribute(base) for base in info.mro))


def depend_on_names(names: Iterable[str], checker: TypeChecker) -> None:
    """Depend on names in modules."""
    if _is_fine_grained(checker):
        add_dependencies(checker, names)


def _is_fine_grained(checker: TypeChecker) -> bool:
    return checker.options.fine_grained_incremental or checker.options.cache_fine_grained
