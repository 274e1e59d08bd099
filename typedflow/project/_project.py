"""A project: its manifest, its settings files, and the layers of each variant.

Long because everything that variants share is read once, and cached here.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from typedflow.layers import Layer, Rank
from typedflow.models import model_problems
from typedflow.parsing import location
from typedflow.project._allowed_directories import places_within
from typedflow.project._bound_files import BoundFiles
from typedflow.project._included_files import IncludedFiles
from typedflow.project._kinds import KINDS, FoundUnits, Unit
from typedflow.project._load_model import load_model
from typedflow.project._manifest import Manifest
from typedflow.project._models import Models
from typedflow.project._settings import BINDING, ENVIRONMENT, SettingsFile, SettingsFiles, find_settings
from typedflow.project._settings_reader import SettingsReader
from typedflow.project._shared_findings import unknown_binding
from typedflow.project._units import unit_named, unit_source, unit_with_file
from typedflow.project._unknown_names import unbound_name, unknown_name
from typedflow.values import (
    DEFAULT_BINDING,
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Source,
    TypedflowError,
    listed,
)
from typedflow.workspace import CheckedOut, GitFacts, checked_out, git_facts, is_glob

if TYPE_CHECKING:
    from typedflow.project._sql_files import DeclaredSql
    from typedflow.project._tables import Tables

#: Ends the literal prefix of a glob.
_LITERAL = re.compile(r"[*?[]")
_LAST = chr(sys.maxunicode)  # the last Unicode character


@dataclass(frozen=True)
class LoadedProject:
    """A manifest and its location, at one moment. Files are read when they are needed, shared ones only once."""

    root: Path
    manifest: Manifest
    source: Source = field(repr=False)
    table: KeyPath = ()
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    given_model: type[BaseModel] | None = None

    @cached_property
    def models(self) -> Models:
        """The models of the units' settings, each imported when it is first needed."""
        return Models(self.units, self.manifest.model, self.root, self._load)

    def model_of(self, named: Unit | str) -> type[BaseModel]:
        """Return the model of a unit's config: for settings, the one that the unit names, else the project's.

        Raises:
            TypedflowError: ``model-not-found``; ``secret-in-config`` and others if it cannot be stored;
                ``bad-section``.
        """
        unit = self.unit(named)
        if KINDS[unit.kind].has_own_config:
            from typedflow.project._table_file import Table

            return Table
        return self.settings_model_of(unit)

    def settings_model_of(self, unit: Unit) -> type[BaseModel]:
        """Return the model of the settings that a unit has, or that its config refers to.

        Raises:
            TypedflowError: as ``model_of``.
        """
        model = self.models.named(unit.model)
        if self.manifest.sections:
            from typedflow.project._sections import require_sections

            require_sections(self, model)
        return model

    def place_of_model(self, unit: Unit | None) -> Location | None:
        """Return the location of the reference of a unit's model in the manifest, or of that of all units."""
        is_own = unit is not None and unit.model != self.manifest.model
        return self.place(*unit.path, "model") if unit is not None and is_own else self.place("model")

    def _load(self, reference: str, unit: Unit | None) -> type[BaseModel]:
        try:
            model = load_model(reference, self.root, lambda: self.place_of_model(unit), self.given_model)
        except TypedflowError as error:
            if not self.tables.units:
                raise
            from typedflow.project._table_types import with_types_hint

            raise with_types_hint(self, error) from None
        if problems := model_problems(model):
            raise TypedflowError(problems)
        return model

    @cached_property
    def tables(self) -> Tables:
        """The tables, each file read when it is first needed."""
        from typedflow.project._tables import Tables

        def read(unit: Unit) -> Source:
            return unit_source(self.root, unit, lambda path: self.place(*path))

        return Tables(self.units, read, self.place_of_key)

    @cached_property
    def sql_files(self) -> DeclaredSql:
        """The files of SQL that the manifest's globs match."""
        from typedflow.project._sql_files import find_sql_files

        return find_sql_files(self)

    @cached_property
    def bound(self) -> BoundFiles:
        """The files of bindings: whose each is, what it extends, and which models it is for."""
        return BoundFiles(self)

    @cached_property
    def variables(self) -> dict[str, str]:
        """The environment variables that may be meant for configs: few of many."""
        return {name: value for name, value in self.environ.items() if name.upper().startswith("TYPEDFLOW_")}

    @cached_property
    def declared_configs(self) -> frozenset[str]:
        """The names of the configs declared in the text of the units' files, and of the files beside them."""
        from typedflow.project._unread_files import declared_in

        return declared_in((self.root / unit.file).parent for unit in self.units)

    @cached_property
    def files(self) -> SettingsFiles:
        """The settings files that exist.

        Raises:
            TypedflowError: ``ambiguous-layer``; ``missing-file`` if the directory does not exist.
        """
        try:
            folder, manifest = self.root / self.manifest.settings, self.manifest
            return find_settings(folder, self.root, manifest.outside, manifest.sections)
        except TypedflowError as error:
            raise TypedflowError(self._at_its_path(item) for item in error.diagnostics) from None

    def _at_its_path(self, found: Diagnostic) -> Diagnostic:
        """Return a finding about the settings directory at the manifest's line that names it, if there is one."""
        place = self.place("settings") if found.rule == RULES["missing-file"] else None
        return replace(found, location=place) if place else found

    @cached_property
    def settings(self) -> SettingsReader:
        """Reads the settings files."""
        folder, manifest = self.root / self.manifest.settings, self.manifest
        return SettingsReader(self.files, self.root, IncludedFiles(folder, self.root, manifest.outside))

    @property
    def environments(self) -> dict[str, SettingsFile]:
        """The environments that have settings, by name.

        Raises:
            TypedflowError: the errors of the file that has a block for each environment; ``ambiguous-layer``.
        """
        return self.settings.environments

    @cached_property
    def global_layer(self) -> tuple[Layer, ...]:
        """The global settings, parsed once."""
        return tuple(self.settings.read_all(self.files.base, Rank.GLOBAL))

    @cached_property
    def checked_out(self) -> CheckedOut:
        """The branch or tags that are checked out, read once; from a CI service only if they choose the environment."""
        return checked_out(self.root, self.environ if self.manifest.environments.by_checkout else {})

    @cached_property
    def git_facts(self) -> GitFacts:
        """What git knows about the code that is checked out, read once."""
        return git_facts(self.root, self.environ)

    def possible_environments(self) -> list[str | None]:
        """Return the environments that a branch or an option can choose; None if a branch need not match a glob.

        Raises:
            TypedflowError: the settings directory cannot be read.
        """
        named: list[str | None] = list(self.environments)
        return named if self.manifest.environments.default is not None and named else [None, *named]

    @cached_property
    def _environment_layers(self) -> dict[str, tuple[Layer, ...]]:
        return {}

    def environment_layer(self, name: str | None, path: KeyPath = ()) -> tuple[Layer, ...]:
        """Return the settings of an environment, parsed once; ``path`` is its key path in the manifest, if it has one.

        Raises:
            TypedflowError: ``unknown-environment``, or the errors of its file.
        """
        if name is None:
            return ()
        if name not in self._environment_layers:
            known = self.environments
            if name not in known:
                found = unknown_name(self, ENVIRONMENT, name, list(known), self.place(*path) if path else None)
                raise TypedflowError([replace(found, related=self.settings.similar_block(name))])
            self._environment_layers[name] = (self.settings.read(known[name], Rank.ENVIRONMENT),)
        return self._environment_layers[name]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the project, by their kinds, in the order of the manifest.

        Raises:
            TypedflowError: ``bad-glob`` and others for a glob of units; ``open_project`` reports them.
        """
        return self.found_units.units

    @cached_property
    def found_units(self) -> FoundUnits:
        """The units of the project, and the files that its globs of units skip."""
        declared = self.manifest.units()
        if not any(is_glob(unit.name) for unit in declared):
            return FoundUnits(declared)
        from typedflow.project._unit_globs import find_units

        places = places_within(self.root, self.manifest.outside)
        return find_units(declared, self.root, places, self.place_of_key)

    def unit(self, named: Unit | str, kinds: Collection[str] = KINDS) -> Unit:
        """Return a unit of some kinds by its name; ``kind:name`` tells units of several kinds apart.

        Raises:
            TypedflowError: ``unknown-flow``.
        """
        return named if isinstance(named, Unit) else unit_named(self.units, named, kinds, self.place_of_table)

    def unit_of(self, file: Path) -> Unit:
        """Return the unit that a file is.

        Raises:
            TypedflowError: ``unknown-flow``.
        """
        return unit_with_file(self.units, file, self.root, self.place_of_table)

    def place_of_key(self, path: KeyPath) -> Location:
        """Return the location of a key in the manifest by its path."""
        return location(self.source, (*self.table, *path), key=True)

    def place_of_table(self, name: str) -> Location:
        """Return the location of a table of the manifest, or the manifest's."""
        return self.place(name) or Location(self.source.name)

    def bindings(self, named: Unit | str) -> tuple[str, ...]:
        """Return the bindings of a unit, in order; only ``default`` if it declares none.

        Raises:
            TypedflowError: ``unknown-binding`` for a declared binding that has no file.
        """
        unit = self.unit(named)
        if not unit.bindings:
            return (DEFAULT_BINDING,)
        found: dict[str, None] = {}
        problems = []
        for index, glob in enumerate(unit.bindings):
            names = self.matching(glob)
            if not names and glob == DEFAULT_BINDING:
                names = [DEFAULT_BINDING]
            if not names:
                place = self.place(*unit.path, "bindings", index)
                problems.append(unknown_name(self, BINDING, glob, list(self.files.bindings), place))
            found.update(dict.fromkeys(names))
        if problems:
            raise TypedflowError(problems)
        return tuple(found)

    def matching(self, glob: str) -> list[str]:
        """Return the bindings that a glob matches, in order; only those with its literal prefix are compared.

        Raises:
            TypedflowError: the settings directory cannot be read.
        """
        names = self._binding_names
        start = _LITERAL.split(glob, maxsplit=1)[0]
        alike = names[bisect_left(names, start) : bisect_right(names, f"{start}{_LAST}")]
        return [name for name in alike if fnmatchcase(name, glob)]

    @cached_property
    def _binding_names(self) -> list[str]:
        return sorted(self.files.bindings)

    def chosen_binding(self, unit: Unit, binding: str | None) -> str:
        """Return the named binding, or the only one there is.

        Raises:
            TypedflowError: ``unknown-binding`` if none is named and there are several.
        """
        known = self.bindings(unit)
        if binding is not None or len(known) == 1:
            return binding or known[0]
        message = f"`{unit.name}` has the bindings {listed(known)}, and none is named"
        hint = f"name one: `--binding {known[0]}`, or TYPEDFLOW_BINDING={known[0]} in the environment"
        raise TypedflowError([unknown_binding(message, self.place(*unit.path), hint=hint)])

    def binding_layer(self, named: Unit | str, binding: str) -> tuple[Layer, ...]:
        """Return the settings of a unit's binding, a layer for each of its files; the default binding needs none.

        Raises:
            TypedflowError: ``unknown-binding``, or the errors of its file.
        """
        unit = self.unit(named)
        if binding != DEFAULT_BINDING and not self._is_bound(unit, binding):
            raise TypedflowError([unbound_name(self, unit, binding, self.bindings(unit))])
        files = self.files.bindings.get(binding, ())
        return tuple(layer for file in files for layer in self.bound.in_section(file.section).layers(binding))

    def place(self, *path: str | int) -> Location | None:
        """Return the location of a key path in the manifest."""
        return location(self.source, (*self.table, *path))

    def _is_bound(self, unit: Unit, binding: str) -> bool:
        # Do not list all bindings: resolving each of many would take quadratic time.
        return binding in self.files.bindings and unit.has_glob_for(binding)
