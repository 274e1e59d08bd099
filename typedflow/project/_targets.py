"""What paths on a command line refer to: projects, units of projects, flows without one, settings files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from typedflow.project._kinds import Unit
from typedflow.project._manifest import ManifestError
from typedflow.project._open import find_project, open_project
from typedflow.project._project import LoadedProject
from typedflow.project._shared_findings import not_text
from typedflow.values import Location, TypedflowError
from typedflow.workspace import as_text, display_name, is_folder, is_text, read_source, real_path


@dataclass
class Target:
    """A project, and the part of it that is requested: some units; all units, but only errors in some files; or all.

    ``sql`` are those of the files that are SQL, by their names in the project, each with the glob that declares it.
    """

    project: LoadedProject
    units: dict[Unit, None] = field(default_factory=dict)
    files: dict[Path, None] = field(default_factory=dict)
    is_whole: bool = False
    sql: dict[str, str] = field(default_factory=dict)

    @property
    def has_settings(self) -> bool:
        """Whether files are requested that are not SQL: all units may have errors in them."""
        return len(self.files) > len(self.sql)


class Targets(NamedTuple):
    """The projects that some paths belong to, the files of flows without a project, and manifests that are broken."""

    projects: list[Target]
    alone: list[Path]
    broken: list[ManifestError]


def targets(paths: Iterable[Path], environ: Mapping[str, str] | None = None) -> Targets:
    """Return what some paths refer to.

    Raises:
        TypedflowError: a path does not exist; ``no-project`` for a file that is not a flow; ``bad-sql-files`` for one
            of SQL that the manifest does not declare.
    """
    found: dict[Path, Target] = {}
    alone: list[Path] = []
    broken: dict[Path, ManifestError] = {}
    for path in paths:
        if not is_text(real_path(path)):  # its name appears in reports
            raise TypedflowError([not_text("the path is not UTF-8", Location(as_text(path)))])
        if not is_folder(path):
            read_source(path)  # it will be read again, so it must not be a pipe
        try:
            project = _project_of(path, environ)
        except ManifestError as error:
            broken.setdefault(error.root, error)
            continue
        if project is None or (path.suffix == ".py" and _unit_of(project, path) is None):
            alone.append(real_path(path))
            continue
        target = found.setdefault(project.root, Target(project))
        unit = None if is_folder(path) else _unit_of(project, path)
        if unit is not None:
            target.units[unit] = None
        elif is_folder(path) or real_path(path) == project.source.file:
            target.is_whole = True
        elif path.suffix == ".sql":
            target.sql |= _sql_file(project, path)
            target.files[real_path(path)] = None
        else:
            target.files[real_path(path)] = None
    return Targets(list(found.values()), alone, list(broken.values()))


def _project_of(path: Path, environ: Mapping[str, str] | None) -> LoadedProject | None:
    """Return the project that contains a path; None for a flow without one."""
    try:
        return find_project(path, environ) if is_folder(path) else open_project(path.parent, environ)
    except TypedflowError as error:
        if path.suffix == ".py" and all(item.rule.name == "no-project" for item in error.diagnostics):
            return None
        raise


def _unit_of(project: LoadedProject, path: Path) -> Unit | None:
    try:
        return project.unit_of(path)
    except TypedflowError:
        return None


def _sql_file(project: LoadedProject, path: Path) -> dict[str, str]:
    """Return the name of a file of SQL in the project, with the glob that declares it.

    Raises:
        TypedflowError: ``bad-sql-files``.
    """
    real = real_path(path)
    found = {name: glob for name, glob in project.sql_files.globs.items() if real_path(project.root / name) == real}
    if not found:
        from typedflow.project._sql_files import undeclared_sql

        raise TypedflowError(
            [undeclared_sql(project.source.name, display_name(real, project.root), Location(as_text(path)))]
        )
    return found
