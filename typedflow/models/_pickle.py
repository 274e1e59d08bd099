"""Pickling a ConfigModel: readers without its class get the stored form, readers without typedflow a dict.

A pickle names functions and classes, and cannot be loaded if one of them is missing. So the class and the exact state
are pickled separately, as bytes within the pickle, and the standard library alone finds the functions that load them.
Metaflow pickles artifacts with protocol 4 or lower. From protocol 5 on, pickles are Pydantic's own: those of
cloudpickle and joblib's workers, which carry classes of ``__main__`` by value.
"""

from __future__ import annotations

import copyreg
import operator
import pickle
from typing import Any, TypeAlias

from pydantic import BaseModel

from typedflow.models._compat import generic_origin
from typedflow.models._pickle_calls import LOAD, Call

Reduced: TypeAlias = str | tuple[Any, ...]
ORDINARY = 5
"""From this protocol on, and within our own bytes, a ConfigModel is pickled with a reference to its class."""


def reduce_config(config: BaseModel, ordinary: Reduced) -> Reduced:
    """Return how to pickle a config for readers who may lack its class; ``ordinary`` if that is not possible."""
    model = type(config)
    try:
        data = stored_form(config)
        parts = {"class": _bytes(_class_reference(model)), "state": _bytes(config)}
    except Exception:  # noqa: BLE001 # serializers and values are the user's: what cannot be stored needs its class
        return ordinary
    if not isinstance(data, dict):
        return ordinary
    name = f"{model.__module__}.{model.__qualname__}"
    return LOAD, ({"name": name, **parts, "complete": _is_complete(config, data)}, data)


def reduce_generic(model: type[BaseModel], ordinary: Reduced) -> Reduced:
    """Return how to pickle an instance of ``Box[int]``: by ``Box`` and ``int``, since no module has ``Box[int]``."""
    reference = _class_reference(model)
    is_pydantics = ordinary[0] is copyreg.__newobj__  # type: ignore[attr-defined] # else a class has a way of its own
    return (object.__new__, (reference,), *ordinary[2:]) if is_pydantics else ordinary


def stored_form(config: BaseModel) -> Any:
    """Return the stored form of a config.

    Raises:
        Exception: whatever the model's serializers raise, or if a value does not have its field's type.
    """
    from typedflow.models._file_values import sort_sets

    data = config.model_dump(mode="json", round_trip=True, by_alias=False, warnings="error")
    return sort_sets(config, data)


def _is_complete(config: BaseModel, data: dict[str, Any]) -> bool:
    """Return whether the stored form has everything in the config."""
    from typedflow.models._persistence import restore

    try:
        return bool(restore(type(config), data) == config)
    except Exception:  # noqa: BLE001 # validators are the user's
        return False


def _class_reference(model: type[BaseModel]) -> Any:
    origin, arguments = generic_origin(model)
    return model if origin is None else Call(operator.getitem, origin, arguments)


def _bytes(value: Any) -> bytes:
    return pickle.dumps(value, protocol=ORDINARY)
