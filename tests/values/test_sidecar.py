"""The format of sidecars: written in version 2, and read back in that and in version 1."""

from typing import Any

import pytest

from typedflow.values import LeafOrigin, Location, Origins, RemovedLeaf, Span, read_sidecar, sidecar_data

_FACTS: dict[str, Any] = {
    "digest": "0cf62f52dfd0",
    "kind": "flow",
    "unit": "training",
    "binding": "EXP_01",
    "environment": None,
    "identity": None,
    "model": "settings:Settings",
    "schema": "4aa5e306f193",
    "typedflow": "0.1.0",
}
_HIGH, _LOW = Location("high.yaml", Span(2, 7, 2, 7)), Location("low.yaml", Span(1, 4, 1, 4))
_DECLARED = Location("model.py", Span(5, 1, 5, 1), is_default=True)
_ORIGINS = Origins(
    {
        "model.alpha": LeafOrigin(_HIGH, (_LOW, _DECLARED)),
        "model.kind": LeafOrigin(Location("model.py", Span(4, 1, 4, 1)), is_default=True),
        "name": LeafOrigin(Location("--set name=a")),
    },
    (RemovedLeaf(("model", "l1"), _LOW, _HIGH, "deleted"),),
    **_FACTS,
)
_DATA: dict[str, Any] = {
    "version": 2,
    **_FACTS,
    "leaves": {
        "model.alpha": {
            "origin": {"source": "high.yaml", "line": 2, "column": 7},
            "shadows": [
                {"source": "low.yaml", "line": 1, "column": 4},
                {"source": "model.py", "default": True, "line": 5, "column": 1},
            ],
            "default": False,
        },
        "model.kind": {"origin": {"source": "model.py", "line": 4, "column": 1}, "shadows": [], "default": True},
        "name": {"origin": {"source": "--set name=a"}, "shadows": [], "default": False},
    },
    "removed": [
        {
            "path": "model.l1",
            "origin": {"source": "low.yaml", "line": 1, "column": 4},
            "by": {"source": "high.yaml", "line": 2, "column": 7},
            "reason": "deleted",
        }
    ],
}


def test_a_sidecar_is_written_in_version_2() -> None:
    """The keys and their order are those of version 2."""
    assert list(sidecar_data(_ORIGINS).items()) == list(_DATA.items())


def test_what_is_written_is_read_back() -> None:
    """Reading is the inverse of writing."""
    assert read_sidecar(_DATA) == _ORIGINS
    assert list(_ORIGINS.by_path()) == [("model", "alpha"), ("model", "kind"), ("name",)]


def test_version_1_is_read() -> None:
    """It has the flow's name, and no kind."""
    old = {name: value for name, value in _DATA.items() if name not in {"kind", "unit"}}
    assert read_sidecar({**old, "version": 1, "flow": "training"}) == _ORIGINS


def test_an_empty_whole_is_a_leaf() -> None:
    """Where the whole tree is empty, its path is empty, too: as a leaf, and where it was removed."""
    removed = [{**_DATA["removed"][0], "path": ""}]
    found = read_sidecar({**_DATA, "leaves": {"": _DATA["leaves"]["name"]}, "removed": removed})
    assert found is not None
    assert list(found.by_path()) == [()]
    assert found.removed[0].path == ()


@pytest.mark.parametrize(
    "record", [None, {}, [], {**_DATA, "version": 3}, {**_DATA, "leaves": {"a": 1}}, {"version": 1}]
)
def test_other_formats_are_not_read(record: object) -> None:
    """What typedflow has not written in this version is None."""
    assert read_sidecar(record) is None
