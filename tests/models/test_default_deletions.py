"""What files delete of defaults, and what is set there again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel
from typedflow.values import Diagnostic, format_path


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


class Left(Model):
    """A variant."""

    kind: Literal["left"] = "left"


class Right(ConfigModel):
    """Another."""

    kind: Literal["right"] = "right"


class Settings(ConfigModel):
    """Defaults above and below."""

    bare: Model = Model()
    held: dict[str, Model] = {"a": Model(n=5)}
    maybe: Opt | None = Opt(lr=4.0, name="q")
    none: dict[str, Model | None] = {"a": None}
    u: Annotated[Left | Right, Field(discriminator="kind")] = Left(opts={"x": Opt(lr=2.0)})

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$merge: {delete: [m.opts.x]}", REST),
        ("$merge: {delete: [m.opts.x, m.opts.y]}", {}),
        ("$merge: {delete: [m.opts.x]}\nm: {n: 7}", REST),
        ("$merge: {delete: [m.opts.x.lr]}", {"x": {"lr": 0.1, "name": "q"}, **REST}),
        ("$merge: {delete: [m.opts.x, m.opt.name]}", REST),
    ],
)
def test_a_default_below_another_loses_a_key(read: Callable[..., Any], text: str, expected: Any) -> None:
    """The default above leaves the field to its class; what the class supplies is deleted."""
    found = read(Settings, text).m
    assert found.model_dump()["opts"] == expected
    assert found.n in {5, 7}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$merge: {delete: [bare.opts.x]}", id="a field that lacks nothing"),
        pytest.param("$merge: {delete: [held.a.opts.x]}", id="in a default's dictionary"),
        pytest.param("$merge: {delete: [none.a.opts.x]}", id="below null"),
        pytest.param("$merge: {delete: [u.opt.name]}", id="a variant that no file chooses"),
        pytest.param("$merge: {replace: [opts.x]}\nopts: {x: {lr: 1}}|$merge: {delete: [opts.x.name]}", id="replaced"),
    ],
)
def test_what_cannot_be_deleted_is_said(problems: Callable[..., list[Diagnostic]], text: str) -> None:
    """A directive that would do nothing is refused at its place."""
    (problem,) = problems(Settings, *text.split("|"))
    name = "high" if "|" in text else "low"
    assert (problem.rule.name, str(problem.location)) == ("delete-nothing", f"{name}.yaml:1:19")


@pytest.mark.parametrize(
    ("delete", "above"),
    [
        ("maybe.name", "maybe: null"),
        ("maybe.name", "$merge: {replace: [maybe]}\nmaybe: {lr: 1}"),
        ("opts.x.name", "$merge: {replace: [opts.x]}\nopts: {x: {lr: 1}}"),
        ("u.opts.x", "u: {kind: right}"),
    ],
)
def test_a_higher_file_may_drop_the_whole_default(read: Callable[..., Any], delete: str, above: str) -> None:
    """What a lower one deletes of it was there then."""
    assert read(Settings, f"$merge: {{delete: [{delete}]}}", above) == read(Settings, above)
