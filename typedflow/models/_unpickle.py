"""Loading a pickled ConfigModel. This module does not import Pydantic, which a reader may lack."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from typedflow.models._stored_config import StoredConfig

if TYPE_CHECKING:
    from typedflow.models._model import ConfigModel


def load_config(info: Mapping[str, Any], data: dict[str, Any]) -> Any:
    """Return a pickled config as an instance of its class, or its stored form if the class cannot be used.

    The exact state is used if the class still stores it in the same form. If the class has changed, or another one has
    its name, the stored form must be valid, and nothing in it may be lost.
    """
    try:
        model = pickle.loads(info["class"])  # noqa: S301 # as any pickle, it is for those who trust the run
        return _instance(model, info, data)
    except (Exception, SystemExit) as error:  # noqa: BLE001 # importing the user's module decides what is raised
        return StoredConfig(data, info, f"{type(error).__name__}: {error}")


def _instance(model: Any, info: Mapping[str, Any], data: dict[str, Any]) -> ConfigModel:
    from typedflow.models._model import ConfigModel
    from typedflow.models._persistence import restore
    from typedflow.models._pickle import stored_form

    if not (isinstance(model, type) and issubclass(model, ConfigModel)):
        raise TypeError(f"{model!r} is not a ConfigModel")
    exact = _exact(info["state"])
    if type(exact) is model and _has_all_fields(exact) and _is_same(_form_or_none(exact), data):
        return exact
    if not info["complete"]:
        raise TypeError("the class has changed")
    changed = restore(model, data)
    if not _covers(stored_form(changed), data):
        raise TypeError("the class has changed, and does not keep all values")
    return changed


def _exact(state: bytes) -> Any:
    try:
        return pickle.loads(state)  # noqa: S301 # as above
    except (Exception, SystemExit):  # noqa: BLE001 # a class within may be missing where the outer one is not
        return None


def _has_all_fields(value: Any) -> bool:
    """Return whether a state, nested models included, has a value for each field: Pydantic dumps only what is set."""
    from pydantic import BaseModel

    from typedflow.models._compat import own_fields

    if isinstance(value, BaseModel):
        state = vars(value)
        return own_fields(type(value)).keys() <= state.keys() and all(map(_has_all_fields, state.values()))
    if isinstance(value, Mapping):
        return all(map(_has_all_fields, value.values()))
    return not isinstance(value, list | tuple | set | frozenset) or all(map(_has_all_fields, value))


def _form_or_none(config: ConfigModel) -> Any:
    from typedflow.models._pickle import stored_form

    try:
        return stored_form(config)
    except Exception:  # noqa: BLE001 # a state that does not fit another class
        return None


def _covers(found: Any, data: Any) -> bool:
    """Return whether everything that was stored is in ``found``, which may have more keys."""
    if isinstance(data, dict) and isinstance(found, dict):
        return all(key in found and _covers(found[key], item) for key, item in data.items())
    if isinstance(data, list) and isinstance(found, list):
        return len(data) == len(found) and all(map(_covers, found, data))
    return _is_same(found, data)


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other) or repr(one) == repr(other)  # NaN equals nothing
