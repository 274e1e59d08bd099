"""The table of kinds: how units of each kind are declared in the manifest. What a kind does is in ``units``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, StringConstraints, create_model

from typedflow.models import ConfigModel

# Not with `Field`: Pydantic 2.11 gives the default of one field to all that share it.
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]
ProjectName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]  # a dot ends it in identities
Filled = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00]+$")]  # no path has a NUL

_CONFIG = "settings"


class UnitEntry(ConfigModel, defer_build=True):
    """What the manifest has of a unit, whatever its kind; each kind may add keys."""

    file: Filled
    bindings: tuple[Filled, ...]


@dataclass(frozen=True)
class Kind:
    """How units of a kind are declared: by name, in a table of the manifest.

    Messages call one unit by the ``name``, and several by the ``table``. ``keys`` are those of an entry beside ``file``
    and ``bindings``: the type and the field of each.
    """

    name: str
    table: str
    keys: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def entry(self) -> type[UnitEntry]:
        """The model of an entry of the table."""
        bindings = f"The bindings under which the {self.name} is instantiated; "
        bindings += "globs are matched with the binding files that exist."
        fields: dict[str, Any] = {
            "file": (Filled, Field(description=f"The {self.name}'s file, relative to the manifest.")),
            "bindings": (
                tuple[Filled, ...],
                Field(default_factory=tuple, min_length=1, description=bindings),
            ),
            **self.keys,
        }
        return create_model("Unit", __base__=UnitEntry, __doc__=f"A {self.name} of the project.", **fields)

    @property
    def table_field(self) -> tuple[Any, Any]:
        """The table as a field of the manifest's model."""
        about = f"The project's {self.table}, by the names that commands accept."
        return dict[Name, self.entry], Field(default_factory=dict, description=about)  # type: ignore[name-defined]


_FLOW_CONFIG = Field(_CONFIG, description="The name of the flow's Config that receives the project's settings.")

#: The kinds by their names, in the order in which units are listed.
KINDS = {kind.name: kind for kind in (Kind("flow", "flows", {"config": (Name, _FLOW_CONFIG)}),)}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a project instantiates: its kind, its name, unique within the kind, and how the manifest declares it.

    ``bindings`` are globs, ``model`` is the reference to the class of its settings, and ``config`` the name that its
    settings have.
    """

    kind: str
    name: str
    file: str
    bindings: tuple[str, ...] = ()
    model: str = ""
    config: str = _CONFIG

    @property
    def key(self) -> str:
        """The name that no other unit of the project has: ``flow.training``."""
        return f"{self.kind}.{self.name}"

    @property
    def path(self) -> tuple[str, str]:
        """The key path of the unit in the manifest."""
        return (KINDS[self.kind].table, self.name)


def units_of(kind: Kind, entries: Mapping[str, UnitEntry], model: str) -> tuple[Unit, ...]:
    """Return the units that a table of the manifest declares."""
    return tuple(
        Unit(kind.name, name, entry.file, entry.bindings, model, entry.get("config", _CONFIG))
        for name, entry in entries.items()
    )


def nouns(kinds: Collection[str]) -> tuple[str, str]:
    """Return what messages call a unit of some kinds, and several of them: ``flow`` and ``flows``."""
    if len(kinds) != 1:
        return "unit", "units"
    kind = KINDS[next(iter(kinds))]
    return kind.name, kind.table
