"""Defaults of fields that stand inside of other keys, or at other keys in other variants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import AliasChoices, AliasPath, ConfigDict, Field

from tests.models.defaulted import Schedule
from typedflow.models import ConfigModel, dump
from typedflow.values import Diagnostic

Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Nested(ConfigModel):
    """A field that may stand inside of another key, and one that is looked for there first."""

    rate: float = Field(default=0.0, validation_alias=AliasChoices("rate", AliasPath("opts", "rate")))
    inner: Schedule = Field(
        default=Schedule(warmup=7), validation_alias=AliasChoices(AliasPath("opts", "inner"), "inner")
    )
    size: int = 1


class Paths(ConfigModel):
    """A default of such a class, and a field that must stand inside of another key."""

    nested: Nested = Nested(rate=0.5, size=2)
    other: Nested = Nested(inner=Schedule(warmup=9, decay=0.25))
    table: dict[str, int] = Field(default={"a": 1}, validation_alias=AliasPath("tables", "first"))


INNER = {"warmup": 7, "decay": 0.5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nested: {size: 3}", {"rate": 0.5, "inner": INNER, "size": 3}),
        ("nested: {rate: 1}", {"rate": 1.0, "inner": INNER, "size": 2}),
        ("nested: {opts: {rate: 1}}", {"rate": 1.0, "inner": INNER, "size": 2}),
        ("nested: {inner: {decay: 1}}", {"rate": 0.5, "inner": {"warmup": 7, "decay": 1.0}, "size": 2}),
        ("nested: {opts: {inner: {decay: 1}}}", {"rate": 0.5, "inner": {"warmup": 7, "decay": 1.0}, "size": 2}),
    ],
)
def test_fields_inside_of_other_keys(read: Read, text: str, expected: dict[str, Any]) -> None:
    """A default is not read in place of what a file sets inside of another key, and lies under a part there."""
    assert dump(read(Paths, text))["nested"] == expected


def test_the_outer_default_counts(read: Read) -> None:
    """What lies under such a part is the default around it, not that of its class."""
    found = dump(read(Paths, "other: {opts: {inner: {decay: 1}}, size: 3}"))["other"]
    assert found == {"rate": 0.0, "inner": {"warmup": 9, "decay": 1.0}, "size": 3}


def test_a_field_that_is_only_read_there(read: Read) -> None:
    """Its default lies under it, too."""
    assert read(Paths, "tables: {first: {b: 2}}").table == {"a": 1, "b": 2}


class OnlyThere(ConfigModel):
    """A class that cannot be written as it is read."""

    rate: float = Field(default=0.0, validation_alias=AliasPath("rates", 0))
    size: int = 1


class Unwritten(ConfigModel):
    """A default of such a class."""

    odd: OnlyThere = OnlyThere.model_validate({"rates": [0.5], "size": 2})


def test_what_cannot_be_written_is_refused(read: Read, problems: Problems) -> None:
    """A list of which an item is a field is no part of a default."""
    (problem,) = problems(Unwritten, "odd: {size: 3}")
    assert (problem.rule.code, str(problem.location)) == ("TF206", "low.yaml:1:1")
    assert read(Unwritten, "odd: {rates: [1], size: 3}").odd.model_dump() == {"rate": 1.0, "size": 3}


class Cat(ConfigModel):
    """A variant whose field has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["cat"]
    opt: Schedule = Field(default=Schedule(warmup=1, decay=0.25), alias="theOpt")
    own: Schedule = Schedule(warmup=3, decay=0.75)


class Dog(ConfigModel):
    """Another, where it has none."""

    kind: Literal["dog"]
    opt: Schedule = Schedule(warmup=2, decay=0.125)


class Pets(ConfigModel):
    """A union."""

    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["$merge: {replace: [pet.theOpt]}\npet: {kind: cat, theOpt: {warmup: 5}}", "pet: {kind: dog}"],
            {"kind": "dog", "opt": {"warmup": 5, "decay": 0.5}},
            id="what stands alone, and gets another key",
        ),
        pytest.param(
            ["pet: {kind: cat, theOpt: {warmup: 5}}", "pet: {kind: dog}"],
            {"kind": "dog", "opt": {"warmup": 5, "decay": 0.125}},
            id="a part that gets another key",
        ),
        pytest.param(
            [
                "$merge: {replace: [pet.own]}\npet: {kind: cat, own: {warmup: 5}}",
                "pet: {kind: dog}",
                "pet: {kind: cat, own: {decay: 1}}",
            ],
            {"kind": "cat", "opt": {"warmup": 1, "decay": 0.25}, "own": {"warmup": 3, "decay": 1.0}},
            id="what stood alone, and is gone",
        ),
    ],
)
def test_a_variant_that_reads_a_field_by_another_key(read: Read, texts: list[str], expected: dict[str, Any]) -> None:
    """What layers did to a field is known of it by each of its keys."""
    assert dump(read(Pets, *texts))["pet"] == expected
