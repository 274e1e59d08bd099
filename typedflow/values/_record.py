"""The record of where each value of a stored config is from, read back: tasks have it, and need nothing else for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typedflow.values._origins import LeafOrigin, Location, Span
from typedflow.values._paths import KeyPath, parse_path

RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A leaf of a lower layer that a higher one took away."""

    path: KeyPath
    origin: Location
    by: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the values of a stored config are from, by key path, what was taken away on the way, and what stored it.

    ``digest`` is that of the compiled config, ``schema`` that of the model's JSON Schema, ``typedflow`` the version
    that stored it.
    """

    leaves: Mapping[str, LeafOrigin]
    removed: tuple[Taken, ...]
    flow: str
    binding: str
    environment: str | None
    model: str
    schema: str
    digest: str
    typedflow: str


def read_sidecar(record: Any) -> Origins | None:
    """Give what a record says; None where it is none as we write it."""
    try:
        if record["version"] != RECORD_VERSION:
            return None
        leaves = {
            path: LeafOrigin(_location(leaf["origin"]), tuple(map(_location, leaf["shadows"])), bool(leaf["default"]))
            for path, leaf in record["leaves"].items()
        }
        removed = tuple(
            Taken(parse_path(item["path"]), _location(item["origin"]), _location(item["by"]), item["reason"])
            for item in record["removed"]
        )
        return Origins(leaves, removed, **{name: record[name] for name in _NAMES})
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


_NAMES = ("flow", "binding", "environment", "model", "schema", "digest", "typedflow")


def _location(place: Mapping[str, Any]) -> Location:
    line, column = place.get("line"), place.get("column")
    span = Span(line, column, line, column) if line is not None and column is not None else None
    return Location(str(place["source"]), span, is_default=bool(place.get("default")))
