"""Models of all shapes, made by chance."""

import datetime
import enum
import pathlib
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from hypothesis import strategies as st
from pydantic import AfterValidator, AliasChoices, BaseModel, Field, create_model

from typedflow import ConfigModel, Merge

Models = st.SearchStrategy[type[BaseModel]]


class Colour(enum.Enum):
    """Values of two types."""

    RED = "red"
    TWO = 2


def _even(value: int) -> int:
    if value % 2:
        raise ValueError("an odd number")
    return value


def _bounded(kind: Any, low: float, high: float) -> Any:
    return Annotated[kind, Field(ge=low, lt=high)]


#: Scalars and their constraints. What files hold must tell the members of a union apart, so no two are alike there.
SCALARS: list[Any] = [
    bool,
    int,
    str,
    float,
    Colour,
    datetime.date,
    datetime.datetime,
    datetime.timedelta,
    pathlib.PurePosixPath,
    uuid.UUID,
    Literal["adam", "sgd", 3],
    _bounded(int, -5, 70),
    _bounded(float, 0.5, 2.0),
    Annotated[int, Field(multiple_of=3, gt=0)],
    Annotated[int, AfterValidator(_even)],
    Annotated[str, Field(pattern=r"^[a-z]{2,5}(-\d)?$")],
    Annotated[str, Field(min_length=1, max_length=4)],
]
NAMES = ["a", "b", "rate", "name", "kind_", "x9", "größe", "True", "no"]
ALIASES = ["a-b", "with space", "dots.in", "null", "1", '"q"', "#hash", "ключ"]


@st.composite
def _annotations(draw: st.DrawFn, depth: int) -> Any:
    way = draw(st.integers(0, 9 if depth else 4))
    scalar = draw(st.sampled_from(SCALARS))
    if way <= 3:
        return scalar
    if way == 4:
        return scalar | None
    inner: Any = draw(_annotations(depth - 1))
    if way == 5:
        rule = draw(st.sampled_from([None, Merge.append, Merge.union, Merge.replace]))
        return list[inner] if rule is None else Annotated[list[inner], rule]
    if way == 6:
        return draw(st.sampled_from([dict[str, inner], tuple[inner, int], tuple[inner, ...]]))
    if way == 7:
        return _tagged(draw, depth)
    model: Any = draw(_models(depth - 1))
    return draw(st.sampled_from([model, model, model | None, list[model], dict[str, model]]))


def _tagged(draw: st.DrawFn, depth: int) -> Any:
    """A discriminated union of two models."""
    members: list[Any] = []
    for tag in ("one", "two"):
        fields = _fields(draw, depth - 1)
        members.append(create_model(f"Tagged{tag}", __base__=ConfigModel, **{"kind": (Literal[tag], ...), **fields}))
    one, two = members
    return Annotated[one | two, Field(discriminator="kind")]


def _fields(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for index, name in enumerate(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))):
        annotation = draw(_annotations(depth))
        alias = draw(st.sampled_from([None, None, None, ALIASES[index], ALIASES[index + 4]]))
        options: dict[str, Any] = {"alias": alias} if alias else {}
        if draw(st.sampled_from([False, False, True])):
            options = {"validation_alias": AliasChoices(*filter(None, [alias, f"{name}-1", f"{name}-2"]))}
        if draw(st.booleans()):  # a default that is no value of the type's: it is never validated, nor stored
            found[name] = (annotation | None, Field(None, **options))
        else:
            found[name] = (annotation, Field(**options))
    return found


@st.composite
def _models(draw: st.DrawFn, depth: int) -> type[BaseModel]:
    base: Any = draw(st.sampled_from([ConfigModel, ConfigModel, BaseModel]))
    return create_model("Model", __base__=base, **_fields(draw, depth))


@pytest.fixture(scope="session")
def models() -> Models:
    """Models with fields of many types, nested, with aliases, unions and merge rules."""
    return _models(2)


@pytest.fixture(scope="session")
def said() -> Callable[[type[BaseModel]], str]:
    """Return a function that says what a model is, for a failure to show."""
    return lambda model: repr({name: str(field.annotation) for name, field in model.model_fields.items()})
