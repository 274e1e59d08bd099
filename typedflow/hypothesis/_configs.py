"""``configs``: valid instances of a model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from typedflow.hypothesis._accepted_values import Accepted
from typedflow.hypothesis._law import NoConfig
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._trees import TreeOptions, trees
from typedflow.layers import Layer, merge
from typedflow.models import plan_of
from typedflow.values import KeyPath, KeyPathError, Source, parse_path

M = TypeVar("M", bound=BaseModel)


def configs(model: type[M], /, **overrides: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """Return a strategy for valid instances of a model, ``ConfigModel`` or any Pydantic model, as read from files.

    Values meet all constraints in types and are filtered by the model's validators. Overrides are strategies for
    fields, by name or by key path (``configs(Train, **{"model.alpha": st.floats(0, 1)})``); their values may be Python
    objects or values as in files.

    Raises:
        InvalidArgument: a required field has a type without known values; an override matches no field.
        FailedHealthCheck: when an example is drawn, if a validator rejects nearly everything.
    """
    options = TreeOptions(overrides=paths_of(model, overrides))
    return valid_trees(model, options).map(lambda tree: read_config(model, tree))


def valid_trees(model: type[BaseModel], options: TreeOptions) -> Values:
    """Return a strategy for plain values that a model accepts, with keys as files write them."""
    return trees(model, options).filter(Accepted(partial(_read_as_file, model), model.__name__))


def lay_on_defaults(model: type[BaseModel], tree: Any) -> Any:
    """Return plain values merged onto the model's defaults, as when a file is read.

    Raises:
        TypedflowError: a default cannot be merged.
    """
    plan = plan_of(model)
    return merge([Layer(Source("", ""), tree)], plan).tree if plan.defaulted else tree


def _read_as_file(model: type[BaseModel], tree: Any) -> None:
    read_config(model, tree)
    on_defaults = lay_on_defaults(model, tree)
    if on_defaults is not tree:
        read_config(model, on_defaults)


def read_config(model: type[M], tree: Any) -> M:
    """Return the config that plain values give.

    Raises:
        pydantic.ValidationError: they do not fit the model.
    """
    return model.model_validate_json(to_json(tree))


def config_of(model: type[M], tree: Any) -> M:
    """Return the config that an example gives.

    Raises:
        NoConfig: the model rejects it.
    """
    try:
        return read_config(model, tree)
    except ValidationError as error:
        raise NoConfig(f"{model.__name__} rejects it: {error}") from None


def paths_of(model: Any, overrides: Mapping[str, Any]) -> dict[KeyPath, Values]:
    """Return overrides by key path.

    Raises:
        InvalidArgument: a name is not a key path, a value is not a strategy, or the model is not a Pydantic model.
    """
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise InvalidArgument(f"model={model!r} must be a Pydantic model")
    found: dict[KeyPath, Values] = {}
    for name, values in overrides.items():
        if not isinstance(values, st.SearchStrategy):
            raise InvalidArgument(f"{name}={values!r} must be a strategy; for a single value, use st.just({values!r})")
        try:
            found[parse_path(name)] = values
        except KeyPathError as error:
            raise InvalidArgument(str(error)) from None
    return found
