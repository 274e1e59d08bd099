"""The plain JSON values of a config as Pydantic writes them, and the finding if it cannot be stored."""

from typing import Any

from pydantic import BaseModel

from typedflow.models._compat import own_fields
from typedflow.models._declarations import declared
from typedflow.models._shared_findings import not_round_trip
from typedflow.values import Diagnostic, KeyPath, TypedflowError, format_path


def plain_values(config: BaseModel) -> Any:
    """Return the plain JSON values of a config, keys by field name.

    Raises:
        TypedflowError: ``not-round-trip``, if serialization fails.
    """
    try:
        return config.model_dump(mode="json", round_trip=True, by_alias=False)
    except (Exception, SystemExit) as error:  # noqa: BLE001 # serializers are the user's; pydantic has errors of three types itself
        raise TypedflowError([unstorable_field(config, _first_failing(config), f"writing it fails: {error}")]) from None


def _first_failing(config: BaseModel) -> KeyPath:
    for name in own_fields(type(config)):
        try:
            config.model_dump(mode="json", include={name})
        except (Exception, SystemExit):  # noqa: BLE001 # as in plain_values
            inner = getattr(config, name)
            return (name, *_first_failing(inner)) if isinstance(inner, BaseModel) else (name,)
    return ()


def unstorable_field(config: BaseModel, path: KeyPath, what: str) -> Diagnostic:
    """Return the finding that a field's value would be lost in storage; ``what`` says why."""
    owner: Any = config
    for key in path[:-1]:
        owner = getattr(owner, key, None) if isinstance(key, str) else None
    kind = type(owner) if isinstance(owner, BaseModel) else type(config)
    related = declared(kind, str(path[-1]) if path else "")
    return not_round_trip(
        f"`{format_path(path)}` of {type(config).__name__} cannot be stored as JSON: {what}",
        related[0].location if related else None,
        hint="configs are stored as JSON: make validators and serializers inverse to each other",
        related=related,
        path=path,
    )
