"""From a model to its merge plan: every kind of annotation."""

# ruff: noqa: UP007, UP045 # annotations in every form that people write

import dataclasses
import datetime
import decimal
import enum
import pathlib
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Generic, Literal, NewType, Optional, TypedDict, TypeVar, Union

import pydantic.dataclasses
import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Discriminator, Field, JsonValue, RootModel
from typing_extensions import NotRequired, TypeAliasType
from typing_extensions import TypedDict as ExtendedTypedDict

from typedflow.layers import Merge, Plan
from typedflow.models import ConfigModel, plan_of

T = TypeVar("T")
Read = Callable[..., Any]


class Color(enum.Enum):
    """Text values."""

    RED = "red"


class Level(enum.IntEnum):
    """Numbers."""

    LOW = 1


class Mixed(enum.Enum):
    """Both."""

    A = "a"
    B = 1


class Leaf(ConfigModel):
    """A model to stand in others."""

    tags: Annotated[list[str], Merge.append] = []
    name: str = ""


class Box(ConfigModel, Generic[T]):
    """A generic model."""

    content: T
    tags: Annotated[list[str], Merge.union] = []


@dataclasses.dataclass
class Data:
    """A standard dataclass."""

    tags: Annotated[list[str], Merge.append]


@pydantic.dataclasses.dataclass
class PydanticData:
    """Pydantic's dataclass."""

    tags: Annotated[list[str], Merge.append] = Field(alias="data-tags")


class Typed(ExtendedTypedDict):
    """A typed dictionary."""

    tags: Annotated[list[str], Merge.append]
    name: NotRequired[str]


class Tags(RootModel[Annotated[list[str], Merge.append]]):
    """A list with a name."""


class Named(RootModel[dict[str, Leaf]]):
    """A dict with a name."""


class Text(RootModel[str]):
    """A text with a name."""


class Maybe(RootModel[Optional[Leaf]]):
    """A model or nothing."""


UserId = NewType("UserId", str)
TagsAlias = TypeAliasType("TagsAlias", Annotated[list[str], Merge.append])
GenericAlias = TypeAliasType("GenericAlias", dict[str, T], type_params=(T,))

RULES = {
    "none": (list[str], None),
    "annotated": (Annotated[list[str], Merge.append], Merge.append),
    "below other metadata": (Annotated[Annotated[list[str], Merge.union], Field(min_length=0)], Merge.union),
    "above other metadata": (Annotated[Annotated[list[str], Field(min_length=0)], Merge.union], Merge.union),
    "the outer one of two": (Annotated[Annotated[list[str], Merge.union], Merge.append], Merge.append),
    "within Optional": (Optional[Annotated[list[str], Merge.append]], Merge.append),
    "around Optional": (Annotated[list[str] | None, Merge.append], Merge.append),
    "in an alias": (TagsAlias, Merge.append),
    "in an alias in Optional": (Optional[TagsAlias], Merge.append),
    "on a model": (Annotated[Leaf, Merge.replace], Merge.replace),
    "on a dict": (Annotated[dict[str, int], Merge.replace], Merge.replace),
    "in a root model": (Tags, Merge.append),
    "by key": (Annotated[list[Leaf], Merge.by_key("name")], Merge.by_key("name")),
}

#: Types of which `x` is a place that holds a list of tags which appends (below the keys that are given).
REACHED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "a model": (Leaf, ("tags",)),
    "an optional model": (Optional[Leaf], ("tags",)),
    "an annotated model": (Annotated[Leaf, Field(description="x")], ("tags",)),
    "a dict of models": (dict[str, Leaf], ("any", "tags")),
    "a mapping of models": (Mapping[str, Leaf], ("any", "tags")),
    "an optional dict of optional models": (Optional[dict[str, Optional[Leaf]]], ("any", "tags")),
    "dicts in dicts": (dict[str, dict[str, Leaf]], ("any", "any", "tags")),
    "a dict of lists": (dict[str, Annotated[list[str], Merge.append]], ("any",)),
    "a dataclass": (Data, ("tags",)),
    "pydantic's dataclass": (PydanticData, ("data-tags",)),
    "a TypedDict": (Typed, ("tags",)),
    "a root model of a dict": (Named, ("any", "tags")),
    "an optional root model": (Optional[Named], ("any", "tags")),
    "a root model of an optional": (Maybe, ("tags",)),
    "a generic alias": (GenericAlias[Leaf], ("any", "tags")),
    "a generic model's content": (Box[Leaf], ("content", "tags")),
    "a model or text": (Union[str, Leaf], ("tags",)),
}

ITEMS: dict[str, Any] = {
    "a list": list[Leaf],
    "a sequence": Sequence[Leaf],
    "an optional list": Optional[list[Leaf]],
    "a variadic tuple": tuple[Leaf, ...],
    "a root model": RootModel[list[Leaf]],
    "a list or a text": Union[str, list[Leaf]],
}

TEXT = {
    "str": (str, True),
    "optional str": (Optional[str], True),
    "annotated str": (Annotated[str, Field(min_length=1)], True),
    "bytes": (bytes, True),
    "a path": (pathlib.Path, True),
    "a date": (datetime.date, True),
    "a datetime": (datetime.datetime, True),
    "a decimal": (decimal.Decimal, True),
    "a UUID": (uuid.UUID, True),
    "a NewType": (UserId, True),
    "a root model": (Text, True),
    "literals": (Literal["a", "b"], True),
    "an enum": (Color, True),
    "str or path": (Union[str, pathlib.Path], True),
    "a literal number": (Literal["a", 1], False),
    "an enum of numbers": (Level, False),
    "a mixed enum": (Mixed, False),
    "a number": (float, False),
    "a boolean": (bool, False),
    "str or int": (Union[str, int], False),
    "a list of str": (list[str], False),
    "a model": (Leaf, False),
    "Any": (Any, False),
}

BOTH = {
    "a model": (Leaf, False, False),
    "an optional model": (Optional[Leaf], True, True),
    "a dict": (dict[str, int], False, False),
    "an optional dict": (Optional[dict[str, int]], True, True),
    "a model or text": (Union[Leaf, str], True, False),
    "two models": (Union[Leaf, Typed], False, False),
    "a scalar": (int, False, False),
    "an optional scalar": (Optional[int], False, True),
    "a root model of an optional": (Maybe, True, True),
    "an optional TypedDict": (Optional[Typed], True, True),
}


def _plan(annotation: Any) -> Plan:
    """Return the plan of a field `x` of a type."""
    model = pydantic.create_model("Made", __base__=ConfigModel, x=(annotation, ...))
    return plan_of(model).fields["x"]


@pytest.mark.parametrize(("annotation", "rule"), RULES.values(), ids=RULES)
def test_a_rule_is_found_at_every_level(annotation: Any, rule: Merge | None) -> None:
    """A rule counts wherever it is written in an annotation; the outermost wins."""
    assert _plan(annotation).rule == rule


@pytest.mark.parametrize(("annotation", "keys"), REACHED.values(), ids=REACHED)
def test_rules_are_reached_through_every_mapping(annotation: Any, keys: tuple[str, ...]) -> None:
    """Whatever kind of mapping holds it, a field's rule is in the plan."""
    plan = _plan(annotation)
    for key in keys:
        plan = plan.child(key)
    assert plan.rule == Merge.append


@pytest.mark.parametrize("annotation", ITEMS.values(), ids=ITEMS)
def test_the_items_of_a_list_have_a_plan(annotation: Any) -> None:
    """What merges by key merges its items as their model says."""
    items = _plan(annotation).items
    assert items is not None
    assert items.fields["tags"].rule == Merge.append


@pytest.mark.parametrize(("annotation", "is_text"), TEXT.values(), ids=TEXT)
def test_text_is_told_from_what_could_be_read(annotation: Any, is_text: bool) -> None:  # noqa: FBT001 # a table's column
    """A type that takes nothing but text says so: `007` on a command line stays text."""
    assert _plan(annotation).text is is_text


@pytest.mark.parametrize(("annotation", "mixed", "null"), BOTH.values(), ids=BOTH)
def test_what_may_be_a_mapping_and_something_else(annotation: Any, mixed: bool, null: bool) -> None:  # noqa: FBT001
    """A type that takes mappings and other values says so, and whether it takes null."""
    plan = _plan(annotation)
    assert (plan.mixed, plan.null) == (mixed, null)


def test_keys_are_those_of_files() -> None:
    """A field's plan stands at each key that it is read from, not at its name."""

    class Aliased(ConfigModel):
        plain: str
        one: str = Field(alias="the-one")
        validated: str = Field(validation_alias="in")
        choices: str = Field(validation_alias=AliasChoices("first", "second"))
        deep: str = Field(validation_alias=AliasPath("outer", 0))

    plan = plan_of(Aliased)
    assert sorted(plan.fields) == ["first", "in", "outer", "plain", "second", "the-one"]
    assert plan.child("first").text
    assert not plan.child("outer").text


def test_names_count_where_the_model_says_so() -> None:
    """A model that is populated by name is read from names and aliases."""

    class ByName(ConfigModel):
        model_config = ConfigDict(validate_by_name=True)

        one: Annotated[list[str], Merge.append] = Field([], alias="the-one")

    class Only(ByName):
        model_config = ConfigDict(validate_by_alias=False)

    assert sorted(plan_of(ByName).fields) == ["one", "the-one"]
    assert sorted(plan_of(Only).fields) == ["one"]


def test_a_plan_is_made_once() -> None:
    """The same model gives the same plan: making it costs more than merging."""
    assert plan_of(Leaf) is plan_of(Leaf)


class Tree(ConfigModel):
    """A recursive model."""

    tags: Annotated[list[str], Merge.append] = []
    left: Optional["Tree"] = None
    others: "dict[str, Tree]" = {}
    more: "Annotated[list[Tree], Merge.by_key('name')]" = []


class Forest(RootModel[Any]):
    """A recursive root model."""

    root: "dict[str, Union[Forest, int]]"


class Any3(ConfigModel):
    """Values of any kind."""

    value: JsonValue = None
    anything: Any = None


def test_a_recursive_model_has_a_recursive_plan() -> None:
    """A model within itself merges the same at every depth."""
    plan = plan_of(Tree)
    for key in ("left", "others", "x", "left", "others", "y"):
        plan = plan.child(key)
    assert plan.fields["tags"].rule == Merge.append
    assert plan_of(Forest).child("a").child("b").child("c").mixed
    assert plan_of(Any3).fields["value"].mixed


def test_a_recursive_model_merges(read: Read) -> None:
    """Rules hold in depth."""
    low = "left: {others: {a: {tags: [x], more: [{tags: [y]}]}}}"
    high = "left: {others: {a: {tags: [z]}}}"
    assert read(Tree, low, high).left.others["a"].tags == ["x", "z"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the `type` statement is Python 3.12's")
def test_the_type_statement_is_read() -> None:
    """An alias of the `type` statement is what it names, generic and recursive ones too."""
    names: dict[str, Any] = {"Annotated": Annotated, "Merge": Merge, "Leaf": Leaf}
    code = """
type Tags = Annotated[list[str], Merge.append]
type Table[T] = dict[str, T]
type Deep = dict[str, Deep | None] | list[Deep]
"""
    exec(code, names)  # noqa: S102 # a syntax error in Python 3.10
    assert _plan(names["Tags"]).rule == Merge.append
    assert _plan(names["Table"][Leaf]).child("x").fields["tags"].rule == Merge.append
    assert _plan(names["Deep"]).child("a").child("b").mixed


class Adam(ConfigModel):
    """A variant."""

    kind: Literal["adam", "adamw"]
    lr: float = 0.1
    betas: Annotated[list[float], Merge.append] = []
    note: str = ""


class Sgd(ConfigModel):
    """A variant."""

    kind: Literal["sgd"]
    lr: float = 0.1
    momentum: float = 0.0
    note: int = 0


class Rprop(ConfigModel):
    """A variant with an enum as tag."""

    kind: Literal[Color.RED]


class LionA(ConfigModel):
    """A variant in a union of its own."""

    kind: Literal["lion"]
    size: Literal["a"]
    a: int = 0


class LionB(ConfigModel):
    """Another of that union."""

    kind: Literal["lion"]
    size: Literal["b"]
    b: int = 0


class AliasedTag(ConfigModel):
    """A variant whose tag is read from another key."""

    kind: Literal["x"] = Field(alias="type")


class AliasedTag2(ConfigModel):
    """Another of them."""

    kind: Literal["y"] = Field(alias="type")


Optimizer = Annotated[Union[Adam, Sgd], Field(discriminator="kind")]
Lion = Annotated[Union[LionA, LionB], Field(discriminator="size")]
Nested = Annotated[Union[Adam, Lion], Field(discriminator="kind")]

UNIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "a field": (Optimizer, ()),
    "optional": (Optional[Optimizer], ()),
    "pydantic's Discriminator": (Annotated[Union[Adam, Sgd], Discriminator("kind")], ()),
    "in a dict": (dict[str, Optimizer], ("x",)),
    "a root model": (RootModel[Optimizer], ()),
    "in an alias": (TypeAliasType("Aliased", Optimizer), ()),
    "beside more metadata": (Annotated[Optimizer, Field(description="x"), Merge.append], ()),
}


@pytest.mark.parametrize(("annotation", "keys"), UNIONS.values(), ids=UNIONS)
def test_a_discriminated_union_has_variants(annotation: Any, keys: tuple[str, ...]) -> None:
    """The plan of a discriminated union knows its tag, and the plan of each value of it."""
    plan = _plan(annotation)
    for key in keys:
        plan = plan.child(key)
    assert (plan.tag, sorted(map(str, plan.variants))) == ("kind", ["adam", "adamw", "sgd"])
    assert plan.variant({"kind": "adamw"}).fields["betas"].rule == Merge.append
    assert sorted(plan.variant({"kind": "sgd"}).fields) == ["kind", "lr", "momentum", "note"]
    assert plan.variant({"kind": "none"}) is plan


def test_a_discriminator_on_the_field_is_found() -> None:
    """The discriminator may be an argument of the field's ``Field``."""

    class Model(ConfigModel):
        optimizer: Adam | Sgd = Field(discriminator="kind")

    assert plan_of(Model).fields["optimizer"].tag == "kind"


def test_a_nested_union_has_two_tags() -> None:
    """A variant that is a union itself is chosen by both tags."""
    plan = _plan(Nested)
    assert plan.tags({"kind": "lion", "size": "b"}) == ["kind", "size"]
    assert sorted(plan.variant({"kind": "lion", "size": "b"}).fields) == ["b", "kind", "size"]
    assert sorted(plan.variant({"kind": "adam", "size": "b"}).fields) == ["betas", "kind", "lr", "note"]


def test_a_tag_may_be_an_enums_member() -> None:
    """The tag in a file is the member's value."""
    plan = _plan(Annotated[Union[Adam, Rprop], Field(discriminator="kind")])
    assert list(plan.variant({"kind": "red"}).fields) == ["kind"]


def test_a_tag_may_have_an_alias() -> None:
    """The tag is looked for under the key that files have."""
    plan = _plan(Annotated[Union[AliasedTag, AliasedTag2], Field(discriminator="kind")])
    assert (plan.tag, list(plan.variants)) == ("type", ["x", "y"])


def test_before_the_tag_is_known_a_key_is_what_all_variants_say() -> None:
    """A variable or option for one key of a union is text where each variant that has it says so."""
    plan = _plan(Optimizer)
    assert plan.child("kind").text
    assert not plan.child("lr").text
    assert not plan.child("note").text


def test_a_union_without_tag_has_no_fields() -> None:
    """Where any of several models may be meant, no rule of one of them counts."""
    plan = _plan(Union[Leaf, Adam])
    assert (plan.fields, plan.tag) == ({}, "")


def test_a_plain_model_has_a_plan() -> None:
    """Rules work on models of pydantic alone, and on their dataclasses and dictionaries."""

    class Plain(BaseModel):
        leaf: Leaf
        l: Annotated[list[int], Merge.append] = []  # noqa: E741 # a name as files have them

    assert plan_of(Plain).fields["leaf"].fields["tags"].rule == Merge.append


def test_metadata_may_be_anything() -> None:
    """Metadata that cannot be hashed is no hindrance, in a recursive model neither."""
    assert _plan(Annotated[list[str], {"not": "hashable"}, Merge.append]).rule == Merge.append


def test_a_bare_collection_has_no_items() -> None:
    """A list or dict without arguments says nothing about what is in it."""
    assert _plan(list).items is None
    assert _plan(dict).items is None
    assert not _plan(dict).mixed


def test_standard_typed_dicts_are_read() -> None:
    """The standard library's TypedDict counts where pydantic takes it."""
    if sys.version_info < (3, 12):
        pytest.skip("pydantic wants typing_extensions.TypedDict before Python 3.12")
    standard = TypedDict("standard", {"tags": Annotated[list[str], Merge.append]})  # noqa: UP013 # two spellings
    assert _plan(standard).fields["tags"].rule == Merge.append
