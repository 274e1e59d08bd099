"""The classes and names of a Python module, by its syntax."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from typedflow.values import Source

_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True, eq=False)
class ModuleSyntax:
    """The statements of a module.

    ``classes`` are those of the module itself, by name, without those in functions and classes of the ``tree``.
    ``imports`` are dotted names by the names that they have here (a relative one begins with dots), ``aliases`` those
    that are assigned. ``stars`` are the modules of star imports, ``started`` the names that the module uses when it is
    run as a program.
    """

    file: Path
    classes: Mapping[str, ast.ClassDef]
    imports: Mapping[str, str]
    aliases: Mapping[str, str]
    stars: tuple[str, ...]
    started: frozenset[str]
    tree: ast.Module

    def all_classes(self) -> Iterator[ast.ClassDef]:
        """Yield the classes of the module, also those in functions and classes."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


def parse_module(file: Path, source: Source) -> ModuleSyntax | None:
    """Return the syntax of a module; None if it is not valid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the user's text, such as "\d"
            tree = ast.parse(source.text)
        statements = list(_statements(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    imports = [item for node in statements for item in _imported(node)]
    return ModuleSyntax(
        file,
        {node.name: node for node in statements if isinstance(node, ast.ClassDef)},
        {here: name for here, name in imports if here != "*"},
        {name: value for node in statements for name, value in _assigned(node)},
        tuple(name for here, name in imports if here == "*"),
        frozenset(name for node in statements for name in _started(node)),
        tree,
    )


def dotted_name(node: ast.expr) -> str | None:
    """Return the dotted name of an expression, without type arguments; None if it is not a name."""
    if isinstance(node, ast.Subscript):
        return dotted_name(node.value)
    if isinstance(node, ast.Attribute):
        above = dotted_name(node.value)
        return f"{above}.{node.attr}" if above else None
    return node.id if isinstance(node, ast.Name) else None


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, except those of classes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        if isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case)) and not isinstance(child, _OWN_SCOPE):
            yield from _statements(child)


def _imported(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield each imported name, and the dotted name that it stands for; ``*`` and the module for a star import."""
    if isinstance(node, ast.Import):
        for each in node.names:
            top = each.name.partition(".")[0]
            yield (each.asname, each.name) if each.asname else (top, top)
    elif isinstance(node, ast.ImportFrom):
        above = "." * node.level + (f"{node.module}." if node.module else "")
        for each in node.names:
            yield each.asname or each.name, above.removesuffix(".") if each.name == "*" else above + each.name


def _assigned(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield the names that a statement assigns another name to."""
    if isinstance(node, ast.Assign) and (value := dotted_name(node.value)):
        yield from ((target.id, value) for target in node.targets if isinstance(target, ast.Name))


def _started(node: ast.stmt) -> Iterator[str]:
    """Yield the names in an expression statement, or below ``if __name__ == "__main__"``."""
    is_guard = isinstance(node, ast.If) and any(name == "__name__" for name in _names(node.test))
    if is_guard or isinstance(node, ast.Expr):
        yield from _names(node)


def _names(node: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
