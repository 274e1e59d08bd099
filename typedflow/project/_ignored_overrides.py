"""Find variables and options that set a key which a model ignores: their authors meant another key."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, RootModel

from typedflow.layers import DIRECTIVES, Layer, Merged, Rank, provenance, through, unknown_key
from typedflow.models import (
    annotation_of,
    declared_at,
    fields_of,
    find_ignored_key,
    ignored_keys,
    keeps_others,
    keys_of,
    tag_values,
)
from typedflow.parsing import location
from typedflow.values import (
    Diagnostic,
    KeyPath,
    Location,
    Related,
    TypedflowError,
    did_you_mean,
    format_path,
    has_path,
    leaves_of,
    listed,
)

_MOST = 8


def unread_in(layer: Layer, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Return an error for each key of a layer that a model, which allows extra keys, would silently drop."""
    paths = (_up_to_directive(path) for path, _ in leaves_of(layer.tree))
    for path, owner in dict.fromkeys(found for path in paths if (found := find_ignored_key(model, path))):
        yield _unknown(layer, path, owner)


def _up_to_directive(path: KeyPath) -> KeyPath:
    """Return the key path of a value that a directive stands for; what is in it is not known yet."""
    return path[: next((index for index, key in enumerate(path) if key in DIRECTIVES), len(path))]


def reject_ignored(merged: Merged, config: BaseModel) -> None:
    """Raise if a config lacks a key that a variable or an option sets.

    Raises:
        TypedflowError: ``unknown-key``: the model, or the chosen variant of a union, has no such field.
    """
    above = [layer for layer in merged.stack if layer.rank >= Rank.VARIABLE]
    found = [*_ignored(merged, config, above), *_switched(merged, config, above)] if above else []
    if found:
        raise TypedflowError(found)


def _ignored(merged: Merged, config: BaseModel, above: list[Layer]) -> Iterator[Diagnostic]:
    """Return an error for each key of the tree that its class ignores and that a variable or an option sets."""
    for path, owner in ignored_keys(config, merged.tree):
        if keeps_others(owner):
            continue
        step = next((index for index, key in enumerate(path) if isinstance(key, int)), len(path))
        setters = [layer for layer in above if layer.sets(path[:step])]
        if setters and step < len(path):  # an item of a list that several layers may have filled
            origins = (leaf.origin for below, leaf in provenance(merged).leaves.items() if below[: len(path)] == path)
            source = next(origins).source
            setters = [layer for layer in setters if layer.source == source]
        yield from (_unknown(layer, path, owner) for layer in setters)


def _switched(merged: Merged, config: BaseModel, above: list[Layer]) -> Iterator[Diagnostic]:
    """Return an error for each key that is lost because another variable, or another option, chooses a variant."""
    for layer in above:
        for path, _ in leaves_of(layer.tree):
            found = None if has_path(merged.tree, path) else _lacking(config, path)
            if found is None:
                continue
            around, owner = found
            tags = [(*around, key) for key in _tag_keys(owner)]
            others = [(other, tag) for other in above if other.rank == layer.rank for tag in tags if other.sets(tag)]
            if others and not any(layer.sets(tag) for tag in tags):
                yield _unknown(layer, path[: len(around) + 1], owner, *others[-1])


def _lacking(value: Any, path: KeyPath) -> tuple[KeyPath, type] | None:
    """Return the first class on a path that does not have the path's next field, with the path of that class."""
    for index, key in enumerate(path):
        while isinstance(value, RootModel):
            value = value.root
        if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
            owner = type(value)
            fields = (fields_of(owner) or {}).items()
            name = next((name for name, field in fields if key in keys_of(owner, name, field)), None)
            if name is None:
                return path[:index], owner
            value = getattr(value, name, None)
        else:
            items = value.items() if isinstance(value, Mapping) else ()
            value = next((item for other, item in items if str(getattr(other, "value", other)) == key), None)
    return None


def _tag_keys(owner: type) -> list[str]:
    fields = (fields_of(owner) or {}).items()
    return [key for name, field in fields if tag_values(annotation_of(field)) for key in keys_of(owner, name, field)]


def _unknown(layer: Layer, path: KeyPath, owner: type, chosen_by: Layer | None = None, tag: KeyPath = ()) -> Diagnostic:
    known = [key for name, field in (fields_of(owner) or {}).items() for key in keys_of(owner, name, field)]
    label, place = did_you_mean(str(path[-1]), known), declared_at(owner)
    set_at = layer.origin(path)
    is_included = set_at.source != layer.source
    related = [Related("declared at", place, f"(class {owner.__name__})")] if place else []
    why = "which ignores it"
    if chosen_by is not None:
        why = f"which `{format_path(tag)}` chooses"
        origin = chosen_by.origin(tag)
        related.insert(0, Related("chosen by", location(origin.source, origin.path)))
    return unknown_key(
        f"`{format_path(path)}` is not a field of {owner.__name__}, {why}",
        location(set_at.source, set_at.path, key=True) if is_included else Location(layer.source.name),
        label=label,
        hint="" if label else f"{owner.__name__} has {listed(known, most=_MOST)}",
        related=(*related, *through(set_at)),
        path=path,
    )
