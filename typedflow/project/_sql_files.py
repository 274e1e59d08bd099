"""The files of SQL that the manifest declares: those that the globs in ``[sql]`` match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.project._engine_keys import SqlFiles
from typedflow.project._kinds import Unit
from typedflow.project._manifest import Manifest
from typedflow.project._shared_findings import not_text
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Related,
    TypedflowError,
    did_you_mean,
    format_path,
    listed,
)
from typedflow.workspace import as_text, glob_folder, is_glob, is_text, matching_files

_bad_sql_files = partial(Diagnostic, RULES["bad-sql-files"])


class SqlProject(Protocol):
    """A project as far as its files of SQL are found: its manifest, with places in it, and its units."""

    @property
    def root(self) -> Path:
        """The project's directory."""

    @property
    def manifest(self) -> Manifest:
        """The project's manifest."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the project."""

    def place(self, *path: str | int) -> Location | None:
        """Return the location of a key path in the manifest."""

    def place_of_key(self, path: KeyPath) -> Location:
        """Return the location of a key in the manifest by its path."""


@dataclass(frozen=True)
class DeclaredSql:
    """The files of SQL by their names, each with the glob that matches it, and what is wrong with the globs."""

    globs: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def find_sql_files(project: SqlProject) -> DeclaredSql:
    """Return the files that the manifest's globs match; a file that several match is the first one's."""
    if not project.manifest.sql:
        return DeclaredSql()
    globs: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for glob, entry in project.manifest.sql.items():
        try:
            found = _files(project, glob, problems)
        except TypedflowError as error:
            problems += error.diagnostics
            continue
        problems += [*_shared(project, glob, [name for name in found if name in globs], globs)]
        problems += _unknown_target(project, glob, entry)
        globs = {**dict.fromkeys(found, glob), **globs}
    return DeclaredSql(dict(sorted(globs.items())), tuple(problems))


def undeclared_sql(manifest: str, name: str, file: Location) -> Diagnostic:
    """Return the finding for a file of SQL that a command names, and that no glob of the manifest matches."""
    message = f"no entry of `[sql]` in {manifest} matches this file, so it is not checked"
    return _bad_sql_files(message, file, hint=f'declare it: `[sql."{name}"]`')


def external_target(place: Location | None, table: str, declared: Location) -> Diagnostic:
    """Return the finding for rows that would be written into an external table."""
    message = f"`{table}` is external, so it is only read"
    hint = "name a table of the project, or remove `into`"
    return _bad_sql_files(message, place, hint=hint, related=(Related("declared at", declared),))


def _files(project: SqlProject, glob: str, problems: list[Diagnostic]) -> list[str]:
    """Return the names of the files that a glob matches, and add what is wrong with it to the problems.

    Raises:
        TypedflowError: ``unreadable-file`` for a folder.
    """
    root, here = project.root, project.place_of_key(("sql", glob))
    places = places_within(root, project.manifest.outside)
    folder = root / glob_folder(glob)
    if real := outside(folder, places):
        problems.append(leads_outside(f"`{format_path(('sql', glob))}`", real, root, here))
        return []
    found = matching_files(root, glob)
    if not found:
        label = "" if is_glob(glob) else did_you_mean(glob, _beside(project, glob))
        hint = "" if label else "correct the glob, which is relative to the manifest, or remove the entry"
        problems.append(_bad_sql_files(f"no file matches `{glob}`", here, label=label, hint=hint))
    good: list[str] = []
    for name in found:
        if not is_text(name):
            message = f"the name of the file `{as_text(name)}` is not UTF-8"
            problems.append(not_text(message, here, hint="rename the file"))
        elif real := outside(root / name, places):
            problems.append(leads_outside(f"the link `{name}`", real, root, here))
        else:
            good.append(name)
    return good


def _beside(project: SqlProject, name: str) -> list[str]:
    """Return the files of SQL in the folder in which a file should be."""
    return matching_files(project.root, f"{glob_folder(name)}/*.sql")


def _shared(project: SqlProject, glob: str, names: list[str], globs: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a finding for each other glob that matches some of the files, too."""
    by_other: dict[str, list[str]] = {}
    for name in names:
        by_other.setdefault(globs[name], []).append(name)
    for other, some in by_other.items():
        message = f"{listed(some, 3)} {'is' if len(some) == 1 else 'are'} matched by two entries, here and `{other}`"
        hint = "let one entry match each file: its `into` and `params` are those of the file"
        related = (Related("declared at", project.place_of_key(("sql", other))),)
        yield _bad_sql_files(message, project.place_of_key(("sql", glob)), hint=hint, related=related)


def _unknown_target(project: SqlProject, glob: str, entry: SqlFiles) -> Iterator[Diagnostic]:
    known = [unit.name for unit in project.units if unit.kind == "table"]
    if entry.into is not None and entry.into not in known:
        label = did_you_mean(entry.into, known)
        hint = f"the tables are {listed(known)}" if known else "this project declares no tables"
        message = f"there is no table `{entry.into}`"
        yield _bad_sql_files(message, project.place("sql", glob, "into"), label=label, hint="" if label else hint)
