"""Look up classes in the modules of a project, by their syntax: nothing is imported."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from typedflow.project._python_syntax import ModuleSyntax, parse_module
from typedflow.values import TypedflowError
from typedflow.workspace import is_file, read_source


class FoundClass(NamedTuple):
    """A class: its module and its name there; of a module that the project does not have, its dotted name."""

    module: ModuleSyntax | None
    name: str


class ClassLookUp:
    """Looks up classes by the names that modules have for them; each module is read once."""

    def __init__(self, root: Path) -> None:
        """``root`` is the directory of the project."""
        self._root = root
        self._modules: dict[Path, ModuleSyntax | None] = {}

    def read(self, file: Path) -> ModuleSyntax | None:
        """Return the syntax of a file; None if it is not valid.

        Raises:
            TypedflowError: the file cannot be read.
        """
        if file not in self._modules:
            self._modules[file] = parse_module(file, read_source(file, self._root))
        return self._modules[file]

    def find(self, module: ModuleSyntax, name: str) -> FoundClass | None:
        """Return the class that a dotted name of a module stands for; None if that cannot be known."""
        return self._find(module, name, set())

    def _find(self, module: ModuleSyntax, name: str, seen: set[tuple[Path, str]]) -> FoundClass | None:
        if (module.file, name) in seen:
            return None
        seen.add((module.file, name))
        first, dot, rest = name.partition(".")
        if first in module.classes:
            return FoundClass(module, first) if not rest else None
        if first in module.imports:
            return self._imported(module, module.imports[first] + dot + rest, seen)
        if first in module.aliases:
            return self._find(module, module.aliases[first] + dot + rest, seen)
        found = (self._imported(module, f"{star}.{name}", seen) for star in module.stars)
        known = next((each for each in found if each is not None and each.module is not None), None)
        return known or (FoundClass(None, f"builtins.{name}") if hasattr(builtins, first) else None)

    def _imported(self, module: ModuleSyntax, name: str, seen: set[tuple[Path, str]]) -> FoundClass | None:
        parts = name.lstrip(".").split(".")
        level = len(name) - len(name.lstrip("."))
        for end in range(len(parts) - 1, -1 if level else 0, -1):
            for folder in self._folders(module.file, level):
                for file in _files(folder.joinpath(*parts[:end])):
                    other = self._readable(file)
                    return self._find(other, ".".join(parts[end:]), seen) if other else None
        return None if level else FoundClass(None, name)

    def _folders(self, file: Path, level: int) -> Iterator[Path]:
        """Yield the folders that a module may be imported from: those of the file and above it, within the project."""
        above = file.parents
        if level:
            yield from above[level - 1 : level]
            return
        yield above[0]
        yield from (folder for folder in above[1:] if folder.is_relative_to(self._root))
        yield self._root / "src"

    def _readable(self, file: Path) -> ModuleSyntax | None:
        try:
            return self.read(file)
        except TypedflowError:
            return None


def _files(name: Path) -> Iterator[Path]:
    """Yield the files of the module of a name that exist."""
    candidates = (name.with_name(f"{name.name}.py"), name / "__init__.py")
    return (file for file in candidates if is_file(file))
