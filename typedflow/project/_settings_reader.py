"""Read the settings files of a project, and the blocks of the one that has several environments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from typedflow.layers import Layer, Rank, layer, section_layer
from typedflow.parsing import location, mapping_at, parse
from typedflow.project._included_files import IncludedFiles
from typedflow.project._settings import SettingsFile, SettingsFiles
from typedflow.values import Diagnostic, Location, Related, Source, TypedflowError, closest
from typedflow.workspace import display_name, read_source


@dataclass(frozen=True)
class SettingsReader:
    """The settings files of a project below its root, at one moment, and the files that they can include."""

    files: SettingsFiles
    root: Path
    included: IncludedFiles

    @cached_property
    def environments(self) -> dict[str, SettingsFile]:
        """The environments that have settings, by name.

        Raises:
            TypedflowError: the errors of the file that has a block for each environment; ``ambiguous-layer``.
        """
        files = self.files
        if files.blocks is None:
            return files.environment_files
        from typedflow.project._environment_blocks import environments_of

        own = {name: Location(display_name(file.path, self.root)) for name, file in files.environment_files.items()}
        found = environments_of(files.blocks, *self._blocks, own)
        return dict(sorted([*found.items(), *files.environment_files.items()]))

    def similar_block(self, name: str) -> tuple[Related, ...]:
        """Return the place of the environment's block whose name is most like a name that no environment has."""
        near = closest(name, (known for known, file in self.environments.items() if file.block))
        return (Related("a similar name at", location(self._blocks[0], (near,), key=True)),) if near else ()

    @cached_property
    def _blocks(self) -> tuple[Source, dict[str, Any]]:
        return self._parsed(self.files.blocks.path) if self.files.blocks else (Source("", ""), {})

    def _parsed(self, file: Path) -> tuple[Source, dict[str, Any]]:
        source = read_source(file, self.root)
        return source, parse(source)

    def read_all(self, files: Iterable[SettingsFile], rank: Rank) -> list[Layer]:
        """Parse some settings files.

        Raises:
            TypedflowError: the errors of all of them.
        """
        layers: list[Layer] = []
        problems: list[Diagnostic] = []
        for file in files:
            try:
                layers.append(self.read(file, rank))
            except TypedflowError as error:
                problems += error.diagnostics
        if problems:
            raise TypedflowError(problems)
        return layers

    def read(self, file: SettingsFile, rank: Rank) -> Layer:
        """Parse one settings file, or take one block of the file that has several.

        Raises:
            TypedflowError: its errors.
        """
        source, tree = self._blocks if file.block else self._parsed(file.path)
        if not file.section:
            return layer(source, tree, rank, files=self.included)
        block = (file.block,) if file.block else ()
        mapping_at(source, tree, block)
        return section_layer(source, tree, rank, file.section, block, self.included)
