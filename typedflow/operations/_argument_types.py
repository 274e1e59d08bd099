"""The types of the arguments of ``Project``: an error that names the argument, instead of one from deep within."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from types import FunctionType
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from typedflow.operations._errors import argument_error

C = TypeVar("C", bound=type)


class _ArgumentType(NamedTuple):
    """What an argument must be, in words and as a test; ``None`` is valid where the argument is optional."""

    wanted: str
    is_valid: Callable[[Any], bool]
    is_optional: bool = False


def check_arguments(cls: C) -> C:
    """Make the public methods of a class check the types of their arguments, by the names of these."""
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("_"):
            setattr(cls, name, _checked(method))
    return cls


def require_types(arguments: Mapping[str, Any]) -> None:
    """Raise an error for an argument that is not of its type.

    Raises:
        ArgumentError: what it must be.
    """
    for name, value in arguments.items():
        expected = _TYPES.get(name)
        if expected and not (expected.is_optional and value is None) and not expected.is_valid(value):
            raise argument_error(f"`{name}` must be {expected.wanted}, not {_found(value)}")


def _checked(method: FunctionType) -> Callable[..., Any]:
    names = method.__code__.co_varnames[1 : method.__code__.co_argcount]

    @wraps(method)
    def checked(self: Any, *args: Any, **kwargs: Any) -> Any:
        require_types({**dict(zip(names, args, strict=False)), **kwargs})
        return method(self, *args, **kwargs)

    return checked


def _found(value: Any) -> str:
    """Return what an argument is instead, in words; the texts of overrides may be secrets."""
    if value is None or isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str | type):
        return "a string" if isinstance(value, str) else f"the class {value.__name__}"
    if isinstance(value, dict | list | tuple) and value:
        kinds = dict.fromkeys(type(each).__name__ for each in value)
        return f"a {type(value).__name__} of {', '.join(kinds)}"
    return f"an instance of {type(value).__name__}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes) and all(map(_is_text, value))


def _is_overrides(value: Any) -> bool:
    # A subclass may read differently: that of an enum reads `Key.a`.
    return isinstance(value, Mapping) and all(type(key) is str for key in value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_positive(value: Any) -> bool:
    return _is_count(value) and value > 0


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


_GLOBS = _ArgumentType('a list of globs, such as `["EXP_01"]`', _is_texts)
_RULES = _ArgumentType('a list of rules, such as `["TF302"]`', _is_texts)
_TEXT = _ArgumentType("a string", _is_text)
_NAME = _ArgumentType("a string", _is_text, is_optional=True)
_OVERRIDES = 'a dictionary of values by key path, such as `{"model.alpha": 0.5}`'
_POSITIVE = "an integer greater than or equal to 1"
_TYPES = {
    **dict.fromkeys(("unit", "binding", "environment", "where", "sort", "branch", "dags"), _NAME),
    **dict.fromkeys(("target", "one", "other"), _TEXT),
    **dict.fromkeys(("select", "ignore"), _RULES),
    "units": _ArgumentType('a list of units, such as `["training"]`', _is_texts),
    "bindings": _GLOBS,
    "columns": _ArgumentType('a list of columns, such as `["model.alpha"]`', _is_texts, is_optional=True),
    "arguments": _ArgumentType('a list of arguments, such as `["run", "--tag", "a"]`', _is_texts),
    "overrides": _ArgumentType(_OVERRIDES, _is_overrides, is_optional=True),
    "since": _ArgumentType("a datetime", lambda value: isinstance(value, datetime), is_optional=True),
    "limit": _ArgumentType("an integer greater than or equal to 0", _is_count),
    "jobs": _ArgumentType(_POSITIVE, _is_positive),
    "max_failures": _ArgumentType(_POSITIVE, _is_positive, is_optional=True),
    "on_progress": _ArgumentType("a function", callable, is_optional=True),
    "model": _ArgumentType("a class derived from Pydantic's BaseModel", _is_model, is_optional=True),
}
