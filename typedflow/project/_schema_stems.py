"""The schemas of a project's settings files, and the names of the files that each is for, as editors match them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from typedflow.parsing import format_of
from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.project._settings import BINDING, ENVIRONMENT


@dataclass(frozen=True, slots=True)
class SchemaFiles:
    """The files of a project's schemas: of global settings, of the overlays on them, of the manifest, and of tables.

    ``sections`` has the schema of each section, ``blocks`` is that of the file with a block for each environment.
    ``bound`` has the schemas of the bindings whose files not all units read, of whole settings and of sections.
    """

    full: Path
    overlay: Path
    manifest: Path
    bound: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    sections: Mapping[str, Path] = field(default_factory=dict)
    blocks: Path | None = None
    table: Path | None = None

    def of(self, section: str, binding: str = "") -> Path:
        """Return the schema of overlays, or of a section's files; of a binding, if one is given."""
        return self.bound.get((binding, section)) or self.sections.get(section, self.overlay)

    def all(self) -> list[Path]:
        """Return the files of all schemas, each once."""
        some = [file for file in (self.blocks, self.table) if file]
        own = (*self.bound.values(), *self.sections.values(), *some)
        return list(dict.fromkeys((self.full, self.overlay, self.manifest, *own)))


def schema_stems(project: LoadedProject, schemas: SchemaFiles) -> dict[Path, list[str]]:
    """Return the schemas of overlays and sections, each with its files' names between the first dot and the suffix."""
    found: dict[Path, list[str]] = {}
    for schema, stem in _stems(project, schemas):
        found.setdefault(schema, []).append(stem)
    return found


def _stems(project: LoadedProject, schemas: SchemaFiles) -> Iterator[tuple[Path, str]]:
    sections = project.manifest.sections
    if schemas.blocks is not None:
        yield schemas.blocks, ENVIRONMENT
    yield schemas.of(ENVIRONMENT if ENVIRONMENT in sections else ""), f"{ENVIRONMENT}.*"
    for section in ("", *sections) if BINDING not in sections else sections:
        if section != ENVIRONMENT:
            if section:
                yield schemas.of(section), section
            yield from _of_bindings(project, schemas, section)


def _of_bindings(project: LoadedProject, schemas: SchemaFiles, section: str) -> Iterator[tuple[Path, str]]:
    """Yield the names of the files of bindings in a section: by globs of bindings where one schema is for them all."""
    first = section or BINDING
    if not any(each == section for _, each in schemas.bound):
        yield schemas.of(section), f"{first}.*"
        return
    globs = dict.fromkeys(glob for unit in project.units for glob in unit.bindings)
    left = dict.fromkeys(project.files.bindings)
    for glob, names in {glob: project.matching(glob) for glob in globs}.items():
        kinds = {schemas.of(section, name) for name in names}
        if len(kinds) == 1 and not set(glob) & set("?["):  # editors know `*`
            yield kinds.pop(), f"{first}.{glob}"
            left = dict.fromkeys(name for name in left if name not in names)
    yield from ((schemas.of(section, name), f"{first}.{name}") for name in left)


def table_stems(units: Iterable[Unit]) -> dict[str, list[str]]:
    """Return the names of tables' files up to the suffix, by their formats: of a glob of files, or of one file.

    A glob that an editor may read in another way, or that has no format, is replaced by the files that it matches.
    """
    found: dict[str, dict[str, None]] = {}
    for unit in units:
        is_known = format_of(unit.glob) is not None and not set(unit.glob) & set("?[")
        name = unit.glob if is_known else unit.file
        if form := format_of(name):
            found.setdefault(form, {})[name.removesuffix(PurePosixPath(name).suffix)] = None
    return {form: list(stems) for form, stems in found.items()}
