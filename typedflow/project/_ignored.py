"""Variables and options that set what a model ignores: their authors meant another key."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.layers import Layer
from typedflow.models import declared_at, fields_of, keys_of, unread_key
from typedflow.values import RULES, Diagnostic, Location, Related, did_you_mean, format_path, leaves_of, listed

_MOST = 8


def ignored_keys(layer: Layer, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Return an error for each key of a layer that a model that forbids no keys would drop in silence."""
    for path, owner in dict.fromkeys(found for path, _ in leaves_of(layer.tree) if (found := unread_key(model, path))):
        known = [key for name, field in (fields_of(owner) or {}).items() for key in keys_of(owner, name, field)]
        label, place = did_you_mean(str(path[-1]), known), declared_at(owner)
        yield Diagnostic(
            RULES["unknown-key"],
            f"`{format_path(path)}` is not a field of {owner.__name__}, which ignores it",
            Location(layer.source.name),
            label=label,
            hint="" if label else f"{owner.__name__} has {listed(known, most=_MOST)}",
            related=(Related("declared at", place, f"(class {owner.__name__})"),) if place else (),
            path=path,
        )
