"""A model with some of another model's fields, for what needs only a part of the settings."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, create_model

from typedflow.models._compat import decorators_of, has_own_init, own_fields
from typedflow.models._model import ConfigModel
from typedflow.models._types import keys_of


def partial_model(model: type[BaseModel], keys: Collection[str]) -> type[BaseModel]:
    """Return a model with those of a model's fields that are read from some keys, or have them as names.

    The model itself, if code of its own may look at all of its fields.
    """
    fields = own_fields(model)
    wanted = {name for name, field in fields.items() if {name, *keys_of(model, name, field)} & set(keys)}
    return model if wanted == fields.keys() or _has_own_code(model) else _part(model, frozenset(wanted))


def _has_own_code(model: type[BaseModel]) -> bool:
    kinds = ("field_validators", "model_validators", "root_validators")
    own = any(decorators_of(model, kind) for kind in kinds) or has_own_init(model)
    return own or model.model_post_init is not BaseModel.model_post_init or _takes_data(model)


def _takes_data(model: type[BaseModel]) -> bool:
    """Return whether the default of a field is made from the fields before it."""
    return any(getattr(field, "default_factory_takes_validated_data", False) for field in own_fields(model).values())


@lru_cache(maxsize=256)
def _part(model: type[BaseModel], names: frozenset[str]) -> type[BaseModel]:
    base = ConfigModel if issubclass(model, ConfigModel) else BaseModel
    configured = type(model.__name__, (base,), {"model_config": model.model_config, "__module__": model.__module__})
    fields: Any = {name: (field.annotation, copy(field)) for name, field in own_fields(model).items() if name in names}
    found: type[BaseModel] = create_model(model.__name__, __base__=configured, __module__=model.__module__, **fields)
    found.__qualname__ = model.__qualname__  # so that declarations are found
    return found
