"""Public names of packages, each loaded when it is first used (PEP 562).

A package's ``__init__.py`` names them once, as imports under ``TYPE_CHECKING``, and this module reads them from its
source. Both set ``TYPE_CHECKING`` themselves: importing ``typing`` takes most of the time of importing typedflow.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ADVICE = "install it in the image of the task, or name it with `@pypi(packages={...})`"


def lazy_names(package: str) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package."""
    modules = dict(_names_with_modules(package))

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = _attribute(modules[name], name)
        setattr(sys.modules[package], name, value)
        return value

    return load, lambda: [*modules], [name for name in modules if not name.startswith("__")]


def _names_with_modules(package: str) -> Iterator[tuple[str, str]]:
    """Yield each name with the module to import it from, as ``from module import name as name`` says it."""
    for line in _source(package).partition("if TYPE_CHECKING:\n")[2].partition("else:\n")[0].splitlines():
        match line.split():
            case ["from", module, "import", name, "as", alias] if name == alias:
                yield name, module
            case _:
                raise ImportError(f"{package}/__init__.py: {line!r} is not `from module import name as name`")


def _source(package: str) -> str:
    """Return the text of a package's ``__init__.py``, also from a zip file."""
    spec = sys.modules[package].__spec__
    data: bytes = spec.loader.get_data(spec.origin)  # type: ignore[union-attr]  # all loaders of source files have it
    return data.decode().replace("\r\n", "\n")


def _attribute(module: str, name: str) -> object:
    """Import an attribute of a module; a task whose image has no pydantic ends with one sentence."""
    from importlib import import_module

    try:
        value: object = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name not in {"pydantic", "pydantic_core"}:
            raise
        message = f"typedflow requires pydantic, which {sys.executable} does not have: {_ADVICE}"
        if {"step", "init"} & set(sys.argv):
            raise SystemExit(message) from None
        raise ImportError(message) from None
    return value
