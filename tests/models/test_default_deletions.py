"""What files delete of defaults, and what is set there again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel
from typedflow.values import format_path


class Opt(ConfigModel):
    """A class in a dictionary."""

    lr: float = 0.1
    name: str = "adam"


class Model(ConfigModel):
    """A class with defaults of its own."""

    opts: dict[str, Opt] = {"x": Opt(lr=2.0, name="q"), "y": Opt(name="r")}
    opt: Opt = Opt(lr=3.0, name="own")
    ap: Annotated[list[int], Merge.append] = [1]
    n: int = 0


class Settings(ConfigModel):
    """Defaults above and below."""

    opts: dict[str, Opt] = {"x": Opt(lr=2.0, name="q"), "y": Opt(name="r")}
    m: Model = Model(n=5)
    k: Model = Model(opt=Opt(lr=7.0, name="above"), ap=[8])


DELETE = "$merge: {delete: [opts.x]}"
SET = "opts: {x: {lr: 1}}"
REST = {"y": {"lr": 0.1, "name": "r"}}
AGAIN = {"x": {"lr": 1.0, "name": "adam"}, **REST}


@pytest.mark.parametrize(
    ("texts", "path", "expected"),
    [
        pytest.param([f"{DELETE}\n{SET}"], ["opts"], AGAIN, id="one file"),
        pytest.param([DELETE, SET], ["opts"], AGAIN, id="two files"),
        pytest.param([SET, DELETE, SET], ["opts"], AGAIN, id="set before"),
        pytest.param([SET, DELETE], ["opts"], REST, id="not set again"),
        pytest.param([DELETE, "opts: {x: {}}"], ["opts", "x"], {"lr": 0.1, "name": "adam"}, id="set to nothing"),
        pytest.param(["$merge: {delete: [opts.x.name]}", SET], ["opts"], AGAIN, id="a field, and another one set"),
        pytest.param(
            ["$merge: {delete: [k.opt]}", "k: {opt: {lr: 1}}"], ["k", "opt"], {"lr": 1.0, "name": "own"}, id="a field"
        ),
        pytest.param(["$merge: {delete: [k.ap]}", "k: {ap: [2]}"], ["k", "ap"], [1, 2], id="a list"),
    ],
)
def test_what_is_deleted_does_not_come_back(
    read: Callable[..., Any], texts: list[str], path: list[str], expected: Any
) -> None:
    """A deleted key that is set again has what its class says, nothing of the default that is gone."""
    found = read(Settings, *texts).model_dump()
    for key in path:
        found = found[key]
    assert found == expected


def test_what_is_deleted_and_set_again_has_its_places(merged: Callable[..., Merged]) -> None:
    """The default's value is removed by the directive; the file's own shadows nothing."""
    found = provenance(merged(Settings, f"{DELETE}\nopts: {{x: {{lr: 1}}}}"))
    leaf = found.leaves["opts", "x", "lr"]
    (gone,) = found.removed
    assert (leaf.origin.source.name, leaf.shadows) == ("low.yaml", ())
    assert (format_path(gone.path), gone.origin.source.name, format_path(gone.by.path)) == (
        "opts.x.name",
        "Settings.opts",
        '"$merge".delete[0]',
    )
