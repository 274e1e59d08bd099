"""The table of kinds: how units of each kind are declared in the manifest. What a kind does is in ``units``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from pydantic import Field, create_model

from typedflow.models import ConfigModel
from typedflow.project._unit_keys import Filled, Key, Name, Reference, schema_by_key, schema_without_file
from typedflow.values import KeyPath, Location
from typedflow.workspace import display_name

_CONFIG = "settings"
_SCHEMA = ".schema.json"

FindUnits: TypeAlias = Callable[[Path], Sequence[Location]]
"""Returns the place of each unit in a file, without importing it."""


def _whole_files(root: Path) -> FindUnits:
    """Return a function for kinds of which every file is a unit."""
    return lambda file: (Location(display_name(file, root)),)


def _table_files(root: Path) -> FindUnits:
    """Return a function that finds a table in each file of data, except in schemas that typedflow exports."""
    from typedflow.parsing import format_of

    def find(file: Path) -> Sequence[Location]:
        is_table = format_of(file.name) is not None and not file.name.endswith(_SCHEMA)
        return [Location(display_name(file, root))] if is_table else []

    return find


def _before_dot(file: PurePosixPath) -> str:
    """Return the name of a file up to its first dot: of ``films.tbl.yaml``, ``films``."""
    return file.name.partition(".")[0]


def _flows(root: Path) -> FindUnits:
    from typedflow.project._flow_syntax import FlowSyntax

    return FlowSyntax(root).flows


class UnitEntry(ConfigModel, defer_build=True, json_schema_extra=schema_without_file):
    """What the manifest has of a unit, or of a glob of units, whatever its kind; each kind may add keys.

    ``file`` of a glob is the glob itself.
    """

    file: Filled
    bindings: tuple[Filled, ...]
    model: Reference | None


@dataclass(frozen=True)
class Kind:
    """How units of a kind are declared: by name, in a table of the manifest.

    Messages call one unit by the ``name``, and several by the ``table``. ``keys`` are those of an entry beside
    ``file``, ``bindings`` and ``model``: the type and the field of each. ``find_units`` returns, for a project's
    directory, the function that finds the units in a file that a glob matches, and ``name_of`` the name of its unit.
    ``has_own_config``: the config of a unit is its file, not the project's settings, which it refers to.
    """

    name: str
    table: str
    keys: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    find_units: Callable[[Path], FindUnits] = _whole_files
    name_of: Callable[[PurePosixPath], str] = lambda file: file.stem
    has_own_config: bool = False

    @cached_property
    def entry(self) -> type[UnitEntry]:
        """The model of an entry of the table."""
        bindings = f"The bindings under which the {self.name} is instantiated; "
        bindings += "globs are matched with the binding files that exist."
        model = f"The model of the {self.name}'s settings, `path/to/file.py:Class` or `package.module:Class`; "
        model += "if not set, the project's `model`."
        fields: dict[str, Any] = {
            "file": (Filled, Field(description=f"The {self.name}'s file, relative to the manifest; a glob has none.")),
            "bindings": (
                tuple[Filled, ...],
                Field(default_factory=tuple, min_length=1, description=bindings),
            ),
            "model": (Reference | None, Field(None, description=model)),
            **self.keys,
        }
        return create_model("Unit", __base__=UnitEntry, __doc__=f"A {self.name} of the project.", **fields)

    @property
    def table_field(self) -> tuple[Any, Any]:
        """The table as a field of the manifest's model."""
        about = f"The project's {self.table}, by the names that commands accept, or by a glob of their files."
        declared: Any = Field(default_factory=dict, description=about, json_schema_extra=schema_by_key)
        return dict[Key, self.entry], declared  # type: ignore[name-defined]


_FLOW_CONFIG = Field(_CONFIG, description="The name of the flow's Config that receives the project's settings.")

#: The kinds by their names, in the order in which units are listed.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("flow", "flows", {"config": (Name, _FLOW_CONFIG)}, _flows),
        Kind("table", "tables", find_units=_table_files, name_of=_before_dot, has_own_config=True),
    )
}


class Unit(NamedTuple):
    """What a project instantiates: its kind, its name, unique within the kind, and how the manifest declares it.

    ``bindings`` are globs, ``model`` is the reference to the class of its settings, and ``config`` the name that its
    settings have. ``glob`` is the key of the entry of a unit that a glob declares.
    """

    kind: str
    name: str
    file: str
    bindings: tuple[str, ...] = ()
    model: str = ""
    config: str = _CONFIG
    glob: str = ""

    @property
    def key(self) -> str:
        """The name that no other unit of the project has: ``flow.training``."""
        return f"{self.kind}.{self.name}"

    @property
    def path(self) -> tuple[str, str]:
        """The key path of the unit's entry in the manifest."""
        return (KINDS[self.kind].table, self.glob or self.name)

    def has_glob_for(self, binding: str) -> bool:
        """Return whether one of the unit's bindings is a name, or matches it."""
        return any(fnmatchcase(binding, glob) for glob in self.bindings)


class SkippedFiles(NamedTuple):
    """The files that a glob of the manifest matches, and that have no unit of its kind."""

    kind: str
    glob: str
    files: tuple[str, ...]


class FoundUnits(NamedTuple):
    """The units of a project, in the order of the manifest, and the files that its globs skip."""

    units: tuple[Unit, ...]
    skipped: tuple[SkippedFiles, ...] = ()


def units_of(kind: Kind, entries: Mapping[str, UnitEntry], model: str | None) -> tuple[Unit, ...]:
    """Return the units that a table of the manifest declares; a glob is one, with its own text as name and file."""
    return tuple(
        Unit(kind.name, name, entry.file, entry.bindings, entry.model or model or "", entry.get("config", _CONFIG))
        for name, entry in entries.items()
    )


def nouns(units: Iterable[Unit], kinds: Collection[str] = KINDS) -> tuple[str, str]:
    """Return what messages call one of some units, and several of them: ``flow`` and ``flows``.

    If there are none, it is the first of the kinds that they may have.
    """
    found = {unit.kind for unit in units} or {next(iter(kinds))}
    if len(found) != 1:
        return "unit", "units"
    kind = KINDS[next(iter(found))]
    return kind.name, kind.table


def how_to_declare(manifest: str, table: KeyPath, kinds: Collection[str]) -> str:
    """Return what to do in a project that has no unit of some kinds; ``table`` is the key path of its manifest."""
    kind = KINDS[next(iter(kinds))]
    path = ".".join((*map(str, table), kind.table))
    glob = f'[{path}."{kind.table}/*"]'
    return f"add one to {manifest}: `[{path}.NAME]` with its `file`, or a glob of files, such as `{glob}`"
