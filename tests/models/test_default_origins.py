"""Where the values of defaults come from, and which models have none that could lie under anything."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import Field

import tests.models.defaulted
from tests.models.defaulted import Everything, Left, Right, Schedule
from typedflow.layers import Merged, provenance
from typedflow.models import ConfigModel, plan_of
from typedflow.parsing import location
from typedflow.values import Origin, SourceKind, format_path

MODELS = tests.models.defaulted.__file__


def _shown(origin: Origin) -> str:
    place = location(origin.source, origin.path)
    is_default = origin.source.kind is SourceKind.DEFAULT
    return f"default {origin.source.name}" if is_default else f"{place.name}:{place.span.line if place.span else 0}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["opt: {lr: .25}", "opt: {lr: 1}"],
            {"opt.name": "default Everything.opt", "opt.lr": "high.yaml:1 < low.yaml:1 < default Everything.opt"},
        ),
        (
            ["opt: {schedule: {decay: 1}}"],
            {
                "opt.name": "default Everything.opt",
                "opt.lr": "default Everything.opt",
                "opt.schedule.warmup": "default Opt.schedule",
                "opt.schedule.decay": "low.yaml:1 < default Opt.schedule",
            },
        ),
        (
            ["unique: [b, c]"],
            {
                "unique[0]": "default Everything.unique",
                "unique[1]": "default Everything.unique",
                "unique[2]": "low.yaml:1",
            },
        ),
        (
            ["stages:\n- {name: k}\n- {name: j, size: 3}"],
            {
                "stages[0].name": "default Everything.stages",
                "stages[0].size": "default Everything.stages",
                "stages[1].name": "low.yaml:3 < default Everything.stages",
                "stages[1].size": "low.yaml:3 < default Everything.stages",
                "stages[2].name": "low.yaml:2",
            },
        ),
        (["$merge: {delete: [env.u, env.v]}"], {"env": "default Everything.env"}),
        (
            ["optimizer: {betas: [1, 2], lr: 2}", "optimizer: {kind: sgd}"],
            {"optimizer.kind": "high.yaml:1 < default Everything.optimizer", "optimizer.lr": "low.yaml:1"},
        ),
    ],
)
def test_a_default_has_an_origin(merged: Callable[..., Merged], texts: list[str], expected: dict[str, str]) -> None:
    """Every leaf of a default says where the field is declared, and who shadows it."""
    found = provenance(merged(Everything, *texts))
    leaves = {path: " < ".join(map(_shown, (leaf.origin, *leaf.shadows))) for path, leaf in found.leaves.items()}
    assert {format_path(path): text for path, text in leaves.items()} == expected


def test_the_origin_of_a_default_is_its_declaration(merged: Callable[..., Merged]) -> None:
    """File and line of the field."""
    found = provenance(merged(Everything, "opt: {lr: .25}"))
    place = location(found.leaves["opt", "name"].origin.source, ())
    lines = Path(MODELS).read_text(encoding="utf-8").splitlines()
    assert place.name == MODELS
    assert place.span is not None
    assert lines[place.span.line - 1] == '    opt: Opt = Opt(name="sgd", lr=0.5)'


def test_what_is_deleted_of_a_default_is_known(merged: Callable[..., Merged]) -> None:
    """A deletion leaves a trace."""
    (gone,) = provenance(merged(Everything, "$merge: {delete: [env.u]}")).removed
    assert (gone.path, gone.origin.source.name, gone.reason) == (("env", "u"), "Everything.env", "deleted")


class Plain(ConfigModel):
    """Defaults that have nothing to give."""

    size: int = 1
    opt: Schedule = Field(default_factory=lambda: Schedule(warmup=1))
    left: Left = Left()
    right: Right = Field(default_factory=Right)
    names: list[str] = []
    ids: uuid.UUID = Field(default_factory=uuid.uuid4)
    table: dict[str, int] = Field(default_factory=dict)
    text: str | None = "x"


def test_models_without_such_defaults_have_none() -> None:
    """Their plans say so, and merging goes its old way."""
    assert set(plan_of(Plain).defaults) == {"opt"}
    assert not plan_of(Schedule).defaulted


class Quick(ConfigModel):
    """A default list that nothing merges with."""

    names: list[str] = ["a"]
    made: list[str] = Field(default_factory=lambda: ["a"])


def test_a_default_list_without_a_rule_costs_nothing() -> None:
    """It matters only where a file's directive asks for it."""
    assert (plan_of(Quick).defaulted, plan_of(Quick).seeded) == (True, False)
