"""Typed configs for Netflix Metaflow: declared as Pydantic models, layered, checked, and known to the last column."""

TYPE_CHECKING = False  # type checkers know the name; importing typing for it takes most of the time of importing us
if TYPE_CHECKING:
    from typedflow.layers import Merge as Merge
    from typedflow.metaflow import Config as Config
    from typedflow.metaflow import SettingsMixin as SettingsMixin
    from typedflow.metaflow import config_expr as config_expr
    from typedflow.metaflow import config_table as config_table
    from typedflow.metaflow import config_value as config_value
    from typedflow.metaflow import load as load
    from typedflow.metaflow import origins as origins
    from typedflow.metaflow import ref as ref
    from typedflow.models import ConfigModel as ConfigModel
    from typedflow.models import Template as Template
    from typedflow.models import migration as migration
    from typedflow.operations import Project as Project
    from typedflow.values import Diagnostic as Diagnostic
    from typedflow.values import TypedflowError as TypedflowError

    __version__: str

__all__ = [
    "METAFLOW_PACKAGE_POLICY",
    "Config",
    "ConfigModel",
    "Diagnostic",
    "Merge",
    "Project",
    "SettingsMixin",
    "Template",
    "TypedflowError",
    "config_expr",
    "config_table",
    "config_value",
    "load",
    "migration",
    "origins",
    "ref",
]

METAFLOW_PACKAGE_POLICY = "include"
"""Metaflow (2.16.7 and later, ``metaflow/package/__init__.py``) ships a package that says so with every flow."""

_ROOMS = {
    "Config": "metaflow",
    "ConfigModel": "models",
    "Diagnostic": "values",
    "Merge": "layers",
    "Project": "operations",
    "SettingsMixin": "metaflow",
    "Template": "models",
    "TypedflowError": "values",
    "config_expr": "metaflow",
    "config_table": "metaflow",
    "config_value": "metaflow",
    "load": "metaflow",
    "migration": "models",
    "origins": "metaflow",
    "ref": "metaflow",
}

_ADVICE = "install it in the image of the task, or name it with `@pypi(packages={...})`"


def __getattr__(name: str) -> object:
    """Load a public name from its room when it is first used, so that importing typedflow costs next to nothing."""
    if name in _ROOMS:
        value = _loaded(_ROOMS[name], name)
        globals()[name] = value
        return value
    if name == "__version__":
        from importlib.metadata import version

        return version("typedflow")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _loaded(room: str, name: str) -> object:
    """Give a name of a room; a task whose image has no pydantic ends with one sentence."""
    import sys
    from importlib import import_module

    try:
        value: object = getattr(import_module(f"typedflow.{room}"), name)
    except ModuleNotFoundError as error:
        if error.name not in {"pydantic", "pydantic_core"}:
            raise
        message = f"typedflow needs pydantic, and {sys.executable} has none: {_ADVICE}"
        if {"step", "init"} & set(sys.argv):
            raise SystemExit(message) from None
        raise ImportError(message) from None
    return value


def __dir__() -> list[str]:
    """Give the public names."""
    return [*__all__, "__version__"]
