"""Git facts as a layer, for a model with a field of the class SystemSettings; no other layer may set that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from typedflow.layers import Layer
from typedflow.models import system_field, system_fields, without_system
from typedflow.parsing import location
from typedflow.values import Diagnostic, Location, Source, SourceKind, format_path, leaves_of
from typedflow.workspace import GitFacts

_GIT = Source("git", "", kind=SourceKind.CODE)


def with_system(
    stack: Sequence[Layer], model: type[BaseModel], facts: GitFacts
) -> tuple[list[Layer], list[Diagnostic]]:
    """Return layers with one more, of git facts, and a finding for each place where another layer sets these fields."""
    fields = system_fields(model).values()
    problems = [item for layer in stack for keys in fields for item in _set_by(layer, keys)]
    own = [replace(layer, tree=without_system(model, layer.tree)) for layer in stack] if problems else stack
    return [*own, Layer(_GIT, {keys[0]: facts._asdict() for keys in fields})], problems


def _set_by(layer: Layer, keys: Iterable[str]) -> Iterator[Diagnostic]:
    tree = layer.tree if isinstance(layer.tree, dict) else {}
    for key in keys:
        for path, _ in leaves_of(tree[key], (key,)) if tree.get(key, {}) != {} else ():
            origin = layer.origin(path)
            place = location(origin.source, origin.path, key=True) if origin.path else Location(origin.source.name)
            message = f"`{format_path(path)}` cannot be set: typedflow fills it in from git"
            yield system_field(message, place, hint="remove it", path=path)
