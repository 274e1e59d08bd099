"""Unions without a tag: what is wrong is said for the member that is meant, once."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field, RootModel

from typedflow.models import ConfigModel
from typedflow.values import Diagnostic

Problems = Callable[..., list[Diagnostic]]


class Legs(ConfigModel):
    """A member."""

    legs: int
    name: str = ""
    colour: str = ""


class Fins(ConfigModel):
    """Another, that shares a field."""

    fins: int
    name: int = 0


class Wide(BaseModel):
    """A member that ignores what it does not know."""

    width: int


class Cat(ConfigModel):
    """A member with a literal."""

    kind: Literal["cat"]
    lives: int = 9
    tail: int = 1


class Dog(ConfigModel):
    """Another."""

    kind: Literal["dog"]
    barks: int = 1


class Root(RootModel[dict[str, Legs | Fins]]):
    """A union in a root model."""


def _same(value: Any) -> Any:
    return value


class Config(ConfigModel):
    """Unions everywhere."""

    pet: Legs | Fins | None = None
    table: dict[str, Legs | Fins] = {}
    rows: list[Legs | Fins] = []
    root: Root = Root({})
    loose: Wide | Legs | None = None
    literal: Cat | Dog | Legs | None = None
    scalar: int | str | Legs = 1
    list_or_one: list[Legs] | Legs | None = None
    lists: list[Legs] | list[Fins] | None = None
    list_or_table: list[Legs] | dict[str, int] | None = None
    function: Annotated[Legs | Fins, AfterValidator(_same)] | None = None
    functions: Annotated[Legs, AfterValidator(_same)] | Fins | None = None
    nested: Annotated[Legs | Fins, Field()] | Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    inner: list[list[Legs] | Fins] = []


INTEGER = "input should be a valid integer, unable to parse string as an integer"

ONE: dict[str, tuple[str, str, str]] = {
    "a value of one member": ("pet: {legs: x}", "1:13", f"`pet.legs` is 'x': {INTEGER}"),
    "a value of the other": ("pet: {fins: x}", "1:13", f"`pet.fins` is 'x': {INTEGER}"),
    "a field that both have": ("pet: {legs: 1, name: 3}", "1:22", "`pet.name` is 3: input should be a valid string"),
    "a key that none has": ("pet: {legs: 1, zzz: 1}", "1:16", "`pet.zzz` is not a field of Legs"),
    "a misspelt key": ("table: {a: {legss: 1}}", "1:13", "`table.a.legss` is not a field of Legs"),
    "a misspelt key beside the other": ("pet: {legs: 1, color: x}", "1:16", "`pet.color` is not a field of Legs"),
    "a key that is missing": ("pet: {colour: x}", "1:1", "`pet.legs` is missing; Legs requires it"),
    "in a list": ("rows: [{legs: 1}, {fins: x}]", "1:26", f"`rows[1].fins` is 'x': {INTEGER}"),
    "in a root model": ("root: {a: {legs: x}}", "1:18", f"`root.a.legs` is 'x': {INTEGER}"),
    "a key named as a member": ("table: {Legs: {fins: x}}", "1:22", f"`table.Legs.fins` is 'x': {INTEGER}"),
    "a key named as a member, inside it": ("pet: {fins: 1, Fins: 2}", "1:16", "`pet.Fins` is not a field of Fins"),
    "beside a member that ignores keys": ("loose: {legs: x}", "1:15", f"`loose.legs` is 'x': {INTEGER}"),
    "a literal that fits": ("literal: {kind: dog, lives: 3}", "1:22", "`literal.lives` is not a field of Dog"),
    "a literal that fits none": (
        "literal: {kind: bird}",
        "1:17",
        "`literal.kind` is 'bird': input should be 'cat' or input should be 'dog'",
    ),
    "a literal that fits none, beside keys": (
        "literal: {kind: bird, lives: 3, tail: 2}",
        "1:17",
        "`literal.kind` is 'bird': input should be 'cat'",
    ),
    "a mapping where values may be": ("scalar: {legs: x}", "1:16", f"`scalar.legs` is 'x': {INTEGER}"),
    "a value where a mapping may be": (
        "scalar: [1]",
        "1:9",
        ("`scalar`: input should be a valid integer or input should be a valid string or input should be a mapping"),
    ),
    "a list beside a mapping": ("list_or_one: [{legs: x}]", "1:22", f"`list_or_one[0].legs` is 'x': {INTEGER}"),
    "a mapping beside a list": ("list_or_one: {legs: x}", "1:21", f"`list_or_one.legs` is 'x': {INTEGER}"),
    "one of two lists": ("lists: [{legs: x}]", "1:16", f"`lists[0].legs` is 'x': {INTEGER}"),
    "a table beside a list": ("list_or_table: {a: x}", "1:20", f"`list_or_table.a` is 'x': {INTEGER}"),
    "behind a function": ("function: {legs: x}", "1:18", f"`function.legs` is 'x': {INTEGER}"),
    "one member behind a function": ("functions: {legs: x}", "1:19", f"`functions.legs` is 'x': {INTEGER}"),
    "a union in a union": ("nested: {legs: x}", "1:16", f"`nested.legs` is 'x': {INTEGER}"),
    "a tagged union in a union": ("nested: {kind: cat, barks: 1}", "1:21", "`nested.barks` is not a field of Cat"),
    "a wrong tag of a union in a union": (
        "nested: {kind: bird}",
        "1:16",
        "`nested.kind` is 'bird': input should be 'cat' or 'dog'",
    ),
    "a list in a list": ("inner: [[{legs: x}]]", "1:17", f"`inner[0][0].legs` is 'x': {INTEGER}"),
}


@pytest.mark.parametrize(("text", "place", "message"), ONE.values(), ids=ONE)
def test_one_mistake_is_one_finding(problems: Problems, text: str, place: str, message: str) -> None:
    """The member that a value fits best is meant: by its tags, then by its keys, then by what is wrong with it."""
    (found,) = problems(Config, text)
    assert (str(found.location), found.message) == (f"low.yaml:{place}", message)


def test_each_mistake_is_a_finding(problems: Problems) -> None:
    """Two mistakes in one value are two, and each value has its own member."""
    found = problems(Config, "pet: {legs: x, zzz: 1}\ntable: {a: {fins: x}, b: {legs: y}}")
    assert [item.message.split(":")[0] for item in found] == [
        "`pet.legs` is 'x'",
        "`pet.zzz` is not a field of Legs",
        "`table.a.fins` is 'x'",
        "`table.b.legs` is 'y'",
    ]


TIES: dict[str, tuple[str, str, str]] = {
    "keys of both": (
        "pet: {legs: 1, fins: 2}",
        "1:6",
        "`pet` matches neither Legs nor Fins (Legs: `fins` is not a field; Fins: `legs` is not a field)",
    ),
    "no keys": (
        "pet: {}",
        "1:6",
        "`pet` matches neither Legs nor Fins (Legs: `legs` is missing; Fins: `fins` is missing)",
    ),
    "with reasons": (
        "pet: {legs: x, fins: y}",
        "1:6",
        (
            "`pet` matches neither Legs nor Fins"
            f" (Legs: `legs`: {INTEGER}, `fins` is not a field; Fins: `fins`: {INTEGER}, `legs` is not a field)"
        ),
    ),
    "in a dictionary": (
        "table: {a: {}}",
        "1:12",
        "`table.a` matches neither Legs nor Fins (Legs: `legs` is missing; Fins: `fins` is missing)",
    ),
    "of three": (
        "literal: {}",
        "1:10",
        (
            "`literal` matches none of Cat, Dog, Legs"
            " (Cat: `kind` is missing; Dog: `kind` is missing; Legs: `legs` is missing)"
        ),
    ),
    "with more than a line holds": (
        "pet: {a: 1, b: 1, c: 1, d: 1}",
        "1:6",
        (
            "`pet` matches neither Legs nor Fins"
            " (Legs: `legs` is missing, `a` is not a field, `b` is not a field, `c` is not a field, 1 more;"
            " Fins: `fins` is missing, `a` is not a field, `b` is not a field, `c` is not a field, 1 more)"
        ),
    ),
}


@pytest.mark.parametrize(("text", "place", "message"), TIES.values(), ids=TIES)
def test_members_that_fit_as_well_are_one_finding(problems: Problems, text: str, place: str, message: str) -> None:
    """Nobody can say which was meant, so both are named."""
    (found,) = problems(Config, text)
    assert (found.rule.name, str(found.location), found.message) == ("invalid-value", f"low.yaml:{place}", message)
    assert found.hint == "set the keys of one of them"
    assert [related.role for related in found.related][:2] == ["declared at", "declared at"]


def test_a_finding_names_where_the_meant_member_is_declared(problems: Problems) -> None:
    """A field that several members have is declared by the one that is meant."""
    (found,) = problems(Config, "pet: {fins: 1, name: x}")
    assert [related.detail for related in found.related] == ["(class Fins)"]


def test_a_secret_is_not_shown_for_any_member(problems: Problems) -> None:
    """What several members say of a value is as discreet as what one says."""

    def refused(value: str) -> str:
        raise ValueError(f"{value} is bad")

    class A(ConfigModel):
        password: Annotated[str, AfterValidator(refused)]

    class B(ConfigModel):
        token: Annotated[str, AfterValidator(refused)]

    class Both(ConfigModel):
        both: A | B

    (found,) = problems(Both, "both: {password: hunter22, token: ghp_0123456789abcdefghijABCDEFGHIJ0123456}")
    assert "matches neither A nor B" in found.message
    assert "is bad" in found.message
    assert "hunter22" not in found.message
    assert "0123456789" not in found.message


def test_a_misspelt_key_of_a_member_is_mended(problems: Problems) -> None:
    """The member that is meant says which key was."""
    (found,) = problems(Config, "pet: {legs: 1, colur: x}")
    assert found.label == "did you mean `colour`?"
    assert found.fix is not None
    assert found.fix.replacement == "colour"
