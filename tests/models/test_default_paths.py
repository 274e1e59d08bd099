"""Defaults of fields that files may set inside of other keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import AliasChoices, AliasPath, Field

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
