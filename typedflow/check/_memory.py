"""What earlier checks found, for as long as nothing that it depends on has changed. Safe to delete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from typedflow.check._opened import digest_of_dependency
from typedflow.check._worker_messages import RECORDS, SCOPES, Outcome, Record, Scope, Task
from typedflow.project import LoadedProject
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
#: What may be otherwise next time, though no file has changed.
_FLEETING = {"import-failed", "import-timeout"}


class Memory:
    """The outcomes of a project's tasks. ``notes`` say what could not be remembered."""

    def __init__(self, project: LoadedProject, scope: Scope) -> None:
        """Read what is remembered; what cannot be read is forgotten."""
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
        """Return the outcome of a task that would be the same again, or None; asked before it is judged."""
        key = self._keys[task] = self._key(task)  # before the task is judged: a file may change meanwhile
        record = self._records.get(_name(task))
        if record is None or record.key != key:
            return None
        files = record.outcome.files
        return record.outcome if all(self._digest(file) == found for file, found in files.items()) else None

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Remember the outcome of a task that was not known, unless it may differ next time."""
        if not any(item.rule.name in _FLEETING for item in outcome.diagnostics):
            bound = (self._bindings[name] for name in task.bindings or () if name in self._bindings)
            in_key = {*self._files, *bound}
            if any(found != self._digest(file) for file, found in outcome.files.items() if file in in_key):
                return  # it was edited meanwhile
            own = {file: found for file, found in outcome.files.items() if file not in in_key}
            self._records[_name(task)] = Record(self._keys[task], replace(outcome, files=own))
            self._is_changed = True

    def save(self) -> None:
        """Write what is remembered; a project that cannot be written to has no memory.

        What killed commands have left of their own writing goes, too.
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
        """Return the digest of what a task depends on beside the files that were opened for it."""
        if task.bindings is None:
            names = sorted(self._bindings)
            files = (self._bindings[name] for name in names)
            return digest(self._shared, *files, *(self._binding(name) for name in names if task.about == "unit"))
        return digest(self._shared, *(self._binding(name) for name in task.bindings))

    def _binding(self, name: str) -> str:
        file = self._bindings.get(name)
        return f"{name} {file} {self._links.get(file, '')} {self._digest(file)}" if file else name

    def _digest_of_shared(self, scope: Scope) -> str:
        """Return the digest of what all tasks depend on: packages, variables, the manifest, and most settings files."""
        project = self._project
        places = (str(working_directory()), str(project.root), SCOPES.dump_json(scope).decode())
        files = (f"{file} {self._digest(file)}" for file in self._files)
        names = sorted(self._bindings) if self._has_others() else ()
        own = set(self._bindings.values())
        links = (f"{link} {target}" for link, target in sorted(self._links.items()) if link not in own)
        fixed = (installed_digest(), environment_digest(project.environ), *places, project.source.text)
        return digest(*fixed, *files, *names, *links)

    def _shared_files(self) -> Iterator[Path]:
        """Yield the files that every task may depend on, those of bindings only where that cannot be told apart."""
        project = self._project
        own = set(map(os.path.basename, self._bindings.values()))
        yield from (file for file in files_in(self._settings) if file.name not in own)
        yield from files_in(project.root / "schemas")
        if project.variables:  # whether one is misnamed, the configs of all units decide
            folders = dict.fromkeys((project.root / unit.file).parent for unit in project.units)
            yield from (file for folder in folders for file in files_in(folder) if file.suffix == ".py")

    def _has_others(self) -> bool:
        """Return whether files in the settings' directory are of no layer: each may be misnamed, of any binding."""
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
            self.notes = (f"{name} cannot be read, so nothing is known from earlier checks; it is written anew",)
            return {}


def _bindings(project: LoadedProject) -> dict[str, str]:
    """Return the file of each binding."""
    try:
        return {name: str(file) for name, file in project.files.bindings.items()}
    except TypedflowError:  # then every file of the directory counts for every task
        return {}


def _links(folder: Path) -> dict[str, str]:
    """Return where the links of a folder lead to; one that leads nowhere, or out of the project, is a finding."""
    with suppress(OSError):
        return {str(entry.path): os.path.realpath(entry.path) for entry in entries_in(folder) if entry.is_link}
    return {}


def _name(task: Task) -> str:
    return f"{task.about} {task.kind} {task.name} {task.file} {task.part}"
