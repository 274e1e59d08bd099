"""The form in which a config is stored: plain JSON values, keys by field name, from which the model can be rebuilt."""

import json
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
    data = config.model_dump(mode="json", round_trip=True)
    try:
        again = restore(type(config), data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(first["loc"])
        raise TypedflowError([_not_round_trip(config, path, f"reading it back fails: {first['msg']}")]) from None
    if again != config:
        path = _difference(config, again, ())
        raise TypedflowError([_not_round_trip(config, path, "what is read back differs")])
    return data


def restore(model: type[M], data: Any) -> M:
    """Rebuild a config from its stored form. JSON mode, so that strict models take what JSON can write.

    Raises:
        pydantic.ValidationError: the data does not fit the model.
    """
    return model.model_validate_json(json.dumps(data), by_alias=True, by_name=True)


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
