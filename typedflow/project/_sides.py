"""What a comparison of settings has on each side: every leaf with its origin, as files write its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from typedflow.models import restore, written
from typedflow.parsing import parse
from typedflow.project._files import is_there, read_source
from typedflow.project._origins import settings_of
from typedflow.project._resolve import Resolved
from typedflow.values import KeyPath, Location, Span, canonical, format_path, leaves_of


@dataclass(frozen=True, slots=True)
class Side:
    """One side's name, and its leaves: each with its value and, as far as it is known, where that is from."""

    name: str
    leaves: dict[KeyPath, tuple[Any, Location | None]]


def side_of_variant(name: str, resolved: Resolved[Any], root: Path) -> Side:
    """Give the side of a variant; its files are named from the root."""
    settings, _ = settings_of(resolved, root)
    return Side(name, {item.path: (item.value, item.origin) for item in settings})


def side_of_config(name: str, config: BaseModel) -> Side:
    """Give the side of a config whose origins are not known, as that of a run."""
    return Side(name, {path: (value, None) for path, value in leaves_of(written(config, {}))})


def side_of_file(name: str, file: Path, model: type[BaseModel], root: Path) -> Side:
    """Give the side of a compiled config, with the origins of its sidecar where that is still there.

    Keys are those of files where the model still takes what was compiled, else as it was stored.

    Raises:
        TypedflowError: the file cannot be read, or holds no mapping.
    """
    stored = parse(read_source(file, root))
    sidecar = file.with_suffix(".provenance.json")
    origins = _origins(parse(read_source(sidecar, root))) if is_there(sidecar) else {}
    try:
        tree = written(restore(model, stored), {})
    except ValidationError:
        tree = stored
    return Side(name, {path: (value, origins.get(format_path(path))) for path, value in leaves_of(tree)})


def _origins(sidecar: Mapping[str, Any]) -> dict[str, Location]:
    """Give the origin of each leaf by its key path as text; none where this is not a sidecar as we write it."""
    try:
        return {path: _place(leaf["origin"]) for path, leaf in sidecar["leaves"].items()}
    except (AttributeError, KeyError, TypeError):
        return {}


def changed(one: Side, other: Side) -> list[KeyPath]:
    """Give the key paths at which two sides differ: in the order of the first, then what only the second has."""
    return [
        path
        for path in dict.fromkeys((*one.leaves, *other.leaves))
        if path not in one.leaves
        or path not in other.leaves
        or canonical(one.leaves[path][0]) != canonical(other.leaves[path][0])
    ]


def _place(origin: Mapping[str, Any]) -> Location:
    line, column = origin.get("line"), origin.get("column")
    span = Span(line, column, line, column) if line is not None and column is not None else None
    return Location(str(origin["source"]), span)
