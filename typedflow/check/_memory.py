"""What earlier checks found, for as long as nothing that it depends on has changed. Safe to delete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from typedflow.check._outcomes import RECORDS, SCOPES, Outcome, Record, Scope, Task
from typedflow.project import (
    Project,
    digest,
    environment_digest,
    file_digest,
    files_in,
    ignored_directory,
    installed_digest,
    is_there,
    read_source,
    remove_leftovers,
    working_directory,
    write_atomically,
)
from typedflow.values import TypedflowError

_FILE = "check.json"
#: What may be otherwise next time, though no file has changed.
_FLEETING = {"import-failed", "import-timeout"}


class Memory:
    """The outcomes of a project's tasks."""

    def __init__(self, project: Project, scope: Scope) -> None:
        """Read what is remembered; what cannot be read is forgotten."""
        self._root = project.root
        self._settings = project.root / project.manifest.settings
        self._digests: dict[str, str] = {}
        self._key = _key(project, scope, self._digest)
        self._records = _read(project.root / ".typedflow" / _FILE)
        self._is_changed = False

    def known(self, task: Task) -> Outcome | None:
        """Give the outcome of a task that would be the same again, or None."""
        record = self._records.get(_name(task))
        if record is None or record.key != self._key:
            return None
        files = record.outcome.files
        return record.outcome if all(self._digest(file) == found for file, found in files.items()) else None

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Remember an outcome, unless it may differ next time."""
        if not any(item.rule.name in _FLEETING for item in outcome.diagnostics):
            self._records[_name(task)] = Record(self._key, outcome)
            self._is_changed = True

    def save(self) -> None:
        """Write what is remembered; a project that cannot be written to has no memory.

        What killed commands have left of their own writing goes, too.
        """
        for folder in (self._root, self._settings):
            remove_leftovers(folder)
        if self._is_changed:
            try:
                write_atomically(ignored_directory(self._root) / _FILE, RECORDS.dump_json(self._records).decode())
            except TypedflowError:
                return

    def _digest(self, file: str) -> str:
        if file not in self._digests:
            self._digests[file] = file_digest(file)
        return self._digests[file]


def _name(task: Task) -> str:
    return f"{task.kind} {task.name} {task.file}"


def _read(file: Path) -> dict[str, Record]:
    try:
        return RECORDS.validate_json(read_source(file).text) if is_there(file) else {}
    except (TypedflowError, ValidationError):
        return {}


def _key(project: Project, scope: Scope, digest_of_file: Callable[[str], str]) -> str:
    """Give the digest of what all tasks depend on: packages, variables, the manifest, the settings' files."""
    folders = (project.root / project.manifest.settings, project.root / "schemas")
    files = (f"{file} {digest_of_file(str(file))}" for folder in folders for file in files_in(folder))
    places = (str(working_directory()), str(project.root), SCOPES.dump_json(scope).decode())
    return digest(installed_digest(), environment_digest(project.environ), *places, project.source.text, *files)
