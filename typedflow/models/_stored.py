"""The form in which a config is stored: plain JSON values, keys by field name, from which the model can be rebuilt."""

import json
import math
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from typedflow.models._declared import declared_at, field_location
from typedflow.values import RULES, Diagnostic, KeyPath, Related, TypedflowError, format_path

M = TypeVar("M", bound=BaseModel)


def dump(config: BaseModel) -> Any:
    """Give the plain JSON values of a config, and make sure that the model can be rebuilt from them.

    Raises:
        TypedflowError: ``not-round-trip``, when what is read back differs from the config.
    """
    from typedflow.models._written import stable  # for launchers alone; tasks only restore

    data = stable(config, plain(config))
    try:
        text = json.dumps(data, allow_nan=False)
    except ValueError:
        raise TypedflowError([_not_round_trip(config, _not_finite(data, ()) or (), "JSON has no infinity")]) from None
    try:
        again = _read(type(config), text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(first["loc"])
        raise TypedflowError([_not_round_trip(config, path, f"reading it back fails: {first['msg']}")]) from None
    if again != config:
        path = _difference(config, again, ())
        raise TypedflowError([_not_round_trip(config, path, "what is read back differs")])
    return data


def plain(config: BaseModel) -> Any:
    """Give the plain JSON values of a config, keys by field name, as pydantic writes them.

    Raises:
        TypedflowError: ``not-round-trip``, when writing it fails.
    """
    try:
        return config.model_dump(mode="json", round_trip=True, by_alias=False)
    except Exception as error:  # noqa: BLE001 # serializers are the user's; pydantic has errors of three types itself
        raise TypedflowError([_not_round_trip(config, _first_failing(config), f"writing it fails: {error}")]) from None


def _first_failing(config: BaseModel) -> KeyPath:
    for name in type(config).__pydantic_fields__:
        try:
            config.model_dump(mode="json", include={name})
        except Exception:  # noqa: BLE001 # as in plain
            inner = getattr(config, name)
            return (name, *_first_failing(inner)) if isinstance(inner, BaseModel) else (name,)
    return ()


def _not_finite(data: Any, path: KeyPath) -> KeyPath | None:
    if isinstance(data, float):
        return None if math.isfinite(data) else path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = (_not_finite(item, (*path, key)) for key, item in items)
    return next((item for item in found if item is not None), None)


def restore(model: type[M], data: Any) -> M:
    """Rebuild a config from its stored form. JSON mode, so that strict models take what JSON can write.

    Raises:
        pydantic.ValidationError: the data does not fit the model.
    """
    return _read(model, json.dumps(data))


def _read(model: type[M], text: str) -> M:
    return model.model_validate_json(text, by_alias=True, by_name=True)


def _difference(left: Any, right: Any, path: KeyPath) -> KeyPath:
    if isinstance(left, BaseModel) and type(left) is type(right):
        for name in type(left).__pydantic_fields__:
            if getattr(left, name) != getattr(right, name):
                return _difference(getattr(left, name), getattr(right, name), (*path, name))
    return path


def _not_round_trip(config: BaseModel, path: KeyPath, what: str) -> Diagnostic:
    owner: Any = config
    for key in path[:-1]:
        owner = getattr(owner, key, None) if isinstance(key, str) else None
    kind = type(owner) if isinstance(owner, BaseModel) else type(config)
    place = field_location(kind, str(path[-1])) if path else None
    place = place or declared_at(kind)
    return Diagnostic(
        RULES["not-round-trip"],
        f"`{format_path(path)}` of {type(config).__name__} does not survive being stored as JSON: {what}",
        place,
        hint="a config travels as JSON: make its validators and serializers inverse to each other",
        related=() if place is None else (Related("declared at", place, f"(class {kind.__name__})"),),
        path=path,
    )
