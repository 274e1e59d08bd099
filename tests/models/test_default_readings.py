"""Items of lists that a default and files write in different ways, and that are one value to their type."""

from __future__ import annotations

import datetime
import enum
import pathlib
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, StringConstraints

from typedflow import ConfigModel
from typedflow.layers import Merge
from typedflow.values import Diagnostic


class Level(enum.Enum):
    """Numbers with names."""

    low = 1


class Part(ConfigModel):
    """A class with a default of its own."""

    a: int
    b: int = 2


class Priced(ConfigModel):
    """An item with a decimal for its key."""

    price: Decimal
    note: str = ""
    more: int = 0


class Lower(BaseModel):
    """A class whose configuration says how text is read."""

    model_config = ConfigDict(str_to_lower=True)

    names: Annotated[list[str], Merge.union] = ["a"]


class Lists(ConfigModel):
    """A default of each type."""

    decimals: Annotated[list[Decimal], Merge.union] = [Decimal("1.5")]
    ruled_by_file: list[Decimal] = [Decimal("1.5")]
    decimal_set: Annotated[frozenset[Decimal], Merge.union] = frozenset({Decimal("1.5")})
    ints: Annotated[list[int], Merge.union] = [1]
    mixed: Annotated[list[int | str], Merge.union] = [1]
    levels: Annotated[list[Level], Merge.union] = [Level.low]
    days: Annotated[list[datetime.date], Merge.union] = [datetime.date(2024, 1, 1)]
    times: Annotated[list[datetime.timedelta], Merge.union] = [datetime.timedelta(minutes=1)]
    paths: Annotated[list[pathlib.PurePosixPath], Merge.union] = [pathlib.PurePosixPath("a/b")]
    ids: Annotated[list[uuid.UUID], Merge.union] = [uuid.UUID(int=0xA)]
    words: Annotated[list[Annotated[str, StringConstraints(to_lower=True)]], Merge.union] = ["a"]
    parts: Annotated[list[Part], Merge.union] = [Part(a=1)]
    priced: Annotated[list[Priced], Merge.by_key("price")] = [Priced(price=Decimal("1.5"), note="default")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["decimals: [1.5, 1.50, '1.500', 2]"], [Decimal("1.5"), Decimal(2)]),
        (["decimals: [2]", "decimals: ['2', 3]"], [Decimal("1.5"), Decimal(2), Decimal(3)]),
        (["$merge: {union: [ruled_by_file]}\nruled_by_file: [1.5, 2]"], [Decimal("1.5"), Decimal(2)]),
        (["decimal_set: [1.5, 2]"], frozenset({Decimal("1.5"), Decimal(2)})),
        (["ints: ['1', 1.0, 2]"], [1, 2]),
        (["mixed: ['1', 1]"], [1, "1"]),
        (["levels: [1.0]"], [Level.low]),
        (["days: ['2024-01-01', '2024-01-01T00:00:00']"], [datetime.date(2024, 1, 1)]),
        (["times: [PT60S, 60]"], [datetime.timedelta(minutes=1)]),
        (["paths: [a//b, ./a/b, a/c]"], [pathlib.PurePosixPath("a/b"), pathlib.PurePosixPath("a/c")]),
        (["ids: [0000000000000000000000000000000A]"], [uuid.UUID(int=0xA)]),
        (["words: [A, b]"], ["a", "b"]),
        (["parts: [{a: 1, b: 2}, {a: 1, b: 3}]"], [Part(a=1), Part(a=1, b=3)]),
        (
            ["priced: [{price: 1.50, more: 1}]", "priced: [{price: '1.5', more: 2}]"],
            [Priced(price=Decimal("1.5"), note="default", more=2)],
        ),
    ],
)
def test_items_are_the_same_as_their_type_reads_them(
    read: Callable[..., Any], texts: list[str], expected: object
) -> None:
    """No item is there twice because a file writes it in another way."""
    field = texts[0].rpartition("\n")[2].partition(":")[0]
    assert getattr(read(Lists, *texts), field) == expected


def test_the_configuration_of_the_class_counts(read: Callable[..., Any]) -> None:
    """It decides what text is read as."""
    assert read(Lower, "names: [A, B]").names == ["a", "b"]


def test_two_items_of_a_file_do_not_share_a_key(problems: Callable[..., list[Diagnostic]]) -> None:
    """However they write it."""
    (problem,) = problems(Lists, "priced: [{price: 2}, {price: 2.0}]")
    assert (problem.rule.name, problem.path) == ("missing-merge-key", ("priced", 1))


def test_a_value_that_the_type_refuses_is_refused(problems: Callable[..., list[Diagnostic]]) -> None:
    """It is no item that is there already."""
    (problem,) = problems(Lists, "decimals: [many]", "decimals: [2]")
    assert (problem.path, str(problem.location)) == (("decimals", 1), "low.yaml:1:12")
