"""The schemas of a project's settings files, and the names of the files that each is for, as editors match them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typedflow.project._project import LoadedProject
from typedflow.project._settings import BINDING, ENVIRONMENT


@dataclass(frozen=True, slots=True)
class SchemaFiles:
    """The files of a project's schemas: of global settings, of the overlays on them, and of the manifest.

    ``sections`` has the schema of each section, ``blocks`` is that of the file with a block for each environment.
    ``bound`` has the schemas of the bindings whose files not all units read, of whole settings and of sections.
    """

    full: Path
    overlay: Path
    manifest: Path
    bound: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    sections: Mapping[str, Path] = field(default_factory=dict)
    blocks: Path | None = None

    def of(self, section: str, binding: str = "") -> Path:
        """Return the schema of overlays, or of a section's files; of a binding, if one is given."""
        return self.bound.get((binding, section)) or self.sections.get(section, self.overlay)

    def all(self) -> list[Path]:
        """Return the files of all schemas, each once."""
        blocks = [self.blocks] if self.blocks else []
        own = (*self.bound.values(), *self.sections.values(), *blocks)
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
