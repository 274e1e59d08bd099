"""Exported schemas: valid in their draft, and of one mind with validation, as jsonschema judges."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
from pathlib import Path
from typing import Annotated, Any, ForwardRef, Generic, Literal, TypeAlias, TypeVar

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PositiveInt,
    RootModel,
    Tag,
    create_model,
    field_validator,
)
from typing_extensions import NotRequired, TypedDict

from typedflow.layers import Merge, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.schema import Draft, export
from typedflow.values import Source, TypedflowError

Model: TypeAlias = type[BaseModel]
T = TypeVar("T")

VALIDATORS: dict[Draft, Any] = {"2020-12": Draft202012Validator, "7": Draft7Validator}


class Colour(enum.Enum):
    """Written by value."""

    RED = "red"
    GREEN = "green"


class Adam(ConfigModel):
    """A member of a union, whose tag has a default."""

    kind: Literal["adam"] = "adam"
    beta: float


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd", "momentum"]
    rate: Annotated[float, Field(gt=0, le=1)] = 0.1


class Named(ConfigModel):
    """A member whose tag has another key."""

    kind_: Literal["named"] = Field(alias="kind")


class Other(ConfigModel):
    """Another."""

    kind_: Literal["other"] = Field(alias="kind")
    size: int = 1


class Node(ConfigModel):
    """A model within itself."""

    value: int
    children: list[Node] = []
    below: Node | None = None


class Box(ConfigModel, Generic[T]):
    """A generic model."""

    content: T


class Loose(BaseModel):
    """A plain model, which ignores unknown keys."""

    count: int = 0


class Open(ConfigModel):
    """A model that takes unknown keys."""

    model_config = ConfigDict(extra="allow")
    count: int = 0


class Both(ConfigModel):
    """Read by alias and by name."""

    model_config = ConfigDict(populate_by_name=True)
    rate: float = Field(alias="learning-rate")


class Table(RootModel[dict[str, int]]):
    """A mapping as a whole."""


@dataclasses.dataclass
class Point:
    """A dataclass."""

    x: int
    y: int = 0


class Size(TypedDict):
    """A TypedDict."""

    width: int
    height: NotRequired[int]


def of(**fields: Any) -> Model:
    """Declare a config's model; a field is a type, or a type and a default."""
    declared = {name: field if isinstance(field, tuple) else (field, ...) for name, field in fields.items()}
    return create_model("Settings", __base__=ConfigModel, **declared)  # type: ignore[call-overload,no-any-return]


TAGGED = of(optimizer=Annotated[Adam | Sgd, Field(discriminator="kind")])
ALIASED_TAG = of(a=Annotated[Named | Other, Field(discriminator="kind_")])
CHOICES = of(a=(int, Field(validation_alias=AliasChoices("a", "b"))))
PARTS = of(a=(int, Field(validation_alias=AliasPath("pair", 0))), b=(int, Field(validation_alias=AliasPath("pair", 1))))

#: Each model with documents that it takes, and documents that it refuses.
TABLE: dict[str, tuple[Model, list[Any], list[Any]]] = {
    "scalars": (
        of(a=int, b=(float, 0.5), c=(bool, True), d=(str, "")),
        [{"a": 1}, {"a": 1, "b": 2, "c": False, "d": "x"}, {"$schema": "x.json", "a": 1}],
        [{}, {"a": "x"}, {"a": None}, {"a": 1.5}, {"a": 1, "d": 1}, {"a": 1, "e": 1}, {"$schema": 1, "a": 1}],
    ),
    "nested": (
        of(a=Box[int], b=(Loose, Loose())),
        [{"a": {"content": 1}}, {"a": {"content": 1}, "b": {"unknown": 1}}],
        [{"a": {}}, {"a": {"content": "x"}}, {"a": {"content": 1, "more": 1}}, {"a": []}],
    ),
    "unknown keys that are taken": (Open, [{}, {"x": [1]}], [{"count": "x"}]),
    "a union": (of(a=int | list[int] | None), [{"a": 1}, {"a": [1]}, {"a": None}], [{"a": "x"}, {"a": {}}, {}]),
    "a tagged union": (
        TAGGED,
        [{"optimizer": {"kind": "adam", "beta": 1}}, {"optimizer": {"kind": "momentum"}}],
        [
            {"optimizer": {"beta": 1}},
            {"optimizer": {"kind": "adam"}},
            {"optimizer": {"kind": "sgd", "beta": 1}},
            {"optimizer": {"kind": "none"}},
            {"optimizer": {"kind": "sgd", "rate": 2}},
        ],
    ),
    "a tag with an alias": (
        ALIASED_TAG,
        [{"a": {"kind": "named"}}, {"a": {"kind": "other", "size": 2}}],
        [{"a": {}}, {"a": {"kind": "named", "size": 2}}, {"a": {"kind_": "named"}}],
    ),
    "tags that a function tells": (
        of(
            a=Annotated[
                Annotated[int, Tag("i")] | Annotated[str, Tag("s")], Discriminator(lambda v: type(v).__name__[0])
            ]
        ),
        [{"a": 1}, {"a": "x"}],
        [{"a": []}],
    ),
    "lists, sets and tuples": (
        of(a=(list[int], []), b=(set[str], set()), c=(tuple[int, str], (1, "")), d=(tuple[int, ...], ())),
        [{}, {"a": [1, 2], "b": ["x", "y"], "c": [1, "x"], "d": [1, 2, 3]}],
        [{"a": ["x"]}, {"b": [1]}, {"c": [1]}, {"c": [1, "x", 2]}, {"c": ["x", 1]}, {"d": ["x"]}, {"a": {}}],
    ),
    "dicts": (
        of(a=(dict[str, int], {}), b=(dict[Annotated[str, Field(pattern="^x")], Loose], {})),
        [{"a": {"any": 1, "key.s": 2}}, {"b": {"x1": {"count": 1}}}],
        [{"a": {"any": "x"}}, {"b": {"x1": {"count": "x"}}}, {"a": []}],
    ),
    "a root model": (Table, [{}, {"a": 1}, {"$schema": "x"}], [{"a": "x"}, []]),
    "recursion": (
        Node,
        [{"value": 1}, {"value": 1, "children": [{"value": 2, "below": {"value": 3}}]}, {"$schema": "x", "value": 1}],
        [{"value": 1, "children": [{}]}, {"value": 1, "below": {"value": 1, "$schema": "x"}}],
    ),
    "an alias and the name": (
        Both,
        [{"rate": 1}, {"learning-rate": 1}],
        [{}, {"learning_rate": 1}],
    ),
    "a choice of aliases": (CHOICES, [{"a": 1}, {"b": 1}], [{}, {"c": 1}, {"a": "x"}]),
    "parts of a key": (PARTS, [{"pair": [1, 2]}], [{}, {"a": 1}]),
    "dataclasses and TypedDicts": (
        of(a=(Point, ...), b=(Size, {"width": 1}), c=(Size | None, None)),
        [{"a": {"x": 1}}, {"a": {"x": 1, "y": 2}, "b": {"width": 1, "height": 2}}, {"a": {"x": 1}, "b": {}}],
        [{"a": {}}, {"a": {"x": "a"}}, {"a": {"x": 1}, "c": {}}, {"a": {"x": 1}, "b": {"width": 1, "height": None}}],
    ),
    "enums and literals": (
        of(a=(Colour, Colour.RED), b=(Literal[1, "x"] | None, 1)),
        [{"a": "green"}, {"b": "x"}, {"b": None}],
        [{"a": "RED"}, {"b": 2}, {"a": None}],
    ),
    "bounds": (
        of(
            a=(Annotated[int, Field(ge=1, lt=9, multiple_of=2)], 2),
            b=(Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]*$")], "ab"),
            c=(Annotated[list[int], Field(min_length=1, max_length=2)], [1]),
        ),
        [{"a": 8, "b": "abc", "c": [1, 2]}],
        [{"a": 0}, {"a": 10}, {"a": 3}, {"b": "a"}, {"b": "abcd"}, {"b": "A1"}, {"c": []}, {"c": [1, 2, 3]}],
    ),
    "texts that mean more": (
        of(
            a=(datetime.date, "2020-01-01"),
            b=(datetime.timedelta, datetime.timedelta(0)),
            c=(decimal.Decimal, decimal.Decimal(1)),
            d=(bytes, b""),
            e=(Path, Path()),
        ),
        [{"a": "2024-02-29"}, {"b": "PT1H"}, {"b": 5}, {"b": 0.5}, {"c": "1.50"}, {"c": 2}, {"d": "x"}, {"e": "a/b"}],
        [{"a": []}, {"b": []}, {"c": None}, {"d": []}, {"e": 1}],
    ),
}


class Checked(ConfigModel):
    """What only code can judge."""

    even: int = 0

    @field_validator("even")
    @classmethod
    def _is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("odd")
        return value


#: Where a schema and validation differ: the model, the document, what the schema says, what validation says.
DIFFERENCES: dict[str, tuple[Model, Any, bool, bool]] = {
    "a validator of the model's own": (Checked, {"even": 1}, True, False),
    "a format, which few judges look at": (of(a=datetime.date), {"a": "yesterday"}, True, False),
    "a decimal that is no number": (of(a=decimal.Decimal), {"a": "x"}, True, False),
    "a number as text": (of(a=int), {"a": "5"}, False, True),
    "a truth as text": (of(a=bool), {"a": "yes"}, False, True),
    "a set's item, twice": (of(a=set[int]), {"a": [1, 1]}, False, True),
    "two names of one field": (CHOICES, {"a": 1, "b": 1}, True, False),
    "what is inside the parts of a key": (PARTS, {"pair": "x"}, True, False),
    "keys of a dict that fit no pattern": (
        of(a=dict[Annotated[str, Field(pattern="^x")], int]),
        {"a": {"y": 1}},
        True,
        False,
    ),
}

MODELS = {name: model for name, (model, _, _) in TABLE.items()}
CASES = [
    (name, index, fits)
    for name, (_, good, bad) in TABLE.items()
    for fits, documents in ((True, good), (False, bad))
    for index in range(len(documents))
]


def takes(model: Model, document: Any) -> bool:
    """Return whether validation takes a document as a file's content."""
    source = Source("settings.json", json.dumps(document), "json")
    try:
        validate(merge([layer(source, document)], plan_of(model)), model)
    except TypedflowError:
        return False
    return True


@pytest.mark.parametrize("draft", VALIDATORS)
@pytest.mark.parametrize("overlay", [False, True], ids=["full", "overlay"])
@pytest.mark.parametrize("name", MODELS)
def test_a_schema_fits_its_draft(name: str, overlay: bool, draft: Draft) -> None:  # noqa: FBT001 # a parameter
    """The draft's own schema accepts it, and it says which draft that is."""
    schema = export(MODELS[name], overlay=overlay, draft=draft)
    VALIDATORS[draft].check_schema(schema)
    assert schema["$schema"] == VALIDATORS[draft].META_SCHEMA["$schema"]


@pytest.mark.parametrize("draft", VALIDATORS)
@pytest.mark.parametrize(("name", "index", "fits"), CASES)
def test_schema_and_validation_agree(name: str, index: int, fits: bool, draft: Draft) -> None:  # noqa: FBT001 # parameters
    """What one takes, the other takes."""
    model, good, bad = TABLE[name]
    document = (good if fits else bad)[index]
    judged = VALIDATORS[draft](export(model, draft=draft)).is_valid(document)
    assert (judged, takes(model, document)) == (fits, fits)


@pytest.mark.parametrize("draft", VALIDATORS)
@pytest.mark.parametrize("name", DIFFERENCES)
def test_where_they_differ(name: str, draft: Draft) -> None:
    """Each known difference is there, so that none stays in the table that is gone."""
    model, document, schema, validation = DIFFERENCES[name]
    assert VALIDATORS[draft](export(model, draft=draft)).is_valid(document) is schema
    assert takes(model, document) is validation


@pytest.mark.parametrize("draft", VALIDATORS)
@pytest.mark.parametrize("name", TABLE)
def test_what_is_complete_is_an_overlay_too(name: str, draft: Draft) -> None:
    """An overlay may say everything."""
    model, good, _ = TABLE[name]
    judge = VALIDATORS[draft](export(model, overlay=True, draft=draft))
    assert [document for document in good if not judge.is_valid(document)] == []


class Documented(BaseModel):
    """What the settings are."""

    rate: float = Field(0.1, examples=[0.2], alias="learning-rate")
    """How fast it learns."""
    old: Annotated[int, Field(deprecated="use rate")] = 1
    sub: Loose = Loose(count=3)
    """What is below."""
    both: Both = Both.model_validate({"rate": 2})
    names: frozenset[str] = frozenset({"b", "c", "a"})
    limit: float = float("inf")


def test_what_editors_show() -> None:
    """Titles, descriptions, defaults, examples and deprecations are there; defaults have the keys of files."""
    schema = export(Documented)
    properties = schema["properties"]
    assert (schema["title"], schema["description"]) == ("Documented", "What the settings are.")
    rate = {"title": "Rate", "description": "How fast it learns.", "default": 0.1, "examples": [0.2], "type": "number"}
    assert properties["learning-rate"] == rate
    assert properties["old"]["deprecated"] is True
    assert properties["sub"]["description"] == "What is below."
    assert properties["both"]["default"] == {"learning-rate": 2.0}
    assert properties["names"]["default"] == ["a", "b", "c"]
    assert "default" not in properties["limit"]  # no JSON


def test_a_title_of_ones_own() -> None:
    """The caller may give a title."""
    assert export(Documented, title="Settings of training")["title"] == "Settings of training"


def test_draft_7_has_nothing_of_later_drafts() -> None:
    """Definitions and tuples are written as draft-07 has them, and nothing stands beside a reference."""
    text = json.dumps(export(of(a=(tuple[int, str], (1, "")), b=(Loose, Loose())), overlay=True, draft="7"))
    assert not {word for word in ("$defs", "prefixItems", "unevaluated") if word in text}
    assert json.loads(text)["properties"]["b"].keys() == {"allOf", "default"}


def test_a_property_may_have_a_keywords_name() -> None:
    """A field called ``required`` or ``items_`` is a property like any other; defaults are no schemas."""
    model = of(required=(int, 1), prefixItems=(dict[str, Any], {"$defs": {"prefixItems": [1]}}))
    for draft, validator in VALIDATORS.items():
        schema = export(model, overlay=True, draft=draft)
        validator.check_schema(schema)
        assert schema["properties"]["prefixItems"]["default"] == {"$defs": {"prefixItems": [1]}}
        assert validator(schema).is_valid({"required": 1, "prefixItems": {}})


def test_a_type_that_only_code_judges() -> None:
    """A type without a JSON Schema is nothing that a schema could refuse."""

    class Strange:
        """No schema."""

    class Settings(ConfigModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        strange: Strange | None = None
        count: int = 0

    judge = Draft202012Validator(export(Settings, overlay=True))
    assert judge.is_valid({"strange": 5})
    assert not judge.is_valid({"count": "x"})


def test_a_model_that_is_not_complete() -> None:
    """A model that refers to a class that is nowhere has no schema, and the diagnostic says so."""
    model = of(a=ForwardRef("Nowhere"))
    with pytest.raises(TypedflowError) as caught:
        export(model)
    assert [item.message[:30] for item in caught.value.diagnostics] == ["Settings has no JSON Schema: `"]


class Step(ConfigModel):
    """An item that merges by its name."""

    name: str
    size: int


def overlays() -> Model:
    """Return a model in which everything merges otherwise."""
    return of(
        steps=Annotated[list[Step], Merge.by_key("name")],
        plain=list[Step],
        whole=Annotated[Step, Merge.replace],
        table=dict[str, Step],
        optimizer=Annotated[Adam | Sgd, Field(discriminator="kind")],
        longer=Annotated[list[int], Field(min_length=2), Merge.append],
        node=Node,
    )


PARTIAL = [
    {},
    {"steps": [{"name": "a"}]},
    {"plain": [{"name": "a", "size": 1}]},
    {"table": {"a": {"size": 1}}},
    {"optimizer": {"beta": 1}},
    {"optimizer": {"kind": "sgd"}},
    {"longer": [1]},
    {"node": {"below": {"below": {}}}},
    {"$merge": {"delete": ["optimizer.beta", "table.any-key.size", 'table."a.b"'], "append": ["plain"]}},
    {"$merge": {"replace": ["node.below.below.below.below"], "union": ["node.below.below.children"]}},
]
REFUSED = [
    {"steps": [{"size": 1}]},
    {"plain": [{"name": "a"}]},
    {"whole": {"name": "a"}},
    {"table": {"a": {"other": 1}}},
    {"optimizer": {"kind": "sgd", "beta": 1}},
    {"node": {"children": [{}]}},
    {"node": None},
    {"$merge": {"remove": ["plain"]}},
    {"$merge": {"delete": ["nothing"]}},
    {"$merge": {"delete": ["table.a.other"]}},
    {"$merge": {"append": ["optimizer"]}},
    {"$merge": {"delete": "plain"}},
    {"node": {"$merge": {}}},
]


@pytest.mark.parametrize("draft", VALIDATORS)
def test_what_an_overlay_may_leave_out(draft: Draft) -> None:
    """What merges may be partial at any depth, what replaces may not; directives name paths that there are."""
    judge = VALIDATORS[draft](export(overlays(), overlay=True, draft=draft))
    assert [document for document in PARTIAL if not judge.is_valid(document)] == []
    assert [document for document in REFUSED if judge.is_valid(document)] == []


class Priority(enum.IntEnum):
    """Numbers, which are texts where they are keys."""

    LOW = 1
    HIGH = 2


def test_an_enum_of_numbers_as_key() -> None:
    """A key is a text in every format, also that of a number."""
    model = create_model("Queues", waits=(dict[Priority, int], ...), most=(Priority, Priority.LOW))
    judge = Draft202012Validator(export(model))
    assert judge.is_valid({"waits": {"1": 3}, "most": 2})
    assert not judge.is_valid({"waits": {"3": 3}})
    numbered = Draft202012Validator(export(create_model("Labels", labels=(dict[PositiveInt, str], ...))))
    for each, text in ((judge, "waits: {1: 3, 0x2: 4}\nmost: 1\n"), (numbered, "labels: {1: a, 007: b}\n")):
        assert each.is_valid(parse(Source("a.yaml", text, "yaml")))
