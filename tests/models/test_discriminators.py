"""Functions that choose a union's variant, and that raise."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Discriminator, Field, Tag, field_validator

from typedflow.models import ConfigModel
from typedflow.values import Diagnostic

Problems = Callable[..., list[Diagnostic]]


class A(ConfigModel):
    """A variant."""

    x: int = 0


class B(ConfigModel):
    """Another."""

    y: int = 0


def _kind(value: Any) -> Any:
    return value["kind"] if isinstance(value, dict) else "a"


def _lost(value: Any) -> str:
    raise RuntimeError(f"no idea of {sorted(value)}")


Union = Annotated[Annotated[A, Tag("a")] | Annotated[B, Tag("b")], Discriminator(_kind)]


class Config(ConfigModel):
    """Unions in all places."""

    u: Union = A()
    optional: Union | None = None
    table: dict[str, list[Union]] = {}
    other: Annotated[Annotated[A, Tag("a")] | Annotated[B, Tag("b")], Discriminator(_lost)] = A()
    n: int = 0

    @field_validator("n")
    @classmethod
    def _check(cls, value: int) -> int:
        if value > 1:
            raise KeyError(value)
        return value


def _line(text: str) -> str:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return f"{__file__}:{next(number for number, line in enumerate(lines, 1) if text in line)}:1"


KIND = ("`_kind` raises KeyError: 'kind'", 'return value["kind"]')


@pytest.mark.parametrize(
    ("text", "place", "path", "words"),
    [
        ("u: {x: 1}", "1:4", "u", KIND),
        ("optional: {x: 1}", "1:11", "optional", KIND),
        ("table: {k: [{x: 1}]}", "1:13", "table.k[0]", KIND),
        ("other: {x: 1}", "1:8", "other", ("`_lost` raises RuntimeError: no idea of ['x']", "raise RuntimeError(")),
    ],
)
def test_a_function_that_raises_is_reported_at_the_value(
    problems: Problems, text: str, place: str, path: str, words: tuple[str, str]
) -> None:
    """With the line that raised."""
    (found,) = problems(Config, text)
    assert (str(found.location), found.message) == (f"low.yaml:{place}", f"`{path}` has no variant: {words[0]}")
    assert [str(each.location) for each in found.related if each.role == "raised at"] == [_line(words[1])]
    assert "None" in found.hint


def test_each_value_is_reported(problems: Problems) -> None:
    """Also what validation would have come to later."""
    found = problems(Config, "u: {x: 1}\ntable: {k: [{kind: a}, {y: 1}]}")
    assert [str(item.location) for item in found] == ["low.yaml:1:4", "low.yaml:2:24"]


def test_a_validator_that_raises_is_none_of_them(problems: Problems) -> None:
    """It is reported as before, at its own line."""
    (found,) = problems(Config, "n: 2")
    assert (found.message, str(found.location)) == ("validating Config raises KeyError: 2", _line("raise KeyError("))


def _exit(value: Any) -> str:
    raise SystemExit(min(value))


class Exiting(ConfigModel):
    """A function that chooses a variant, and that exits."""

    other: Annotated[Annotated[A, Tag("a")] | Annotated[B, Tag("b")], Discriminator(_exit)] = A()


class ExitingDefault(ConfigModel):
    """A function that makes a default, and that exits."""

    made: dict[str, int] = Field(default_factory=lambda: {"a": int(sys.exit("stop"))})


def test_a_function_that_exits_is_reported(problems: Problems) -> None:
    """As if it raised any other exception."""
    (found,) = problems(Exiting, "other: {x: 1}")
    expected = "`other` has no variant: `_exit` raises SystemExit: x"
    assert (str(found.location), found.message) == ("low.yaml:1:8", expected)


def test_a_default_that_exits_is_reported(problems: Problems) -> None:
    """Whether files set a part of the field or nothing."""
    (nothing,) = problems(ExitingDefault, "{}")
    assert nothing.message == "validating ExitingDefault raises SystemExit: stop"
    (part,) = problems(ExitingDefault, "made: {b: 1}")
    assert "raises SystemExit: stop" in part.message
