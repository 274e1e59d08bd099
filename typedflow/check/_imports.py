"""Find the modules that a module's text imports, directly or indirectly, also if they were imported before."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from typedflow.project import aside_name
from typedflow.values import TypedflowError
from typedflow.workspace import read_source


def modules_behind(modules: tuple[ModuleType, ...], is_ours: Callable[[str], bool]) -> list[ModuleType]:
    """Return some modules and those that they import, directly or indirectly, if their files belong to the project."""
    found: dict[str, ModuleType] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py") and module.__name__ not in found and is_ours(file):
            found[module.__name__] = module
            names = _imports(file, module.__package__ or "")
            imported = (sys.modules.get(aside_name(name, Path(file).parent)) or sys.modules.get(name) for name in names)
            waiting += filter(None, imported)
    return list(found.values())


@lru_cache(maxsize=4096)
def _imports(file: str, package: str) -> frozenset[str]:
    """Return the names of the modules that a file of a package imports, and of their parent packages."""
    try:
        tree = ast.parse(read_source(Path(file)).text)
    except (TypedflowError, SyntaxError, ValueError):
        return frozenset()
    names = {name for node in ast.walk(tree) for name in _named(node, package)}
    return frozenset(
        ".".join(parts[:end]) for parts in (name.split(".") for name in names) for end in range(1, len(parts) + 1)
    )


def _named(node: ast.AST, package: str) -> Iterator[str]:
    """Yield the names in an import; ``from a import b`` may name the module ``a.b``."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        yield from (module, *(f"{module}.{alias.name}" for alias in node.names))
