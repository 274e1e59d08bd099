"""The two sides of a comparison of settings: every leaf with its origin, under the keys that files use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from typedflow.models import file_values, masked_paths, restore, without_system
from typedflow.parsing import parse
from typedflow.project._secret_settings import masked_settings
from typedflow.project._sidecar import record_beside
from typedflow.project._stored_provenance import stored_provenance
from typedflow.project._variant import Resolved
from typedflow.values import KeyPath, LeafOrigin, Location, Origins, canonical, leaves_of, read_sidecar
from typedflow.workspace import read_source


@dataclass(frozen=True, slots=True)
class Side:
    """One side's name, and its leaves: the value of each and, if it is known, the value's location.

    ``masked`` are the key paths of those that must not be shown.
    """

    name: str
    leaves: dict[KeyPath, tuple[Any, Location | None]]
    masked: frozenset[KeyPath]


def side_of_variant(name: str, resolved: Resolved[Any], root: Path, public: Sequence[str] = ()) -> Side:
    """Return the side of a variant; its files are relative to the root."""
    tree = without_system(type(resolved.config), file_values(resolved.config, {}))
    leaves = stored_provenance(resolved, root).leaves
    masks = [*masked_paths(type(resolved.config), tree, public), *masked_settings(resolved, public)]
    return _side(name, tree, leaves, masks)


def side_of_config(name: str, config: BaseModel, origins: Origins | None, public: Sequence[str] = ()) -> Side:
    """Return the side of a stored config, with the origins that were stored with it."""
    tree = without_system(type(config), file_values(config, {}))
    return _side(name, tree, origins.by_path() if origins else {}, masked_paths(type(config), tree, public))


def side_of_file(
    name: str,
    file: Path,
    model: type[BaseModel],
    root: Path,
    *,
    may_be_pipe: bool = False,
    public: Sequence[str] = (),
) -> Side:
    """Return the side of a compiled config, with the origins of its sidecar if that still exists.

    ``may_be_pipe``: the user has named the file.

    Raises:
        TypedflowError: the file cannot be read, or does not contain a mapping.
    """
    stored = parse(read_source(file, root, may_be_pipe=may_be_pipe))
    return side_of_stored(name, stored, model, read_sidecar(record_beside(file)), public)


def side_of_stored(
    name: str, stored: Any, model: type[BaseModel], origins: Origins | None = None, public: Sequence[str] = ()
) -> Side:
    """Return the side of a config in its stored form.

    Keys are those that files use if the model still accepts the config, else those that were stored.
    """
    try:
        tree = file_values(restore(model, stored), {})
    except ValidationError:
        tree = stored
    tree = without_system(model, tree)
    return _side(name, tree, origins.by_path() if origins else {}, masked_paths(model, tree, public))


def _side(name: str, tree: Any, known: Mapping[KeyPath, LeafOrigin[Location]], masked: Sequence[KeyPath]) -> Side:
    found = ((path, value, known.get(path)) for path, value in leaves_of(tree))
    return Side(name, {path: (value, leaf.origin if leaf else None) for path, value, leaf in found}, frozenset(masked))


def changed_paths(one: Side, other: Side) -> list[KeyPath]:
    """Return the key paths where two sides differ: in the order of the first, then those that only the second has."""
    return [
        path
        for path in dict.fromkeys((*one.leaves, *other.leaves))
        if path not in one.leaves
        or path not in other.leaves
        or canonical(one.leaves[path][0]) != canonical(other.leaves[path][0])
    ]
