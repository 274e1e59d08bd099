"""The cache of a check: outcomes of earlier tasks whose dependencies have not changed. Safe to delete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from typedflow.check._dependencies import digest_of_dependency
from typedflow.check._worker_messages import RECORDS, SCOPES, Outcome, Record, Scope, Task
from typedflow.project import LoadedProject, table_types_file
from typedflow.values import TypedflowError
from typedflow.workspace import (
    digest,
    display_name,
    entries_in,
    environment_digest,
    files_in,
    ignored_directory,
    installed_digest,
    is_there,
    read_bytes,
    remove_leftovers,
    working_directory,
    write_atomically,
)

_FILE = "check.json"
#: Findings that may differ next time even if no file has changed: a missing file may be created.
_FLEETING = {"import-failed", "import-timeout", "model-not-found", "table-types-drift", "unknown-binding"}


class Memory:
    """The cached outcomes of a project's tasks. ``notes`` describe problems with the cache."""

    def __init__(self, project: LoadedProject, scope: Scope) -> None:
        """Read the cache; start with an empty one if that fails."""
        self.notes: tuple[str, ...] = ()
        self._project = project
        self._settings = project.root / project.manifest.settings
        self._file = project.root / ".typedflow" / _FILE
        self._digests: dict[str, str] = {}
        self._keys: dict[Task, str] = {}
        self._bindings = _bindings(project)
        self._links = _links(self._settings)
        self._files = [str(file) for file in self._shared_files()]
        self._shared = self._digest_of_shared(scope)
        self._records = self._read()
        self._is_changed = False

    def known(self, task: Task) -> Outcome | None:
        """Return the outcome of a task if it is still valid, else None; call this before the task runs."""
        key = self._keys[task] = self._key(task)  # before the task runs: a file may change meanwhile
        record = self._records.get(_name(task))
        if record is None or record.key != key:
            return None
        files = record.outcome.files
        return record.outcome if all(self._digest(file) == found for file, found in files.items()) else None

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Store the outcome of a task, unless it may differ next time."""
        if not any(item.rule.name in _FLEETING for item in outcome.diagnostics):
            bound = (file for name in task.bindings or () for file in self._bindings.get(name, ()))
            in_key = set() if task.about == "sql" else {*self._files, *bound}
            if any(found != self._digest(file) for file, found in outcome.files.items() if file in in_key):
                return  # it was edited meanwhile
            own = {file: found for file, found in outcome.files.items() if file not in in_key}
            self._records[_name(task)] = Record(self._keys[task], replace(outcome, files=own))
            self._is_changed = True

    def save(self) -> None:
        """Write the cache; if the project is not writable, do nothing.

        Also remove temporary files of killed commands.
        """
        for folder in (self._project.root, self._settings):
            remove_leftovers(folder)
        if self._is_changed:
            with suppress(TypedflowError):
                text = RECORDS.dump_json(self._records).decode()
                write_atomically(ignored_directory(self._project.root) / _FILE, text)

    def _digest(self, file: str) -> str:
        if file not in self._digests:
            self._digests[file] = digest_of_dependency(file)
        return self._digests[file]

    def _key(self, task: Task) -> str:
        """Return the digest of a task's dependencies other than the files that were opened for it."""
        if task.about == "sql":
            return self._key_of_sql
        if task.bindings is None:
            names = sorted(self._bindings)
            files = (file for name in names for file in self._bindings[name])
            return digest(self._shared, *files, *(self._binding(name) for name in names if task.about == "unit"))
        return digest(self._shared, *(self._binding(name) for name in task.bindings))

    @cached_property
    def _key_of_sql(self) -> str:
        """The digest of what every SQL file depends on: the manifest, and which tables there are. Settings are not."""
        project = self._project
        tables = (f"{unit.name} {unit.file}" for unit in project.units if unit.kind == "table")
        return digest(installed_digest(), str(project.root), project.source.text, *tables)

    def _binding(self, name: str) -> str:
        files = (f"{file} {self._links.get(file, '')} {self._digest(file)}" for file in self._bindings.get(name, ()))
        return " ".join([name, *files])

    def _digest_of_shared(self, scope: Scope) -> str:
        """Return the digest of the dependencies of all tasks: packages, variables, manifest, most settings files."""
        project = self._project
        places = (str(working_directory()), str(project.root), SCOPES.dump_json(scope).decode())
        files = (f"{file} {self._digest(file)}" for file in self._files)
        names = sorted(self._bindings) if self._has_others() else ()
        own = {file for files in self._bindings.values() for file in files}
        links = (f"{link} {target}" for link, target in sorted(self._links.items()) if link not in own)
        fixed = (installed_digest(), environment_digest(project.environ), *places, project.source.text)
        return digest(*fixed, *files, *names, *links, *self._models_of_files())

    def _models_of_files(self) -> Iterator[str]:
        """Yield what decides by which models a file is judged, if the units have several."""
        project = self._project
        if len(project.models.references) > 1:
            yield from (f"{unit.key} {unit.model} {unit.bindings}" for unit in project.units)
            with suppress(TypedflowError):
                yield from project.bound.extending()

    def _shared_files(self) -> Iterator[Path]:
        """Yield the files that every task may depend on; not those of bindings, unless they cannot be told apart."""
        project = self._project
        own = {Path(file).name for files in self._bindings.values() for file in files}
        yield from (file for file in files_in(self._settings) if file.name not in own)
        yield from files_in(project.root / "schemas")
        if project.tables.units and (types := table_types_file(project)):
            yield types
        if project.variables:  # whether one is misnamed, the configs of all units decide
            folders = dict.fromkeys((project.root / unit.file).parent for unit in project.units)
            yield from (file for folder in folders for file in files_in(folder) if file.suffix == ".py")

    def _has_others(self) -> bool:
        """Return whether the settings directory has files of no layer; each may be a misnamed file of any binding."""
        with suppress(TypedflowError):
            return bool(self._project.files.others)
        return True

    def _read(self) -> dict[str, Record]:
        if not is_there(self._file):
            return {}
        try:
            return RECORDS.validate_json(read_bytes(self._file))
        except (OSError, ValidationError):
            name = display_name(self._file, self._project.root)
            self.notes = (f"{name} cannot be read, so this check starts without a cache, and writes a new one",)
            return {}


def _bindings(project: LoadedProject) -> dict[str, list[str]]:
    """Return the files of each binding."""
    try:
        return {name: [str(file.path) for file in files] for name, files in project.files.bindings.items()}
    except TypedflowError:  # every task then depends on every file of the directory
        return {}


def _links(folder: Path) -> dict[str, str]:
    """Return the targets of the links in a folder; a broken link, or one out of the project, is a finding."""
    with suppress(OSError):
        return {str(entry.path): os.path.realpath(entry.path) for entry in entries_in(folder) if entry.is_link}
    return {}


def _name(task: Task) -> str:
    return f"{task.about} {task.kind} {task.name} {task.file} {task.part}"
