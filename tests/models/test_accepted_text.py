"""What a model says of a text at a key path: every kind of annotation."""

# ruff: noqa: UP045 # annotations in every form that people write

import dataclasses
import datetime
import decimal
import enum
import ipaddress
import re
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Optional

import pytest
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue, RootModel, create_model
from typing_extensions import TypeAliasType, TypedDict

from typedflow import Template
from typedflow.models import AcceptedText, accepted_key, accepted_value
from typedflow.values import KeyPath

Name = NewType("Name", str)
Prompt = Annotated[str, Template]
Alias = TypeAliasType("Alias", list[Prompt])


class Color(str, enum.Enum):
    """Few texts."""

    RED = "red"


class Leaf(BaseModel):
    """A model in others."""

    text: str = ""
    meant: Prompt = ""
    either: str = Field("", validation_alias=AliasChoices("one", "two"))


class Open(BaseModel):
    """A model that keeps any key."""

    model_config = ConfigDict(extra="allow")

    text: str = ""


@dataclasses.dataclass
class Point:
    """A dataclass."""

    text: str
    meant: Prompt


class Row(TypedDict):
    """A typed dictionary."""

    text: str


class Many(RootModel[list[Prompt]]):
    """A root model."""


#: An annotation, a key path below its field, and what holds there: text, null, template, loose.
VALUES: dict[str, tuple[Any, KeyPath, str]] = {
    "str": (str, (), "text"),
    "bytes": (bytes, (), "text"),
    "Path": (Path, (), "text"),
    "NewType": (Name, (), "text"),
    "Any": (Any, (), "text null loose"),
    "object": (object, (), "text null loose"),
    "constrained": (Annotated[str, Field(pattern="a")], (), "text"),
    "Optional": (Optional[str], (), "text null"),
    "union": (int | str, (), "text"),
    "int": (int, (), ""),
    "bool": (bool, (), ""),
    "Literal": (Literal["a"], (), ""),
    "Enum": (Color, (), ""),
    "Decimal": (decimal.Decimal, (), ""),
    "UUID": (uuid.UUID, (), ""),
    "date": (datetime.date, (), ""),
    "Pattern": (re.Pattern[str], (), ""),
    "address": (ipaddress.IPv4Address, (), ""),
    "model": (Leaf, (), ""),
    "None": (None, (), "null"),
    "marked": (Prompt, (), "text template"),
    "marked by an instance": (Annotated[str, Template()], (), "text template"),
    "marked Optional": (Annotated[Optional[Path], Template], (), "text null template"),
    "marked member": (Prompt | int | None, (), "text null template"),
    "marked outside": (Annotated[Annotated[str, Field(min_length=1)], Template], (), "text template"),
    "list": (list[str], (0,), "text"),
    "a list is no text": (list[str], (), ""),
    "Sequence": (Sequence[str], (1,), "text"),
    "tuple": (tuple[int, str], (1,), "text"),
    "set": (set[str], (0,), "text"),
    "bare list": (list, (0,), "text null loose"),
    "a key of a list": (list[str], ("a",), ""),
    "an item of a dict": (dict[str, str], (0,), ""),
    "a key of a text": (str, ("a",), ""),
    "dict": (dict[str, str], ("a",), "text loose"),
    "Mapping": (Mapping[str, int | None], ("a",), "null loose"),
    "bare dict": (dict, ("a", "b", 0), "text null loose"),
    "dict of lists": (dict[str, list[str]], ("a", 0), "text loose"),
    "dict of models": (dict[str, Leaf], ("a", "text"), "text"),
    "below Any": (Any, ("a", 0, "b"), "text null loose"),
    "JsonValue": (JsonValue, ("a", 0, "b"), "text null loose"),
    "alias": (Alias, (0,), "text template"),
    "marked list": (Annotated[list[str], Template], (0,), "text template"),
    "marked dict": (Annotated[dict[str, Any], Template], ("a", 0), "text null template loose"),
    "marked model": (Annotated[Leaf, Template], ("text",), "text template"),
    "field": (Leaf, ("text",), "text"),
    "marked field": (Leaf, ("meant",), "text template"),
    "aliases": (Leaf, ("two",), "text"),
    "unknown field": (Leaf, ("other",), ""),
    "kept key": (Open, ("other",), "text null loose"),
    "below a kept key": (Open, ("other", 0), "text null loose"),
    "field of an open model": (Open, ("text",), "text"),
    "dataclass": (Point, ("meant",), "text template"),
    "TypedDict": (Row, ("text",), "text"),
    "root model": (Many, (0,), "text template"),
    "models or not": (dict[str, Leaf | str], ("a",), "text loose"),
}
KEYS: dict[str, tuple[Any, KeyPath, str]] = {
    "dict": (dict[str, int], ("a",), "text loose"),
    "bare dict": (dict, ("a",), "text loose"),
    "marked keys": (dict[Prompt, str], ("a",), "text template loose"),
    "marked dict": (Annotated[dict[str, str], Template], ("a",), "text template loose"),
    "few keys": (dict[Literal["a"], str], ("a",), "loose"),
    "Any": (Any, ("a", "b"), "text null loose"),
    "kept key": (Open, ("other",), "text loose"),
    "field": (Leaf, ("text",), ""),
    "unknown field": (Leaf, ("other",), ""),
    "a key of a list": (list[str], ("a",), ""),
}


def _said(place: AcceptedText) -> str:
    return " ".join(name for name in ("text", "null", "template", "loose") if getattr(place, name))


@pytest.mark.parametrize(("annotation", "path", "expected"), VALUES.values(), ids=VALUES)
def test_a_value(annotation: Any, path: KeyPath, expected: str) -> None:
    """Which values a place accepts, whether templates are meant there, and whether any text may stand there."""
    model = create_model("Made", field=(annotation, ...))
    assert _said(accepted_value(model, ("field", *path))) == expected


@pytest.mark.parametrize(("annotation", "path", "expected"), KEYS.values(), ids=KEYS)
def test_a_key(annotation: Any, path: KeyPath, expected: str) -> None:
    """The same of a key; the name of a field is no text that somebody chose."""
    model = create_model("Made", field=(annotation, ...))
    assert _said(accepted_key(model, ("field", *path))) == expected


def test_a_root_model() -> None:
    """The model itself may be one."""
    assert _said(accepted_value(Many, (3,))) == "text template"


class Tree(BaseModel):
    """A model of two members that both lead back to it."""

    left: "Tree | Other | None" = None
    text: str = ""


class Other(BaseModel):
    """The second member."""

    left: "Tree | Other | None" = None
    text: str = ""


Tree.model_rebuild()


def test_a_deep_path_in_a_recursive_union_takes_no_time() -> None:
    """Members are met once at each level, not twice as often as at the level above."""
    start = time.process_time()
    assert _said(accepted_value(Tree, (*["left"] * 15, "text"))) == "text"
    assert time.process_time() - start < 1
