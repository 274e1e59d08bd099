"""The format of sidecars: where each value of a stored config is from, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typedflow.values._origins import Location, Span
from typedflow.values._paths import KeyPath, format_path, parse_path
from typedflow.values._provenance import LeafOrigin, RemovedLeaf

_VERSION = 2
_FACTS = ("digest", "kind", "unit", "binding", "environment", "identity", "model", "schema", "typedflow")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the values of a stored config are from, by key path, what was taken away on the way, and what stored it.

    ``digest`` is that of the compiled config, ``schema`` that of the model's JSON Schema, ``typedflow`` the version
    that stored it; ``kind`` is that of the unit, and ``identity`` labels the variant, if it is known.
    """

    leaves: Mapping[str, LeafOrigin[Location]]
    removed: tuple[RemovedLeaf[Location], ...]
    unit: str
    binding: str
    environment: str | None
    model: str
    schema: str
    digest: str
    typedflow: str
    kind: str = "flow"
    identity: str | None = None

    def by_path(self) -> dict[KeyPath, LeafOrigin[Location]]:
        """Return the leaves by key path; the whole tree is a leaf where it is empty."""
        return {_path(text): leaf for text, leaf in self.leaves.items()}


def sidecar_data(origins: Origins) -> dict[str, Any]:
    """Return the content of a sidecar as plain JSON values."""
    return {
        "version": _VERSION,
        **{name: getattr(origins, name) for name in _FACTS},
        "leaves": {path: leaf_data(leaf) for path, leaf in origins.leaves.items()},
        "removed": [removed_data(item) for item in origins.removed],
    }


def leaf_data(leaf: LeafOrigin[Location]) -> dict[str, Any]:
    """Return where a leaf is from as plain JSON values."""
    return {
        "origin": location_data(leaf.origin),
        "shadows": [location_data(place) for place in leaf.shadows],
        "default": leaf.is_default,
        **({"through": [location_data(place) for place in leaf.through]} if leaf.through else {}),
    }


def removed_data(item: RemovedLeaf[Location]) -> dict[str, Any]:
    """Return a leaf that was taken away as plain JSON values."""
    return {
        "path": format_path(item.path),
        "origin": location_data(item.origin),
        "by": location_data(item.by),
        "reason": item.reason,
    }


def location_data(location: Location) -> dict[str, Any]:
    """Return a location as plain JSON values, without line and column where no line is known.

    Among what is shadowed, ``default`` tells the declaration of a default.
    """
    span = location.span
    data: dict[str, Any] = {"source": location.name, **({"default": True} if location.is_default else {})}
    return data if span is None else {**data, "line": span.line, "column": span.column}


def read_sidecar(record: Any) -> Origins | None:
    """Return what the content of a sidecar says, or None where it is not in our format.

    Version 1 has flows alone.
    """
    try:
        if record["version"] == 1:
            record = {**record, "kind": "flow", "unit": record["flow"]}
        elif record["version"] != _VERSION:
            return None
        leaves = {path: _leaf(leaf) for path, leaf in record["leaves"].items()}
        removed = tuple(
            RemovedLeaf(_path(item["path"]), _location(item["origin"]), _location(item["by"]), item["reason"])
            for item in record["removed"]
        )
        facts = {"identity": None, **record}  # earlier versions did not store it
        return Origins(leaves, removed, **{name: facts[name] for name in _FACTS})
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _leaf(leaf: Mapping[str, Any]) -> LeafOrigin[Location]:
    shadows, through = (tuple(map(_location, leaf.get(name, ()))) for name in ("shadows", "through"))
    return LeafOrigin(_location(leaf["origin"]), shadows, bool(leaf["default"]), through)


def _path(text: str) -> KeyPath:
    return parse_path(text) if text else ()


def _location(place: Mapping[str, Any]) -> Location:
    line, column = place.get("line"), place.get("column")
    span = Span(line, column, line, column) if line is not None and column is not None else None
    return Location(str(place["source"]), span, is_default=bool(place.get("default")))
