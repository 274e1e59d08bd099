"""Types of fields in words."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from typedflow.schema import FieldWords, field_words


class Color(enum.Enum):
    """An enum whose values are not texts."""

    red = 1
    blue = 2


class Inner(BaseModel):
    """A class."""

    a: int = 1


class Tree(BaseModel):
    """A class that contains itself."""

    children: list[Tree] = []


WORDS: dict[str, tuple[Any, str]] = {
    "int": (int, "integer"),
    "float": (Annotated[float, Field(gt=0, le=1)], "number, > 0, <= 1"),
    "str": (Annotated[str, Field(min_length=1, max_length=9)], "text, at least 1 character, at most 9 characters"),
    "pattern": (Annotated[str, Field(pattern="^a+$")], "text, matching ^a+$"),
    "bool": (bool, "true | false"),
    "optional": (int | None, "integer | null"),
    "literal": (Literal["a", 1, True] | None, "a | 1 | true | null"),
    "one value": (Literal["a"], "a"),
    "enum": (Color, "1 | 2"),
    "date": (datetime.date, "date"),
    "moment": (datetime.datetime, "date time"),
    "decimal": (Decimal, "number | text"),
    "multiple": (Annotated[int, Field(multiple_of=8)], "integer, a multiple of 8"),
    "list": (Annotated[list[int], Field(min_length=2)], "list of integer, at least 2 items"),
    "list of anything": (list[Any], "list"),
    "set": (set[str], "set of text"),
    "tuple": (tuple[int, str], "[integer, text]"),
    "dict": (Annotated[dict[str, float], Field(max_length=1)], "mapping of number, at most 1 key"),
    "dict of anything": (dict[str, Any], "mapping"),
    "class": (Inner, "Inner"),
    "classes": (Inner | Tree | None, "Inner | Tree | null"),
    "recursive": (list[Tree], "list of Tree"),
    "anything": (Any, "anything"),
    "no schema": (Callable[[], int], "anything"),
}


@pytest.mark.parametrize(("annotation", "words"), WORDS.values(), ids=WORDS)
def test_types(annotation: Any, words: str) -> None:
    """With their constraints."""
    model = create_model("Made", field=(annotation, ...))
    found = field_words(model)["field"].type
    assert found == words or (annotation is Decimal and found.startswith(words))  # Pydantic 2.12 adds a pattern


def test_a_class_without_a_schema_has_no_words() -> None:
    """Its fields are shown without."""
    assert field_words(object) == {}


def test_descriptions() -> None:
    """Those that the schema has."""
    model = create_model("Made", a=(int, Field(description="What it is.")), b=(Inner, ...))
    assert field_words(model) == {"a": FieldWords("integer", "What it is."), "b": FieldWords("Inner", "")}
