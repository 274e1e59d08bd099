"""What a judgement depends on, for mypy's daemon, so that it is made anew when that changes.

Mypy looks for dependencies in its tree of the file, where expressions are texts and configs have no records.
Those of aliases are kept beside the tree: a plugin can add to them, and mypy takes them for files and for functions.
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
    """Note what an expression names: globals, attributes, the methods of operators, and the classes of all these.

    Before mypy 2, a class that loses a base says nothing of the attributes that it loses with it.
    """
    if _is_asked(checker):
        names = names_in(expression, types, checker)
        add_dependencies(checker, [*names, *(name.rpartition(".")[0] for name in names if "." in name)])


def depend_on_members(info: TypeInfo, checker: TypeChecker) -> None:
    """Note that it matters which attributes a class and its bases have: those that are to come have no names yet."""
    if _is_asked(checker):
        add_dependencies(checker, (any_attribute(base) for base in info.mro))


def depend_on_names(names: Iterable[str], checker: TypeChecker) -> None:
    """Note that it matters what some names of modules are."""
    if _is_asked(checker):
        add_dependencies(checker, names)


def _is_asked(checker: TypeChecker) -> bool:
    return checker.options.fine_grained_incremental or checker.options.cache_fine_grained
