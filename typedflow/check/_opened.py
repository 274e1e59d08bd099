"""Which files a task's outcome depends on: those that Python opened for it, and the modules that its modules import."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import FrameType, ModuleType

from typedflow.project import file_digest, read_source
from typedflow.values import TypedflowError

_GENERATED = (".pyc", ".pyi")
#: Known by a digest of its own as well, wherever it is installed from.
_OWN = str(Path(__file__).parents[1])
_NOT_OURS = ("/proc/", "/dev/", "/sys/")


class Opened:
    """The files that this process opens; Python's own and those of installed packages do not count.

    What is installed is known by a digest of its own. A path that is opened in vain counts: it may come to exist.
    """

    def __init__(self) -> None:
        """Listen from now on; an audit hook stays for the life of its process."""
        self._files: dict[str, None] = {}
        self._by_code: dict[str, dict[str, None]] = {}
        places = (place for place in sys.path if "-packages" in place)
        self._foreign = tuple({sys.prefix, sys.base_prefix, _OWN, *places})
        files, by_code = self._files, self._by_code

        def hear(event: str, arguments: tuple[object, ...]) -> None:  # no method: there are many events
            if event == "open" and isinstance(arguments[0], str) and not arguments[0].endswith(_GENERATED):
                files[arguments[0]] = None
                for code in _running(self._foreign):
                    by_code.setdefault(code, {})[arguments[0]] = None

        sys.addaudithook(hear)

    def forget(self) -> None:
        """Begin anew, for another task."""
        self._files.clear()

    def digests(self, *modules: ModuleType) -> dict[str, str]:
        """Give the digest of every file that was opened since, and of the modules behind some modules."""
        opened = dict(self._files)
        files = set()
        for module in _behind(modules, self._foreign):
            files.add(str(module.__file__))
            opened |= self._by_code.get(str(module.__file__), {})  # for an earlier task, if it was imported then
        files |= {str(Path(file).absolute()) for file in opened if not file.startswith(_NOT_OURS)}
        own = (file for file in sorted(files) if not file.startswith(self._foreign))
        return {file: file_digest(file) for file in own}


def _running(foreign: tuple[str, ...]) -> Iterator[str]:
    """Yield the files whose code is running now, but those of Python, of packages and our own."""
    frame: FrameType | None = inspect.currentframe()
    while frame is not None:
        code = frame.f_code.co_filename
        if not code.startswith(foreign) and not code.startswith("<"):
            yield code
        frame = frame.f_back


def _behind(modules: tuple[ModuleType, ...], foreign: tuple[str, ...]) -> list[ModuleType]:
    """Give some modules and those that they import, directly or not, as far as they come from files of the project."""
    found: dict[str, ModuleType] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py") and module.__name__ not in found and not file.startswith(foreign):
            found[module.__name__] = module
            waiting += [sys.modules[name] for name in _imports(file) if name in sys.modules]
    return list(found.values())


@lru_cache(maxsize=4096)
def _imports(file: str) -> frozenset[str]:
    """Give the names of modules that a file's text imports; ``from a import b`` may name the module ``a.b``."""
    names: set[str] = set()
    try:
        tree = ast.parse(read_source(Path(file)).text)
    except (TypedflowError, SyntaxError, ValueError):
        return frozenset()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return frozenset(names)
