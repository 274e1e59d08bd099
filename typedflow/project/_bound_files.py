"""The files of bindings: whose each is, what it extends, and which models it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol

from typedflow.layers import Layer
from typedflow.project._extends import ExtendedBindings, Files
from typedflow.project._kinds import Unit
from typedflow.project._models import models_by_binding


class UnitFiles(Files, Protocol):
    """A project whose units and settings files are known."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the project."""

    def matching(self, glob: str) -> Iterable[str]:
        """Return the bindings that a glob matches."""


class BoundFiles:
    """The files of a project's bindings, each of whole settings or of a section."""

    def __init__(self, project: UnitFiles) -> None:
        """Read nothing yet."""
        self._project = project
        self._extended: dict[str, ExtendedBindings] = {}

    def in_section(self, section: str) -> ExtendedBindings:
        """Return the layers of bindings, with those that they extend, in a section, or of whole settings."""
        if section not in self._extended:
            self._extended[section] = ExtendedBindings(self._project, section)
        return self._extended[section]

    def binding_of(self, layer: Layer) -> tuple[str, str]:
        """Return the binding whose file a layer is, and the section; empty for another file, or for whole settings."""
        return self._by_file.get(layer.source.file, ("", ""))

    def models_for(self, layer: Layer) -> Iterator[str]:
        """Yield the references of the models that a binding's file is for.

        They are those of the units that are instantiated under the binding, or under one that extends it.
        """
        yield from self.models_of(*self.binding_of(layer))

    def models_of(self, binding: str, section: str = "") -> Iterator[str]:
        """Yield the references of the models that the file of a binding, of whole settings or of a section, is for."""
        yield from self._models.get(binding, ())
        for other in self.in_section(section).extending.get(binding, ()):
            yield from self._models.get(other, ())

    def extending(self) -> Iterator[str]:
        """Yield a text for each binding that is extended: its section, its name, and the names of those that do."""
        for section in dict.fromkeys(section for _, section in self._by_file.values()):
            yield from (f"{section} {name} {names}" for name, names in self.in_section(section).extending.items())

    @cached_property
    def _by_file(self) -> dict[Path | None, tuple[str, str]]:
        found = ((name, file) for name, files in self._project.files.bindings.items() for file in files)
        return {file.path: (name, file.section) for name, file in found}

    @cached_property
    def _models(self) -> dict[str, dict[str, None]]:
        return models_by_binding(self._project.units, self._project.matching)
