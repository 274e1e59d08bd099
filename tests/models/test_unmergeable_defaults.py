"""Defaults that cannot lie under what files set: a part of such a field is an error in its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import pytest
from pydantic import Field, PlainSerializer

from tests.models.defaulted import Opt, Schedule, Stage
from typedflow.layers import Merge, Merged
from typedflow.models import ConfigModel
from typedflow.values import Diagnostic

Problems = Callable[..., list[Diagnostic]]


class More(Opt):
    """A subclass with one field more."""

    extra: int = 1


class Hidden(ConfigModel):
    """A class that does not write all of its fields."""

    a: int = 1
    secret: int = Field(default=2, exclude=True)


class OneWay(ConfigModel):
    """A field that is not read as it is written."""

    a: Annotated[float, PlainSerializer(lambda value: f"{value:.1f} percent")] = 0.5
    b: int = 1


class Failing(ConfigModel):
    """A field that cannot be written."""

    a: Annotated[object, PlainSerializer(lambda _: 1 / 0)] = None
    b: int = 1


def _fails() -> dict[str, int]:
    raise RuntimeError("no data")


class Unmergeable(ConfigModel):
    """Defaults that supply nothing."""

    size: int = 1
    more: Opt = More(name="x")
    hidden: Hidden = Hidden(secret=3)
    one_way: OneWay = OneWay(a=0.25)
    failing: Failing = Failing(a=1)
    nan: dict[str, float] = {"a": float("nan")}
    bad: dict[str, int] = {"a": "auto"}  # type: ignore[dict-item] # it is not validated
    data: dict[str, int] = Field(default_factory=lambda data: {"size": data["size"]})
    opt: Schedule = Field(default_factory=lambda data: Schedule(warmup=data["size"]))
    fails: dict[str, int] = Field(default_factory=_fails)
    twice: Annotated[list[Stage], Merge.by_key("name")] = [Stage(name="a"), Stage(name="a")]
    items_: Annotated[list[object], Merge.append] = Field(default=[1, object()])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("size: 2\nmore: {lr: .25}", "its serialized form cannot be read back"),
        ("size: 2\nhidden: {a: 3}", "its serialized form cannot be read back"),
        ("size: 2\none_way: {b: 3}", "its serialized form cannot be read back"),
        ("size: 2\nfailing: {b: 3}", "writing it fails: PydanticSerializationError"),
        ("size: 2\nnan: {b: 3}", "its serialized form cannot be read back"),
        ("size: 2\nbad: {b: 3}", "its serialized form cannot be read back"),
        ("size: 2\ndata: {b: 3}", "its factory requires the data of other fields"),
        ("size: 2\nopt: {decay: 3}", "its factory requires the data of other fields"),
        ("size: 2\nfails: {b: 3}", "its factory raises RuntimeError: no data"),
        ("size: 2\ntwice: [{name: b}]", "its items do not each have a unique `name`"),
        ("size: 2\nitems_: [2]", "writing it fails: PydanticSerializationError"),
    ],
)
def test_a_default_that_cannot_be_merged(problems: Problems, text: str, reason: str) -> None:
    """To set a part of such a field is an error in that line, with the declaration and what to do."""
    field = text.splitlines()[1].partition(":")[0]
    (problem,) = problems(Unmergeable, text)
    assert (problem.rule.code, str(problem.location), problem.path) == ("TF206", "low.yaml:2:1", (field,))
    assert reason in problem.message
    assert f"$merge: {{replace: [{field}]}}" in problem.hint
    (declared,) = problem.related
    assert declared.location.name == __file__
    assert declared.location.span is not None


@pytest.mark.parametrize(
    "text",
    [
        "more: {name: a, lr: 1, extra: 2, schedule: {warmup: 1, decay: 1}, tags: []}",
        "$merge: {replace: [more]}\nmore: {name: a}",
        "opt: {warmup: 1, decay: 2}",
        "bad: {a: 1, b: 2}",
        "$merge: {replace: [data, fails]}\ndata: {b: 3}\nfails: {b: 1}",
    ],
)
def test_a_whole_value_needs_no_default(merged: Callable[..., Merged], text: str) -> None:
    """Who sets all, or asks for it, is not told of a default that does not matter."""
    assert merged(Unmergeable, "size: 1", text).tree["size"] == 1
