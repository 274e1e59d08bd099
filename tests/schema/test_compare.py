"""Changes of models, as files and readers see them."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import pytest
from pydantic import AliasChoices, BaseModel, Field, create_model

from typedflow.models import ConfigModel
from typedflow.schema import Contract, Direction, Kind, compare, contract_of, format_change_path

Model: TypeAlias = type[BaseModel]

NOTHING: set[str] = set()


class Adam(ConfigModel):
    """A member of a union."""

    kind: Literal["adam"]
    beta: float = 0.9


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"]
    momentum: float = 0.0


class Node(ConfigModel):
    """A model within itself."""

    value: int
    children: list[Node] = []


class OtherNode(ConfigModel):
    """The same, of other values."""

    value: str
    children: list[OtherNode] = []


def of(**fields: Any) -> Model:
    """Declare a config's model; a field is a type, or a type and a default."""
    declared = {name: field if isinstance(field, tuple) else (field, ...) for name, field in fields.items()}
    return create_model("Settings", __base__=ConfigModel, **declared)  # type: ignore[call-overload,no-any-return]


def keys(*names: str, **options: Any) -> Any:
    """Declare a field that is read from any of some keys."""
    return Field(validation_alias=AliasChoices(*names), **options)


def loose(**fields: Any) -> Model:
    """Declare a model that ignores unknown keys."""
    return create_model("Settings", **fields)


def said(old: Model, new: Model) -> set[str]:
    """Return every change as ``kind direction path``."""
    return {
        f"{change.kind.value} {change.direction.value} {format_change_path(change.path)}".strip()
        for change in compare(contract_of(old), contract_of(new))
    }


def both(kind: str, path: str = "a") -> set[str]:
    """Return the changes of one kind in both directions."""
    return {f"{kind} files {path}", f"{kind} readers {path}"}


WIDER = {"safe files a", "breaking readers a"}
NARROWER = {"breaking files a", "safe readers a"}
RENAMED = {"safe files b", "breaking readers b", "risky readers a"}

#: What changes, the old model, the new one, and what is said.
TABLE: list[tuple[str, Model, Model, set[str]]] = [
    ("nothing", of(a=int), of(a=int), NOTHING),
    ("a description", of(a=int), of(a=Annotated[int, Field(description="text", title="A", examples=[1])]), NOTHING),
    ("an optional field is new", of(), of(a=(int, 1)), {"safe files a", "breaking readers a"}),
    ("a field is new and required", of(), of(a=int), both("breaking")),
    ("a field is new, unknown keys are ignored", loose(), loose(a=(int, 1)), {"risky files a"}),
    ("an optional field is gone", of(a=(int, 1)), of(), {"breaking files a", "risky readers a"}),
    ("a required field is gone", of(a=int), of(), both("breaking")),
    ("a field is gone, unknown keys are ignored", loose(a=(int, 1)), loose(), both("risky")),
    ("an optional field is required now", of(a=(int, 1)), of(a=int), {"breaking files a"}),
    ("a required field is optional now", of(a=int), of(a=(int, 1)), {"safe files a"}),
    ("a required field has a factory now", of(a=int), of(a=(int, Field(default_factory=int))), {"safe files a"}),
    ("a default", of(a=(int, 1)), of(a=(int, 2)), {"risky files a"}),
    ("a default is true, no longer 1", of(a=(Any, 1)), of(a=(Any, True)), {"risky files a"}),
    ("a default of the same number", of(a=(float, 1)), of(a=(float, 1.0)), NOTHING),
    ("a default's factory", of(a=(int, 1)), of(a=(int, Field(default_factory=int))), {"risky files a"}),
    ("the order of a set's default", of(a=(set[str], {"x", "y"})), of(a=(set[str], {"y", "x"})), NOTHING),
    ("deprecated", of(a=(int, 1)), of(a=(int, Field(1, deprecated=True))), {"safe files a"}),
    ("integers to numbers", of(a=int), of(a=float), WIDER),
    ("numbers to integers", of(a=float), of(a=int), NARROWER),
    ("integers to text", of(a=int), of(a=str), both("breaking")),
    ("null", of(a=int), of(a=int | None), WIDER),
    ("null no longer", of(a=int | None), of(a=int), NARROWER),
    ("anything", of(a=int), of(a=Any), WIDER),
    ("anything no longer", of(a=Any), of(a=int), NARROWER),
    ("another member of a union", of(a=int), of(a=int | str), WIDER),
    ("members in another order", of(a=int | str), of(a=str | int), NOTHING),
    ("a word more", of(a=Literal["x"]), of(a=Literal["x", "y"]), WIDER),
    ("a word less", of(a=Literal["x", "y"]), of(a=Literal["x"]), NARROWER),
    ("a word and another", of(a=Literal["x"]), of(a=Literal["y"]), both("breaking")),
    ("words to text", of(a=Literal["x", "y"]), of(a=str), WIDER),
    ("words to long text", of(a=Literal["x", "yy"]), of(a=Annotated[str, Field(min_length=2)]), both("breaking")),
    ("words to text like them", of(a=Literal["x"]), of(a=Annotated[str, Field(pattern="^x")]), WIDER),
    ("numbers to a range of them", of(a=Literal[1, 2]), of(a=Annotated[int, Field(ge=1, le=2)]), WIDER),
    ("1 to true", of(a=Literal[1]), of(a=Literal[True]), both("breaking")),
    ("a lower minimum", of(a=Annotated[int, Field(ge=2)]), of(a=Annotated[int, Field(ge=1)]), WIDER),
    ("a minimum", of(a=int), of(a=Annotated[int, Field(ge=1)]), NARROWER),
    ("open and closed", of(a=Annotated[int, Field(gt=1)]), of(a=Annotated[int, Field(ge=2)]), NOTHING),
    ("open and closed numbers", of(a=Annotated[float, Field(gt=1)]), of(a=Annotated[float, Field(ge=1)]), WIDER),
    ("a higher maximum", of(a=Annotated[float, Field(lt=2)]), of(a=Annotated[float, Field(le=3)]), WIDER),
    ("even numbers", of(a=int), of(a=Annotated[int, Field(multiple_of=2)]), NARROWER),
    (
        "multiples of a divisor",
        of(a=Annotated[int, Field(multiple_of=6)]),
        of(a=Annotated[int, Field(multiple_of=3)]),
        WIDER,
    ),
    ("longer text", of(a=Annotated[str, Field(max_length=2)]), of(a=Annotated[str, Field(max_length=3)]), WIDER),
    ("a pattern", of(a=str), of(a=Annotated[str, Field(pattern="x")]), NARROWER),
    (
        "another pattern",
        of(a=Annotated[str, Field(pattern="x")]),
        of(a=Annotated[str, Field(pattern="y")]),
        both("breaking"),
    ),
    ("text to dates", of(a=str), of(a=datetime.date), NARROWER),
    ("text to paths", of(a=str), of(a=Path), NOTHING),
    ("dates to times", of(a=datetime.date), of(a=datetime.datetime), both("breaking")),
    ("items", of(a=list[int]), of(a=list[float]), {"safe files a[*]", "breaking readers a[*]"}),
    ("more items", of(a=Annotated[list[int], Field(max_length=1)]), of(a=list[int]), WIDER),
    ("a list to a set", of(a=list[int]), of(a=set[int]), {"risky files a", "safe readers a"}),
    ("a set to a list", of(a=set[int]), of(a=list[int]), {"safe files a", "risky readers a"}),
    ("a list to a tuple", of(a=list[int]), of(a=tuple[int, int]), NARROWER),
    ("an item of a tuple", of(a=tuple[int, str]), of(a=tuple[int, int]), both("breaking", "a[1]")),
    ("a longer tuple", of(a=tuple[int]), of(a=tuple[int, int]), both("breaking")),
    ("values", of(a=dict[str, int]), of(a=dict[str, float]), {"safe files a[*]", "breaking readers a[*]"}),
    ("keys", of(a=dict[str, int]), of(a=dict[Literal["x"], int]), NARROWER),
    (
        "a mapping to a model",
        of(a=dict[str, float]),
        of(a=Sgd),
        {"breaking files a", "safe readers a"} | both("breaking", "a.kind"),
    ),
    ("a member of a tagged union", of(a=Adam), of(a=Annotated[Adam | Sgd, Field(discriminator="kind")]), WIDER),
    ("unknown keys", loose(a=(int, 1)), of(a=(int, 1)), {"breaking files"}),
    ("unknown keys again", of(a=(int, 1)), loose(a=(int, 1)), {"safe files"}),
    ("a model within itself", of(a=Node), of(a=OtherNode), both("breaking", "a.value")),
    (
        "another key",
        of(a=(int, Field(alias="x"))),
        of(a=(int, Field(alias="y"))),
        {"breaking files x", "breaking files y"},
    ),
    (
        "another key as well",
        of(a=(int, Field(alias="x"))),
        of(a=(int, keys("y", "x"))),
        {"safe files y", "safe files x"},
    ),
    (
        "another key no longer",
        of(a=(int, keys("y", "x"))),
        of(a=(int, keys("x"))),
        {"breaking files y", "breaking files x"},
    ),
    ("another name for an old key", of(a=(int, 1)), of(b=(int, keys("b", "a", default=1))), RENAMED),
    ("text of numbers", of(a=decimal.Decimal), of(a=decimal.Decimal | None), WIDER),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_a_change_is(old: Model, new: Model, expected: set[str]) -> None:
    """Each direction sees a change as what it is at worst."""
    assert said(old, new) == expected


def test_a_change_says_what_was_and_what_is() -> None:
    """A change has its keyword, both sides and a sentence; unnamed items of a list are marked in its path."""
    old, new = of(a=list[Annotated[int, Field(ge=1)]]), of(a=list[Annotated[int, Field(gt=1, lt=9)]])
    found = compare(contract_of(old), contract_of(new), [Direction.FILES])
    assert [(change.path, change.keyword, change.old, change.new) for change in found] == [
        (("a", "*"), "minimum", "at least 1", "more than 1"),
        (("a", "*"), "maximum", None, "less than 9"),
    ]
    assert [change.message for change in found] == [
        "`a[*]` accepts less than before: more than 1, was at least 1",
        "`a[*]` accepts less than before: less than 9, was no limit",
    ]


@pytest.mark.parametrize(
    ("keyword", "old", "new"),
    [
        ("contains", {"type": "array"}, {"type": "array", "contains": {"const": 1}}),
        ("contains", {"type": "array", "contains": {"const": 1}}, {"type": "array"}),
        ("not", {"type": "string", "not": {"const": "x"}}, {"type": "string", "not": {"const": "y"}}),
        ("contentEncoding", {"type": "string"}, {"type": "string", "contentEncoding": "base64"}),
        ("unheard-of", {"type": "string", "unheard-of": 1}, {"type": "string", "unheard-of": 2}),
    ],
)
def test_what_is_not_understood_is_risky(keyword: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    """A keyword that differs and is not understood is reported in each direction, never swallowed."""
    found = compare(Contract(old, old, old), Contract(new, new, new))
    assert {(change.kind, change.direction, change.keyword) for change in found} == {
        (Kind.RISKY, direction, keyword) for direction in Direction
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"$ref": "#/$defs/A", "$defs": {"A": {"type": "string"}}}, {"type": "string"}),
        ({"allOf": [{"type": "number"}, {"minimum": 1}]}, {"type": "number", "minimum": 1}),
        ({"type": ["string", "null"]}, {"anyOf": [{"type": "null"}, {"type": "string"}]}),
        ({"type": "array", "items": [{"type": "string"}]}, {"type": "array", "prefixItems": [{"type": "string"}]}),
        ({"enum": ["x", 1]}, {"anyOf": [{"const": 1}, {"const": "x", "type": "string"}]}),
        ({"type": "integer", "enum": [1, 2]}, {"type": "integer", "oneOf": [{"const": 1.0}, {"const": 2}]}),
        ({"type": "object", "x-note": 1}, {"type": "object", "x-note": 2}),
        ({"type": "string", "$ref": "#/$defs/A", "$defs": {"A": {"title": "A"}}}, {"type": "string"}),
    ],
)
def test_what_says_the_same_in_other_words_is_no_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    """References, unions and drafts of JSON Schema are ways to write; what counts is what fits."""
    assert compare(Contract(old, old, old), Contract(new, new, new)) == []


def test_fields_that_were_renamed_have_advice() -> None:
    """Of several new fields of the same schema, the one of the nearest name is meant; of others, none."""
    old, new = of(rate=int, note=str), of(rating=int, count=int, other=float)
    hints = {change.path: change.hint for change in compare(contract_of(old), contract_of(new), [Direction.FILES])}
    assert hints[("rate",)].startswith("if you renamed it to `rating`, keep the old key:")
    assert hints[("note",)] == ""


def test_a_default_of_a_model_is_compared_by_fields() -> None:
    """A default that a model inherits from its fields is one change, at the field."""

    class Before(ConfigModel):
        value: int = 1
        gone: int = 0

    class After(ConfigModel):
        value: int = 2
        new: int = 0

    found = compare(contract_of(of(a=(Before, Before()))), contract_of(of(a=(After, After()))), [Direction.FILES])
    assert [(change.path, change.old, change.new) for change in found if change.kind is Kind.RISKY] == [
        (("a", "value"), 1, 2)
    ]


def test_what_has_no_schema_is_not_compared() -> None:
    """A type that JSON Schema cannot describe takes anything, as far as anybody can tell."""
    old, new = of(a=Callable[[], int], b=int), of(a=Callable[[], str], b=str)
    assert said(old, new) == both("breaking", "b")


def test_large_models_are_compared_in_no_time() -> None:
    """Definitions that many fields share are compared once each."""
    inner = of(**{f"f{index}": (int, index) for index in range(50)})
    for _ in range(8):
        inner = of(left=inner, right=inner, other=list[inner])  # type: ignore[valid-type]
    assert compare(contract_of(inner), contract_of(inner), [Direction.READERS]) == []
