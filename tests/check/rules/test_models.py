"""Rules about models: mutable ones, permissive ones, fields that are named like a mapping's methods."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypedDict

from typedflow import ConfigModel
from typedflow.check.rules import of_model
from typedflow.values import Severity

STRICT = ConfigDict(frozen=True, extra="forbid")


class Good(ConfigModel):
    """Frozen, and no key too many."""

    a: int = 1


class Plain(BaseModel):
    """As Pydantic makes it."""

    a: int = 1


class Frozen(BaseModel):
    """Frozen, and ignores keys."""

    model_config = ConfigDict(frozen=True)


class Forbidding(BaseModel):
    """Forbids keys, and changes."""

    model_config = ConfigDict(extra="forbid")


class Allowing(BaseModel):
    """Keeps keys."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Strict(BaseModel):
    """Needs no ConfigModel to be in order."""

    model_config = STRICT


class Loosened(ConfigModel):
    """A ConfigModel that gives up what it is for."""

    model_config = ConfigDict(frozen=False, extra="ignore")


@dataclasses.dataclass
class Record:
    """As Python makes it."""

    a: int = 1


@dataclasses.dataclass(frozen=True)
class FrozenRecord:
    """A dataclass in order."""

    __pydantic_config__ = STRICT
    a: int = 1


@pydantic_dataclass(config=STRICT)
class StrictRecord:
    """As Pydantic freezes it."""

    a: int = 1


class Names(RootModel[list[str]]):
    """A list with a name."""


class FrozenNames(RootModel[list[str]]):
    """A list in order."""

    model_config = ConfigDict(frozen=True)


class Options(TypedDict):
    """A dictionary, and nothing else."""

    a: int


class Tagged(BaseModel):
    """A member of a union."""

    model_config = STRICT
    kind: Literal["tagged"]
    inner: Plain = Plain()


class OtherTagged(ConfigModel):
    """Another member."""

    kind: Literal["other"]


class Recursive(ConfigModel):
    """Holds its own kind."""

    child: Recursive | None = None
    plain: Plain | None = None


class ModelOf:
    """Models that hold others, each in another way."""

    class List(ConfigModel):
        """In a list."""

        items_: list[Plain]

    class Dict(ConfigModel):
        """In a dict of tuples."""

        by_name: dict[str, tuple[Plain, ...]]

    class Union(ConfigModel):
        """In a member of a union by tag."""

        one: Annotated[Tagged | OtherTagged, Field(discriminator="kind")]

    class Twice(ConfigModel):
        """More than once."""

        one: Plain = Plain()
        two: Plain | None = None


#: For each model, the classes in it that are mutable, and those that are permissive.
CASES: dict[type[BaseModel], tuple[list[str], list[str]]] = {
    Good: ([], []),
    Strict: ([], []),
    Plain: (["Plain"], ["Plain"]),
    Frozen: ([], ["Frozen"]),
    Forbidding: (["Forbidding"], []),
    Allowing: ([], ["Allowing"]),
    Loosened: (["Loosened"], ["Loosened"]),
    Names: (["Names"], []),
    FrozenNames: ([], []),
    Recursive: (["Plain"], ["Plain"]),
    ModelOf.List: (["Plain"], ["Plain"]),
    ModelOf.Dict: (["Plain"], ["Plain"]),
    ModelOf.Union: (["Plain"], ["Plain"]),
    ModelOf.Twice: (["Plain"], ["Plain"]),
}


@pytest.mark.parametrize(("model", "expected"), CASES.items(), ids=[model.__name__ for model in CASES])
def test_each_class_is_judged_once(model: type[BaseModel], expected: tuple[list[str], list[str]]) -> None:
    """A class is found wherever it stands in a model, once for each rule that it breaks."""
    found = list(of_model(model))
    names = [(item.rule.code, item.message.partition(" ")[0]) for item in found]
    mutable, permissive = expected
    assert names == [*(("TF308", name) for name in mutable), *(("TF309", name) for name in permissive)]
    assert {item.severity for item in found} <= {Severity.WARNING}


@pytest.mark.parametrize(
    ("kind", "codes"), [(Record, ["TF308", "TF309"]), (FrozenRecord, []), (StrictRecord, []), (Options, [])]
)
def test_what_is_no_model(kind: type, codes: list[str]) -> None:
    """Dataclasses are judged as models are; a TypedDict has no way to be frozen."""
    model = type("Holder", (ConfigModel,), {"__annotations__": {"held": kind}, "__module__": __name__})
    assert [item.rule.code for item in of_model(model)] == codes


def test_a_finding_stands_at_the_class() -> None:
    """The place is the line of the class, and the hint says what to write there."""
    mutable, permissive = of_model(Plain)
    with open(__file__, encoding="utf-8") as file:  # noqa: PTH123 # this file
        line = file.read().splitlines().index("class Plain(BaseModel):") + 1
    for found in (mutable, permissive):
        assert found.location is not None
        assert (found.location.name, found.location.span and found.location.span.line) == (__file__, line)
        assert found.hint.startswith("inherit from `ConfigModel`, or set `model_config = ConfigDict(")


def test_what_becomes_of_other_keys_is_said() -> None:
    """Keys are ignored, or kept."""
    messages = [item.message for model in (Frozen, Allowing) for item in of_model(model)]
    assert [message.split()[1] for message in messages] == ["ignores", "keeps"]


class Reserved(BaseModel):
    """Hides methods."""

    model_config = STRICT
    items: list[str] = []
    keys: int = 0
    kept: str = Field("", alias="values")
    getter: str = ""


def test_a_field_that_is_named_like_a_method_is_found() -> None:
    """A plain model may have a field `items`; an alias of that name is no field."""
    found = list(of_model(Reserved))
    assert [(item.rule.code, item.message.split("`")[1]) for item in found] == [
        ("TF306", "Reserved.items"),
        ("TF306", "Reserved.keys"),
    ]
    assert 'Field(alias="items")' in found[0].hint
    places = [item.location.span.line for item in found if item.location and item.location.span]
    assert places[1] == places[0] + 1
