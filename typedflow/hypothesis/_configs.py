"""``configs``: valid instances of a model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from typedflow.hypothesis._accepted import Accepted
from typedflow.hypothesis._law import NoConfig
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._walk import Wish, trees
from typedflow.layers import Layer, merge
from typedflow.models import plan_of
from typedflow.values import KeyPath, KeyPathError, Source, parse_path

M = TypeVar("M", bound=BaseModel)


def configs(model: type[M], /, **overrides: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """Return valid instances of a model, ``ConfigModel`` or plain, as they are read from files.

    All constraints in types are met; a validator of the model's own filters. Overrides are strategies for fields, by
    name or by key path (``configs(Train, **{"model.alpha": st.floats(0, 1)})``); they give what Python or files have.

    Raises:
        InvalidArgument: a required field of a type that no value is known for; an override of no field.
        FailedHealthCheck: when drawn from, where a validator refuses nearly everything.
    """
    return valid_trees(model, Wish(overrides=paths_of(model, overrides))).map(lambda tree: read(model, tree))


def valid_trees(model: type[BaseModel], wish: Wish) -> Values:
    """Return plain values, keys as files write them, that a model accepts."""
    return trees(model, wish).filter(Accepted(partial(_read_as_file, model), model.__name__))


def laid(model: type[BaseModel], tree: Any) -> Any:
    """Return plain values as a file's are read: with the model's defaults under them.

    Raises:
        TypedflowError: a default cannot lie under them.
    """
    plan = plan_of(model)
    return merge([Layer(Source("", ""), tree)], plan).tree if plan.defaulted else tree


def _read_as_file(model: type[BaseModel], tree: Any) -> None:
    read(model, tree)
    on_defaults = laid(model, tree)
    if on_defaults is not tree:
        read(model, on_defaults)


def read(model: type[M], tree: Any) -> M:
    """Return the config that plain values are read to.

    Raises:
        pydantic.ValidationError: they do not fit the model.
    """
    return model.model_validate_json(to_json(tree))


def config_of(model: type[M], tree: Any) -> M:
    """Return the config that an example holds.

    Raises:
        NoConfig: plain Pydantic refuses it.
    """
    try:
        return read(model, tree)
    except ValidationError as error:
        raise NoConfig(f"{model.__name__} refuses it: {error}") from None


def paths_of(model: Any, overrides: Mapping[str, Any]) -> dict[KeyPath, Values]:
    """Return overrides by key path.

    Raises:
        InvalidArgument: a name that is no key path; a value that is no strategy; a model that is none.
    """
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise InvalidArgument(f"model={model!r} must be a Pydantic model")
    found: dict[KeyPath, Values] = {}
    for name, values in overrides.items():
        if not isinstance(values, st.SearchStrategy):
            raise InvalidArgument(f"{name}={values!r} must be a strategy; for one value only, st.just({values!r})")
        try:
            found[parse_path(name)] = values
        except KeyPathError as error:
            raise InvalidArgument(str(error)) from None
    return found
