"""Where a mapping comes from that deletions have emptied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import pytest
from pydantic import ConfigDict, Field

from typedflow.layers import Merged, provenance
from typedflow.models import ConfigModel
from typedflow.parsing import location
from typedflow.values import format_path

SET = "u: {kind: a, fa: {q: 1}}"
DELETE = "$merge: {delete: [u.f.q]}"


class A(ConfigModel):
    """A variant."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["a"] = "a"
    f: dict[str, int] = Field(default={}, alias="fa")


class B(ConfigModel):
    """Another, with other keys for the same field."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["b"] = "b"
    f: dict[str, int] = Field(default={}, alias="fb")


class Settings(ConfigModel):
    """A field of the union."""

    u: Annotated[A | B, Field(discriminator="kind")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([SET, "u: {kind: b}", DELETE], {"u.kind": "high.yaml:1:11", "u.fb": "low.yaml:1:18"}, id="switch"),
        pytest.param([SET, DELETE, "u: {kind: b}"], {"u.kind": "top.yaml:1:11", "u.fb": "low.yaml:1:18"}, id="after"),
        pytest.param(["u: {kind: a, f: {q: 1}}", DELETE], {"u.kind": "low.yaml:1:11", "u.fa": "low.yaml:1:17"}, id="1"),
        pytest.param([SET, "u: {fa: {q: 2}}", DELETE], {"u.kind": "low.yaml:1:11", "u.fa": "high.yaml:1:9"}, id="two"),
    ],
)
def test_an_emptied_mapping_has_an_origin(
    merged: Callable[..., Merged], texts: list[str], expected: dict[str, str]
) -> None:
    """It is where the mapping was written, also where its variant reads it by another key."""
    leaves = provenance(merged(Settings, *texts)).leaves
    places = {path: location(leaf.origin.source, leaf.origin.path) for path, leaf in leaves.items()}
    assert {format_path(path): str(place) for path, place in places.items()} == expected
