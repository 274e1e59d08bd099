"""Defaults of classes whose own code sees what files write first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, Field, RootModel, field_validator, model_validator

from typedflow.models import ConfigModel
from typedflow.values import Diagnostic

PRESETS: dict[str, dict[str, Any]] = {"big": {"lr": 9.0, "depth": 50}}


def _expand(value: Any) -> Any:
    """Return a mapping with its preset's values under its own, and an old name of a field read."""
    if not isinstance(value, dict):
        return value
    given = {("lr" if key == "old" else key): item for key, item in value.items() if key != "preset"}
    return {**PRESETS.get(value.get("preset", ""), {}), **given}


class Plain(ConfigModel):
    """A class without code."""

    lr: float = 0.1
    depth: int = 1


class Coded(Plain):
    """One with a validator of its own."""

    @model_validator(mode="before")
    @classmethod
    def expand(cls, value: Any) -> Any:
        """Read presets."""
        return _expand(value)


class Inited(Plain):
    """One with an ``__init__`` of its own."""

    def __init__(self, **values: Any) -> None:
        """Read presets."""
        super().__init__(**_expand(values))


class Left(Coded):
    """A variant with code."""

    kind: Literal["left"] = "left"


class Right(Plain):
    """A variant without."""

    kind: Literal["right"] = "right"


class Root(RootModel[Plain]):
    """A root model with code."""

    @model_validator(mode="before")
    @classmethod
    def expand(cls, value: Any) -> Any:
        """Read presets."""
        return _expand(value)


class Unwritable(Coded):
    """A default of it cannot be written."""

    call: Callable[[], int] = int


class Above(ConfigModel):
    """A class whose code reads what is in a field of another class."""

    opt: Plain = Plain()
    n: int = 0

    @model_validator(mode="before")
    @classmethod
    def expand(cls, value: Any) -> Any:
        """Read presets one level down."""
        return {**value, "opt": _expand(value["opt"])} if isinstance(value, dict) and "opt" in value else value


class Settings(ConfigModel):
    """Each with a default."""

    model: Coded = Coded(lr=0.5, depth=3)
    init: Inited = Inited(lr=0.5, depth=3)
    annotated: Annotated[Plain, BeforeValidator(_expand)] = Plain(lr=0.5, depth=3)
    validated: Plain = Plain(lr=0.5, depth=3)
    union: Annotated[Left | Right, Field(discriminator="kind")] = Left(lr=0.5, depth=3)
    root: Root = Root(Plain(lr=0.5, depth=3))
    unwritable: Unwritable = Unwritable(lr=0.5, depth=3, call=lambda: 2)

    @field_validator("validated", mode="before")
    @classmethod
    def expand(cls, value: Any) -> Any:
        """Read presets."""
        return _expand(value)


class Outer(ConfigModel):
    """A default above."""

    above: Above = Above(opt=Plain(lr=0.5, depth=3), n=7)
    holder: dict[str, Coded] = {"x": Coded(lr=0.5, depth=3)}


FIELDS = ["model", "init", "annotated", "validated", "union", "root"]
CASES = [
    (["FIELD: {preset: big}"], (9.0, 50)),
    (["FIELD: {preset: big, lr: 2}"], (2.0, 50)),
    (["FIELD: {preset: big}", "FIELD: {lr: 2}"], (2.0, 50)),
    (["FIELD: {depth: 2}", "FIELD: {preset: big}"], (9.0, 2)),
    (["FIELD: {old: 2}"], (2.0, 1)),
    (["FIELD: {lr: 2}"], (2.0, 3)),
    (["FIELD: {}"], (0.5, 3)),
    (["FIELD: {depth: 2}", "FIELD: {lr: 2}"], (2.0, 2)),
]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_what_code_makes_of_a_file_wins(
    read: Callable[..., Any], field: str, texts: list[str], expected: tuple[float, int]
) -> None:
    """With a key that is for the code, no default lies under the file's values; else it does."""
    found = getattr(read(Settings, *(text.replace("FIELD", field) for text in texts)), field)
    found = found.root if field == "root" else found
    assert (found.lr, found.depth) == expected


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (Outer, "above: {opt: {preset: big}}", {"opt": {"lr": 9.0, "depth": 50}, "n": 7}),
        (Outer, "above: {opt: {lr: 2}}", {"opt": {"lr": 2.0, "depth": 3}, "n": 7}),
        (Outer, "holder: {x: {preset: big}}", {"x": {"lr": 9.0, "depth": 50}}),
        (Outer, "holder: {x: {lr: 2}, y: {preset: big}}", {"x": {"lr": 2, "depth": 3}, "y": {"lr": 9, "depth": 50}}),
    ],
)
def test_code_is_found_inside_of_defaults(
    read: Callable[..., Any], model: type[BaseModel], text: str, expected: dict[str, Any]
) -> None:
    """The rest of the default stays."""
    assert read(model, text).model_dump()[text.partition(":")[0]] == expected


def test_a_default_that_is_not_needed_may_be_unwritable(
    read: Callable[..., Any], problems: Callable[..., list[Diagnostic]]
) -> None:
    """A key that is for the code leaves it out; a part of the fields needs it."""
    assert read(Settings, "unwritable: {preset: big}").unwritable.lr == 9.0
    assert [problem.rule.name for problem in problems(Settings, "unwritable: {lr: 2}")] == ["unmergeable-default"]
