"""The persisted form of a config: plain JSON values with keys by field name, from which the model can be rebuilt."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError, to_json

from typedflow.models._compat import own_fields

if TYPE_CHECKING:
    from typedflow.values import KeyPath

M = TypeVar("M", bound=BaseModel)


def dump(config: BaseModel) -> Any:
    """Return the persisted form of a config, after checking that the model can be rebuilt from it.

    Raises:
        TypedflowError: ``not-round-trip``, if the config that is read back differs.
    """
    # For launchers alone; tasks only restore.
    from typedflow.models._file_values import sort_sets
    from typedflow.models._plain_values import plain_values, unstorable_field
    from typedflow.values import TypedflowError

    data = sort_sets(config, plain_values(config))
    text = _encoded(data)
    if (b"Infinity" in text or b"NaN" in text) and (path := _not_finite(data, ())) is not None:
        raise TypedflowError([unstorable_field(config, path, "JSON has no infinity")])
    try:
        again = _read(type(config), text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(first["loc"])
        raise TypedflowError([unstorable_field(config, path, f"reading it back fails: {first['msg']}")]) from None
    if again != config:
        path = _difference(config, again, ())
        raise TypedflowError([unstorable_field(config, path, "what is read back differs")])
    return data


def _not_finite(data: Any, path: KeyPath) -> KeyPath | None:
    if isinstance(data, float):
        return None if math.isfinite(data) else path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = (_not_finite(item, (*path, key)) for key, item in items)
    return next((item for item in found if item is not None), None)


def restore(model: type[M], data: Any) -> M:
    """Rebuild a config from its stored form, in JSON mode, so that strict models accept what JSON can express.

    Raises:
        pydantic.ValidationError: the data does not fit the model.
    """
    try:
        return _read(model, _encoded(data))
    except ValidationError:
        from typedflow.models._system_fields import with_unknown_system

        more = with_unknown_system(model, data)
        if more is data:
            raise
        return _read(model, _encoded(more))


def _encoded(data: Any) -> bytes:
    """Return the JSON of plain values; the model rejects invalid text, such as half of a surrogate pair."""
    try:
        return to_json(data)
    except PydanticSerializationError:
        return json.dumps(data).encode()


def _read(model: type[M], text: bytes) -> M:
    return model.model_validate_json(text, by_alias=True, by_name=True)


def _difference(left: Any, right: Any, path: KeyPath) -> KeyPath:
    if isinstance(left, BaseModel) and type(left) is type(right):
        for name in own_fields(type(left)):
            if getattr(left, name) != getattr(right, name):
                return _difference(getattr(left, name), getattr(right, name), (*path, name))
    return path
