"""Where a run's tables are declared: the record of the origins of what it stores about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedflow.models import RunTables, dump, file_values, read_layers
from typedflow.project import (
    EngineKeys,
    LoadedProject,
    Resolved,
    Table,
    Unit,
    Variant,
    canonical,
    digest_of,
    origins_record,
    provenance_of,
)
from typedflow.units._launched import Launched
from typedflow.values import KeyPath, LeafOrigin, Location, Provenance, leaves_of
from typedflow.workspace import display_name


def tables_record(project: LoadedProject, unit: Unit, launched: Launched, content: RunTables) -> dict[str, Any]:
    """Return the origin of each value that a run stores about its tables: the tables' files, and the manifest.

    A table's name in the engine is from the line that declares it, whatever settings the name refers to.
    """
    known = dict(_of_engine(project))
    for table in project.tables.units:
        if table.name in content.tables:
            known |= _of_table(project, table)
    leaves = {path: known[path] for path, _ in leaves_of(file_values(content, {})) if path in known}
    variant = Variant(unit.name, launched.binding, launched.environment, unit.kind)
    return origins_record(variant, RunTables, Provenance(leaves, ()), digest_of(canonical(dump(content))))


def _of_engine(project: LoadedProject) -> Iterator[tuple[KeyPath, LeafOrigin[Location]]]:
    keys = project.manifest.engine
    for name in EngineKeys.model_fields:
        place = project.place("engine", name) if name in keys.model_fields_set else None
        if place is None:
            yield ("engine", name), LeafOrigin(Location(EngineKeys.__name__), is_default=True)
        else:
            file = display_name(project.root / place.name, project.root)
            yield ("engine", name), LeafOrigin(place._replace(name=file, excerpt=None))


def _of_table(project: LoadedProject, unit: Unit) -> Iterator[tuple[KeyPath, LeafOrigin[Location]]]:
    declared = project.tables.declared(unit)
    resolved = Resolved(Variant(unit.name, kind=unit.kind), *read_layers([declared.layer], Table))
    bare = {each.name: each.bare_name for each in declared.columns.columns}
    for path, leaf in provenance_of(resolved, project.root, with_lines=False).leaves.items():
        whole = (path[0], bare[str(path[1])], *path[2:]) if path[0] == "columns" and len(path) > 1 else path
        yield ("tables", unit.name, *whole), leaf
