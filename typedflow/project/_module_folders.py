"""Modules of one name in several folders of a project: code of a folder imports those beside it, as a script does.

While code of one folder is imported or run, modules of other folders are set aside: they keep working, but under names
that have their folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from typedflow.workspace import modules_in, real_path

#: Modules that a process has loaded before any project is opened; they are never replaced.
SHARED = {"annotated_types", "metaflow", "pydantic", "pydantic_core", "pydantic_settings", "tomli", "typedflow"}
SHARED |= {"__main__", "typing_extensions", "typing_inspection", "yaml", *sys.stdlib_module_names}
_PACKAGE = "__init__.py"


def module_name(name: str) -> str:
    """Return the name of a module as its importers write it, whether it is set aside or not."""
    return name.partition("@")[0]


def aside_name(name: str, folder: Path) -> str:
    """Return the name that a module of a folder has while it is set aside."""
    return f"{name}@{folder}"


@contextmanager
def importing_from(folder: Path) -> Iterator[None]:
    """Import modules from a folder first; afterwards, names are those of the same modules as before."""
    names, real = names_in(folder), real_path(folder)
    known = names & sys.modules.keys()
    displaced = {name: home for name in known if (home := _home(name)) is not None and home != real}
    _set_aside(displaced)
    returned = [name for name in names if _bring_back(name, real)]
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        if str(folder) not in sys.path:
            sys.path.insert(_place(), str(folder))
        _set_aside(name for name in {*displaced, *returned} if name in sys.modules)
        for name, home in displaced.items():
            _bring_back(name, home)


def enter_folder(folder: Path, root: Path) -> None:
    """Import modules from a folder first from now on; no module of another folder below a directory is left."""
    homes = {name: _home(name) for name in list(sys.modules) if "." not in name and module_name(name) == name}
    _set_aside(name for name, home in homes.items() if home is not None and home != folder and root in _above(home))
    for name in names_in(folder):
        _bring_back(name, folder)
    sys.path[:] = [str(folder), *(place for place in sys.path if place != str(folder))]


def names_in(folder: Path) -> frozenset[str]:
    """Return the names of the modules in a folder; a file that is named like a standard module has another one."""
    with suppress(OSError):
        found = modules_in(folder)
        return frozenset(f"{name}_" if name in sys.stdlib_module_names else name for name in found) - SHARED
    return frozenset()


def _place() -> int:
    """Return where a folder is added to Python's path: not before that of the running script."""
    main = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    return int(sys.path[:1] == [os.path.dirname(os.path.abspath(main))])  # noqa: PTH100, PTH120 # as Python does


def _home(name: str) -> Path | None:
    """Return the folder that a module is imported from; None if it is not a user's."""
    file = file_of(sys.modules.get(name))
    if not file or name in SHARED or "-packages" in file:
        return None
    return _home_of(file)


@lru_cache(maxsize=8192)
def _home_of(file: str) -> Path:
    real = real_path(Path(file))
    return real.parent.parent if real.name == _PACKAGE else real.parent


def _above(folder: Path) -> tuple[Path, ...]:
    return (folder, *folder.parents)


def file_of(module: ModuleType | None) -> str:
    """Return the name of a module's file; empty if it has none."""
    return getattr(module, "__file__", None) or ""


def _set_aside(names: Iterable[str]) -> None:
    for name in list(names):
        home = _home(name)
        if home is not None:
            for each in _with_inner(name):
                _rename(each, aside_name(each, home))


def _bring_back(name: str, folder: Path) -> bool:
    """Rename a module that is set aside to its own name, unless another module has it; return whether it was."""
    ending = aside_name("", folder)
    if name in sys.modules or f"{name}{ending}" not in sys.modules:
        return False
    for each in [key for key in sys.modules if key.endswith(ending)]:
        inner = each.removesuffix(ending)
        if inner == name or inner.startswith(f"{name}."):
            _rename(each, inner)
    return True


def _with_inner(name: str) -> list[str]:
    """Return the names of a module and of those in it, if it is a package."""
    return [each for each in sys.modules if each == name or each.startswith(f"{name}.")]


def _rename(name: str, other: str) -> None:
    """Rename a module, also in its classes: by the name, Python finds the module of a class."""
    module = sys.modules[other] = sys.modules.pop(name)
    with suppress(AttributeError, TypeError):  # an object in place of a module
        module.__name__ = other
    for owner in _classes(module, name):
        with suppress(AttributeError, TypeError):
            owner.__module__ = other


def _classes(module: object, name: str) -> list[type]:
    """Return the classes that a module defines, those in classes included."""
    found: dict[type, None] = {}
    waiting = [module]
    for around in waiting:
        values = [value for value in getattr(around, "__dict__", {}).values() if isinstance(value, type)]
        own = [value for value in values if value.__module__ == name and value not in found]
        found.update(dict.fromkeys(own))
        waiting += own
    return list(found)
