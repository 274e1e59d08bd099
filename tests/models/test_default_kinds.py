"""Defaults of unions without a tag, of generic models, of factories, and in configs that are lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import pytest
from pydantic import Field, RootModel

from tests.models.defaulted import Left, Opt, Right, Stage
from typedflow.layers import Layer, Merge, merge
from typedflow.models import ConfigModel, dump, plan_of, validate
from typedflow.values import Diagnostic, Source

Read = Callable[..., Any]
Problems = Callable[..., list[Diagnostic]]
T = TypeVar("T")
OWN = {"schedule": {"warmup": 1, "decay": 0.25}, "tags": ["own"]}


class Narrow(ConfigModel):
    """A member of a union that any small number fits."""

    number: Annotated[int, Field(lt=5)] = 1


class Wide(ConfigModel):
    """Another, which takes all."""

    number: int = 1
    other: int = 2


class Wider(ConfigModel):
    """A union inside of a default."""

    either: Left | Right
    size: int = 1


class Opted(ConfigModel):
    """A member of a union with a default of its own."""

    opt: Opt = Opt(name="own")


class Holder(ConfigModel):
    """Unions without a tag, in different places."""

    union: Narrow | Wide = Wide(number=7)
    inner: Wider = Field(default_factory=lambda: Wider(either=Right(right=5)))
    needed: Opted | Left | None = None


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        pytest.param("union", "union: {number: 3}", {"number": 3, "other": 2}, id="the default's class stays"),
        pytest.param("inner", "inner: {either: {both: 2}}", {"either": {"both": 2, "right": 5}, "size": 1}, id="in"),
        pytest.param("inner", "inner: {either: {left: 2}}", {"either": {"both": 1, "left": 2}, "size": 1}, id="no"),
        pytest.param(
            "needed", "needed: {opt: {lr: 1}}", {"opt": {"name": "own", "lr": 1.0, **OWN}}, id="the member by its keys"
        ),
    ],
)
def test_a_union_without_a_tag(read: Read, field: str, text: str, expected: Any) -> None:
    """A default is merged as long as files use the keys of its class."""
    assert dump(read(Holder, text))[field] == expected


class Generics(ConfigModel, Generic[T]):
    """A generic model."""

    content: T
    opt: Opt = Opt(name="generic")


class Others(ConfigModel):
    """Defaults made in other ways."""

    generic: Generics[int] = Generics[int](content=1, opt=Opt(name="x"))
    made: Annotated[list[str], Merge.append] = Field(default_factory=lambda: ["a"])
    nothing: dict[str, int] | None = None
    anything: Any = Field(default_factory=lambda: {"a": 1})


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("generic", "generic: {opt: {lr: 1}}", {"content": 1, "opt": {"name": "x", "lr": 1.0, **OWN}}),
        ("made", "made: [b]", ["a", "b"]),
        ("nothing", "nothing: {a: 1}", {"a": 1}),
        ("anything", "anything: {b: 1}", {"a": 1, "b": 1}),
        ("anything", "anything: 5", 5),
    ],
)
def test_defaults_made_in_other_ways(read: Read, field: str, text: str, expected: Any) -> None:
    """Generic models, factories of lists, None."""
    assert dump(read(Others, text))[field] == expected


class Item(ConfigModel):
    """An item with a default that null takes the place of."""

    name: str
    opt: Opt | None = Opt(name="own")


class Listed(ConfigModel):
    """Items of files follow those of the default."""

    parts: Annotated[list[Item], Merge.by_key("name")] = [Item(name="a"), Item(name="b")]


def test_an_item_whose_default_was_replaced(read: Read, problems: Problems) -> None:
    """What layers did to an item is known of it wherever it stands in the end."""
    assert read(Listed, "parts: [{name: c, opt: {lr: 1}}]").parts[2].opt == Opt(name="own", lr=1)
    (problem,) = problems(Listed, "parts: [{name: c, opt: null}]", "parts: [{name: c, opt: {lr: 1}}]")
    assert (problem.rule.name, problem.path) == ("missing-key", ("parts", 2, "opt", "name"))


class Stages(RootModel[list[Stage]]):
    """A config that is a list."""


def test_a_config_that_is_a_list() -> None:
    """Fields of its items have their defaults under them."""
    merged = merge([Layer(Source("", ""), [{"name": "a", "opt": {"lr": 1}}])], plan_of(Stages))
    assert validate(merged, Stages).root[0].opt == Opt(name="stage", lr=1)
