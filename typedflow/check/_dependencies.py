"""Record the dependencies of a task's outcome: files that Python opened, variables that project code read, modules.

Each has the digest from when it was first read, since a file may be edited while a flow is checked.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType, ModuleType

from typedflow.check._imports import modules_behind
from typedflow.workspace import digest, file_digest, listen_to_variables, variable

#: typedflow itself; like installed packages, it has a separate digest.
_OWN = str(Path(__file__).parents[1])
_GENERATED = ".pyi"
_NOT_OURS = ("/proc/", "/dev/", "/sys/")
#: Marks the name of an environment variable among names of files.
VARIABLE = "$"


def digest_of_dependency(name: str) -> str:
    """Return the digest of a file's content, or of a variable's value; empty if it does not exist."""
    if not name.startswith(VARIABLE):
        return file_digest(name)
    value = variable(name[len(VARIABLE) :])
    return "" if value is None else digest(value)


class Dependencies:
    """The files and variables that this process reads, except those of Python and of installed packages.

    Installed packages have a separate digest. A file that does not exist counts: it may be created later.
    """

    def __init__(self, root: str) -> None:
        """Start to record, until the process ends; ``root`` is the project's directory, empty without a project."""
        self._root = root
        self._foreign = tuple({sys.prefix, sys.base_prefix, _OWN})
        self._task: dict[str, None] = {}
        self._by_code: dict[str, dict[str, None]] = {}
        self._digests: dict[str, str] = {}
        self._is_busy = False
        sys.addaudithook(self._on_event)
        listen_to_variables(self._read_variable)

    def forget(self) -> None:
        """Start again, for another task."""
        self._task.clear()

    def note(self, *files: str) -> None:
        """Count some files among those that the task depends on, though it has not opened them."""
        for file in files:
            self._digest(file)
            self._task[file] = None

    def digests(self, *modules: ModuleType) -> dict[str, str]:
        """Return the digests of all that the task read, and of all that modules and their imports have read."""
        found = dict(self._task)
        for module in modules_behind(modules, self._is_ours):
            file = str(module.__file__)
            found[file] = None
            found |= self._by_code.get(file, {})  # read when the module was imported, perhaps for an earlier task
        return {name: self._digest(name) for name in sorted(found)}

    def _on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and not self._is_busy and isinstance(arguments[0], str):
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            if flags & os.O_ACCMODE != os.O_WRONLY:
                file = os.path.abspath(arguments[0])  # noqa: PTH100 # there are many events
                if file.endswith(".pyc"):
                    with suppress(ValueError):
                        file = source_from_cache(file)
                if self._is_ours(file) and not file.endswith(_GENERATED):
                    self._note(file)

    def _read_variable(self, name: str) -> None:
        if not self._is_busy and any(True for _ in self._running()):
            self._note(f"{VARIABLE}{name}")

    def _note(self, name: str) -> None:
        self._digest(name)
        self._task[name] = None
        for code in self._running():
            self._by_code.setdefault(code, {})[name] = None

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._is_busy = True  # reading causes events, too
            try:
                self._digests[name] = digest_of_dependency(name)
            except ValueError:  # a name with a NUL
                self._digests[name] = ""
            finally:
                self._is_busy = False
        return self._digests[name]

    def _running(self) -> Iterator[str]:
        """Yield the project's files that are on the call stack."""
        frame: FrameType | None = inspect.currentframe()
        while frame is not None:
            code = frame.f_code.co_filename
            if not code.startswith("<") and self._is_ours(code):
                yield code
            frame = frame.f_back

    def _is_ours(self, file: str) -> bool:
        return is_of_project(file, self._root, self._foreign)


def is_of_project(file: str, root: str, foreign: Iterable[str]) -> bool:
    """Return whether a file belongs to the project, not to Python, a package or the kernel: the nearest one decides."""
    if file.startswith(_NOT_OURS) or "-packages" in file:
        return False
    return _length(file, [root]) >= _length(file, foreign)


def _length(file: str, folders: Iterable[str]) -> int:
    return max((len(folder) for folder in folders if folder and file.startswith(folder + os.sep)), default=0)
