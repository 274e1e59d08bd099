"""Defaults of unions without a tag: which files set a part of them, and which choose another member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from typedflow import ConfigModel
from typedflow.values import Diagnostic


class A(ConfigModel):
    """A member with a literal and a required field."""

    kind: Literal["a"] = "a"
    x: int


class B(ConfigModel):
    """A member with another literal."""

    kind: Literal["b"] = "b"
    y: int = 0


class C(ConfigModel):
    """A member with the keys of A."""

    kind: Literal["c", "cc"] = "c"
    x: int = 1
    sub: A | B = A(x=5)


class InA(ConfigModel):
    """A literal in a model in a member."""

    sub: A


class InB(ConfigModel):
    """Another."""

    sub: B


class Left(ConfigModel):
    """A member without a literal."""

    value: int
    other: int = 0


class Right(ConfigModel):
    """Another."""

    target: str


class Free(BaseModel, extra="allow"):
    """A member that takes any key."""

    free: int = 0


class Config(ConfigModel):
    """A default of each kind."""

    u: A | B = A(x=3)
    c: A | C = A(x=3)
    cc: A | C = C(x=3, sub=A(x=4))
    inner: InA | InB = InA(sub=A(x=3))
    table: dict[str, A | B] = {"k": A(x=3)}
    plain: Left | Right = Left(value=3)
    plains: dict[str, Left | Right] = {"k": Left(value=3)}
    free: Left | Free = Left(value=3)
    tagged: dict[str, Annotated[A | B, Field(discriminator="kind")]] = {"k": A(x=3)}
    rows: list[Annotated[A | B, Field(discriminator="kind")]] = []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["u: {kind: b}"], B()),
        (["u: {kind: b, y: 2}"], B(y=2)),
        (["u: {kind: a}"], A(x=3)),
        (["u: {kind: b}", "u: {kind: a}"], A(x=3)),
        (["c: {kind: c}"], C()),
        (["c: {kind: cc, x: 7}"], C(kind="cc", x=7)),
        (["c: {x: 7}"], A(x=7)),
        (["cc: {kind: cc}"], C(kind="cc", x=3, sub=A(x=4))),
        (["c: {kind: c, sub: {kind: a}}"], C(sub=A(x=5))),
        (["inner: {sub: {kind: b}}"], InB(sub=B())),
        (["table: {k: {kind: b}}"], {"k": B()}),
        (["free: {othr: 1}"], Free.model_validate({"othr": 1})),
    ],
)
def test_a_literal_that_contradicts_the_default_rules_it_out(
    read: Callable[..., Any], texts: list[str], expected: object
) -> None:
    """The member that the literal names is read from the files alone."""
    assert getattr(read(Config, *texts), texts[0].partition(":")[0]) == expected


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ("u: {kind: z}", "1:11", ""),
        ("u: {kind: b, yy: 1}", "1:14", "did you mean `y`?"),
        ("plain: {othr: 1}", "1:9", "did you mean `other`?"),
        ("plain: {targt: x}", "1:9", "did you mean `target`?"),
        ("plains: {k: {othr: 1}}", "1:14", "did you mean `other`?"),
        ("tagged: {k: {kin: a}}", "1:14", "did you mean `kind`?"),
        ("tagged: {n: {kin: a, x: 1}}", "1:14", "did you mean `kind`?"),
        ("rows: [{knd: b}]", "1:9", "did you mean `kind`?"),
        ("inner: {sub: {kind: a, xx: 1}}", "1:24", "did you mean `x`?"),
    ],
)
def test_one_mistake_is_one_finding(
    problems: Callable[..., list[Diagnostic]], text: str, place: str, label: str
) -> None:
    """At the mistake, also where the default would have to be dropped or kept for it."""
    (found,) = problems(Config, text)
    assert (str(found.location), found.label) == (f"low.yaml:{place}", label)


class Required(ConfigModel):
    """Classes whose keys are required."""

    left: Left
    union: Annotated[A | B, Field(discriminator="kind")]


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ("left: {valeu: 1}\nunion: {kind: b}", "1:8", "did you mean `value`?"),
        ("lft: {value: 1}\nunion: {kind: b}", "1:1", "did you mean `left`?"),
        ("left: {value: 1}\nunion: {kid: a, x: 1}", "2:9", "did you mean `kind`?"),
    ],
)
def test_a_misspelt_key_is_not_missing(
    problems: Callable[..., list[Diagnostic]], text: str, place: str, label: str
) -> None:
    """It is there."""
    (found,) = problems(Required, text)
    assert (str(found.location), found.label) == (f"low.yaml:{place}", label)


def test_a_key_that_is_missing_beside_an_unknown_one_is_reported(problems: Callable[..., list[Diagnostic]]) -> None:
    """They are two mistakes."""
    found = problems(Required, "left: {zzz: 1}\nunion: {kind: b}")
    assert [(item.rule.name, item.path) for item in found] == [
        ("missing-key", ("left", "value")),
        ("unknown-key", ("left", "zzz")),
    ]
