"""How a ConfigModel is pickled: a reader who lacks its class gets the stored form, and one who lacks typedflow a dict.

A pickle names functions and classes, and cannot be loaded where one of them is missing. So the class and the exact
state are pickled apart, as bytes within the pickle, and what is called to load them is found by the standard library.
Metaflow pickles artifacts with protocol 4 or lower. From protocol 5 on, pickles are as Pydantic makes them: those of
cloudpickle and joblib's workers, which carry classes of ``__main__`` by value.

This module and what it calls stay importable without Pydantic.
"""

from __future__ import annotations

import copyreg
import operator
import pickle
from collections.abc import Mapping
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, TypeAlias

from typedflow.models._stored_config import StoredConfig

if TYPE_CHECKING:
    from typedflow.models._model import ConfigModel

Reduced: TypeAlias = str | tuple[Any, ...]
ORDINARY = 5
"""From this protocol on, and within our own bytes, a ConfigModel is pickled with a reference to its class."""


class _Call:
    """A call that is made when the pickle is loaded."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self._call = function, arguments

    def __call__(self, *arguments: Any) -> Any:
        function, own = self._call
        return function(*own)(*arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        return self._call


_IS_INSTALLED = _Call(operator.is_not, _Call(find_spec, "typedflow"), None)
_NAMES = ("typing:cast", "typedflow.models:load_config")  # artifacts name them: neither may change
LOAD = _Call(resolve_name, _Call(operator.getitem, _NAMES, _IS_INSTALLED))
"""``load_config``; without typedflow ``typing.cast``, which returns its second argument as it is: the stored form."""


def reduce_config(config: ConfigModel, ordinary: Reduced) -> Reduced:
    """Return how a config is pickled for readers who may lack its class; ``ordinary`` where that is not possible."""
    model = type(config)
    try:
        data = _stored_form(config)
        parts = {"class": _bytes(_class_reference(model)), "state": _bytes(config)}
    except Exception:  # noqa: BLE001 # serializers and values are the user's: what cannot be stored needs its class
        return ordinary
    if not isinstance(data, dict):
        return ordinary
    name = f"{model.__module__}.{model.__qualname__}"
    return LOAD, ({"name": name, **parts, "complete": _is_complete(config, data)}, data)


def reduce_generic(model: type[ConfigModel], ordinary: Reduced) -> Reduced:
    """Return how an instance of ``Box[int]`` is pickled: by ``Box`` and ``int``, as no module has ``Box[int]``."""
    reference = _class_reference(model)
    is_pydantics = ordinary[0] is copyreg.__newobj__  # type: ignore[attr-defined] # else a class has a way of its own
    return (_new, (reference,), *ordinary[2:]) if is_pydantics else ordinary


def load_config(info: Mapping[str, Any], data: dict[str, Any]) -> Any:
    """Return a pickled config as an instance of its class, or its stored form where that class cannot be used.

    The exact state is taken where the class still stores it in the same form. Where the class has changed, or another
    one has its name, the stored form must be valid, and nothing of it may be lost.
    """
    try:
        model = pickle.loads(info["class"])  # noqa: S301 # as any pickle, it is for those who trust the run
        return _instance(model, info, data)
    except (Exception, SystemExit) as error:  # noqa: BLE001 # importing the user's module decides what is raised
        return StoredConfig(data, info, f"{type(error).__name__}: {error}")


def _instance(model: Any, info: Mapping[str, Any], data: dict[str, Any]) -> ConfigModel:
    from typedflow.models._model import ConfigModel
    from typedflow.models._stored import restore

    if not (isinstance(model, type) and issubclass(model, ConfigModel)):
        raise TypeError(f"{model!r} is not a ConfigModel")
    exact = _exact(info["state"])
    if type(exact) is model and _has_all_fields(exact) and _is_same(_form_or_none(exact), data):
        return exact
    if not info["complete"]:
        raise TypeError("the class has changed")
    changed = restore(model, data)
    if not _covers(_stored_form(changed), data):
        raise TypeError("the class has changed, and does not keep all values")
    return changed


def _exact(state: bytes) -> Any:
    try:
        return pickle.loads(state)  # noqa: S301 # as above
    except (Exception, SystemExit):  # noqa: BLE001 # a class within may be missing where the outer one is not
        return None


def _has_all_fields(value: Any) -> bool:
    """Return whether a state has a value for each field, also of the models within: Pydantic dumps what is there."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        state = vars(value)
        return type(value).__pydantic_fields__.keys() <= state.keys() and all(map(_has_all_fields, state.values()))
    if isinstance(value, Mapping):
        return all(map(_has_all_fields, value.values()))
    return not isinstance(value, list | tuple | set | frozenset) or all(map(_has_all_fields, value))


def _stored_form(config: ConfigModel) -> Any:
    """Return the stored form of a config.

    Raises:
        Exception: whatever the model's serializers raise, or a value that is not of its field's type.
    """
    from typedflow.models._written import stable

    data = config.model_dump(mode="json", round_trip=True, by_alias=False, warnings="error")
    return stable(config, data)


def _form_or_none(config: ConfigModel) -> Any:
    try:
        return _stored_form(config)
    except Exception:  # noqa: BLE001 # a state that does not fit another class
        return None


def _is_complete(config: ConfigModel, data: dict[str, Any]) -> bool:
    """Return whether the stored form has all that the config has."""
    from typedflow.models._stored import restore

    try:
        return bool(restore(type(config), data) == config)
    except Exception:  # noqa: BLE001 # validators are the user's
        return False


def _covers(found: Any, data: Any) -> bool:
    """Return whether all that was stored is found again, perhaps beside more keys."""
    if isinstance(data, dict) and isinstance(found, dict):
        return all(key in found and _covers(found[key], item) for key, item in data.items())
    if isinstance(data, list) and isinstance(found, list):
        return len(data) == len(found) and all(map(_covers, found, data))
    return _is_same(found, data)


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other) or repr(one) == repr(other)  # NaN equals nothing


def _class_reference(model: type[ConfigModel]) -> Any:
    generic = model.__pydantic_generic_metadata__
    return model if generic["origin"] is None else _Call(_parametrized, generic["origin"], generic["args"])


def _parametrized(origin: Any, arguments: tuple[Any, ...]) -> Any:
    return origin[arguments]


def _new(model: Any) -> Any:
    return model.__new__(model)


def _bytes(value: Any) -> bytes:
    return pickle.dumps(value, protocol=ORDINARY)
