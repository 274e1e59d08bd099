"""Keep the modules of several projects in one process separate, and reload them when their files change."""

from __future__ import annotations

import importlib
import linecache
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib.abc import PathEntryFinder
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder
from pathlib import Path
from threading import RLock
from types import ModuleType

from typedflow.project._module_folders import SHARED, file_of
from typedflow.project._source_loader import SourceLoader
from typedflow.workspace import is_file, is_folder, read_bytes, real_path

#: One project at a time has its modules in `sys.modules`.
_LOCK = RLock()


class OwnModules:
    """The modules that were imported from a project's folders; they are in ``sys.modules`` only within ``active``."""

    def __init__(self) -> None:
        """Start without any modules."""
        self._modules: dict[str, ModuleType] = {}
        self._digests: dict[Path, bytes | None] = {}
        self._is_active = False

    @contextmanager
    def active(self, folders: Iterable[Path]) -> Iterator[None]:
        """Import modules from these folders first, and reuse them if no file has changed; restore everything on exit.

        Afterwards, ``sys.path`` and ``sys.modules`` are as they were: two projects may have modules of the same names,
        and neither sees those of the other, nor those of this process.
        """
        with _LOCK:
            if self._is_active:
                yield
                return
            places = [real_path(folder) for folder in folders]
            path, writes = sys.path[:], sys.dont_write_bytecode
            current, hidden = self._current(), _hidden(places)
            self._is_active, sys.dont_write_bytecode = True, True
            sys.path[:0] = map(str, places)
            hook = _source_hook(places)
            sys.path_hooks.insert(0, hook)
            _forget_finders(places)
            for name in hidden:
                del sys.modules[name]
            sys.modules.update(current)
            try:
                yield
            finally:
                self._keep(places)
                for name in self._modules:
                    sys.modules.pop(name, None)
                sys.modules.update(hidden)
                sys.path[:] = path
                sys.path_hooks.remove(hook)
                _forget_finders(places)
                self._is_active, sys.dont_write_bytecode = False, writes

    def _current(self) -> dict[str, ModuleType]:
        """Return the modules that were imported before; none of them if any of their files has changed."""
        if any(_digest(file) != digest for file, digest in self._digests.items()):
            for file in self._digests:
                linecache.cache.pop(str(file), None)
            self._modules, self._digests = {}, {}
        if not self._modules:
            importlib.invalidate_caches()
        return self._modules

    def _keep(self, places: list[Path]) -> None:
        found = {name: module for name, module in sys.modules.items() if _is_own(name, module, places)}
        files = {Path(file) for module in found.values() if (file := file_of(module))}
        self._digests |= {file: _digest(file) for file in files if file not in self._digests}
        self._modules = found


def _source_hook(places: list[Path]) -> Callable[[str], PathEntryFinder]:
    """Return a hook of ``sys.path_hooks`` that finds modules in these folders and below, without bytecode."""
    find = FileFinder.path_hook((ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceLoader, SOURCE_SUFFIXES))

    def hook(folder: str) -> PathEntryFinder:
        if not any(_real(folder).is_relative_to(place) for place in places):
            raise ImportError(f"{folder} is not a folder of the project", path=folder)
        return find(folder)

    return hook


def _forget_finders(places: list[Path]) -> None:
    for folder in list(sys.path_importer_cache):
        if any(_real(folder).is_relative_to(place) for place in places):
            del sys.path_importer_cache[folder]


def _is_own(name: str, module: ModuleType, places: list[Path]) -> bool:
    """Return whether a module is from one of the project's folders, and not an installed package there."""
    if name.partition(".")[0] in SHARED:
        return False
    place = file_of(module) or next(iter(getattr(module, "__path__", ())), "")
    real = _real(place)
    return bool(place) and "-packages" not in str(real) and any(map(real.is_relative_to, places))


def _hidden(places: list[Path]) -> dict[str, ModuleType]:
    """Return the modules of this process that an import in the project must not find."""
    tops = {name.partition(".")[0] for name in sys.modules} - SHARED
    shadowed = {top for top in tops if any(_has_module(place, top) for place in places)}
    return {
        name: module
        for name, module in sys.modules.items()
        if name.partition(".")[0] in shadowed or _is_own(name, module, places)
    }


def _has_module(place: Path, top: str) -> bool:
    """Return whether a folder has a module of a name; a namespace package counts only if nothing else has it."""
    is_namespace = not file_of(sys.modules.get(top))
    return (
        is_file(place / f"{top}.py")
        or is_file(place / top / "__init__.py")
        or (is_namespace and is_folder(place / top))
    )


@lru_cache(maxsize=8192)
def _real(file: str) -> Path:
    return real_path(Path(file))


def _digest(file: Path) -> bytes | None:
    try:
        return sha256(read_bytes(file)).digest()
    except OSError:
        return None
