"""Items of lists are the same as their class reads them: by a configuration of its own, or that of the class around."""

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any

import pydantic.dataclasses
import pytest
from pydantic import BaseModel, ConfigDict, RootModel
from typing_extensions import TypedDict

from typedflow.layers import Merge
from typedflow.values import Diagnostic

Words = Annotated[list[str], Merge.union]


class Lowering(BaseModel):
    """A class whose configuration says how texts are read."""

    model_config = ConfigDict(str_to_lower=True)


class Inner(BaseModel):
    """A model has a configuration of its own, though it is empty."""

    xs: Words = []


@pydantic.dataclasses.dataclass
class OwnDataclass:
    """So has a dataclass of Pydantic's."""

    xs: Words


@dataclasses.dataclass
class PlainDataclass:
    """This one has that of the class around it."""

    xs: Words


class Dictionary(TypedDict):
    """So has this."""

    xs: Words


class Root(RootModel[Words]):
    """A model."""


class LoweringRoot(RootModel[Words]):
    """A model that says how texts are read."""

    model_config = ConfigDict(str_to_lower=True)


class InDictionaries(BaseModel):
    """A type that another class has, too."""

    xs: dict[str, Words] = {}


class LoweringDictionaries(Lowering):
    """The same type, read in another way."""

    xs: dict[str, Words] = {}


class Outer(Lowering):
    """A model with all of them."""

    inner: Inner = Inner()
    own: OwnDataclass = OwnDataclass(xs=[])
    plain: PlainDataclass = PlainDataclass(xs=[])
    typed: Dictionary = {"xs": []}
    root: Root | None = None
    here: Words = []
    lowering: LoweringDictionaries = LoweringDictionaries()
    others: InDictionaries = InDictionaries()


class Around(BaseModel):
    """A model that reads texts as they are, with one that does not."""

    root: LoweringRoot = LoweringRoot([])
    others: InDictionaries = InDictionaries()
    lowering: LoweringDictionaries = LoweringDictionaries()


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (Outer, "inner: {{xs: [{}]}}", ["A", "a"]),
        (Outer, "own: {{xs: [{}]}}", ["A", "a"]),
        (Outer, "root: [{}]", ["A", "a"]),
        (Outer, "others: {{xs: {{k: [{}]}}}}", ["A", "a"]),
        (Around, "others: {{xs: {{k: [{}]}}}}", ["A", "a"]),
        (Outer, "plain: {{xs: [{}]}}", ["a"]),
        (Outer, "typed: {{xs: [{}]}}", ["a"]),
        (Outer, "here: [{}]", ["a"]),
        (Outer, "lowering: {{xs: {{k: [{}]}}}}", ["a"]),
        (Around, "root: [{}]", ["a"]),
        (Around, "lowering: {{xs: {{k: [{}]}}}}", ["a"]),
    ],
)
def test_a_union_compares_items_as_their_class_reads_them(
    read: Callable[..., Any], model: type[BaseModel], text: str, expected: list[str]
) -> None:
    """No item is dropped, or there twice, because of what another class does with texts."""
    value = read(model, text.format("A"), text.format("a")).model_dump(mode="json")
    for key in text.replace("{", "").replace(":", "").split("[")[0].split():
        value = value[key]
    assert value == expected


@dataclasses.dataclass
class Named:
    """An item that has the configuration of the class around the list."""

    name: str
    values: tuple[int, ...] = ()


class OwnNamed(BaseModel):
    """An item that has its own."""

    name: str
    values: tuple[int, ...] = ()


class Lists(Lowering):
    """Lists whose items have names."""

    plain: Annotated[list[Named], Merge.by_key("name")] = []
    own: Annotated[list[OwnNamed], Merge.by_key("name")] = []
    whole: Annotated[list[Named], Merge.union] = []
    mixed: Annotated[list[OwnNamed | Named], Merge.by_key("name")] = []


@pytest.mark.parametrize(
    ("field", "expected"), [("plain", ["a"]), ("own", ["A", "a"]), ("whole", ["a"]), ("mixed", ["A", "a"])]
)
def test_so_are_names_of_items(read: Callable[..., Any], field: str, expected: list[str]) -> None:
    """Where the classes of a list's items differ, no two texts are one."""
    config = read(Lists, f"{field}: [{{name: A}}]", f"{field}: [{{name: a}}]")
    assert [item.name for item in getattr(config, field)] == expected


@dataclasses.dataclass
class Defaulted:
    """A dictionary with a default that another configuration reads as something else."""

    xs: dict[str, str] = dataclasses.field(default_factory=lambda: {"x": "A"})


class AroundDefaulted(Lowering):
    """The class around it, whose configuration it has."""

    part: Defaulted = Defaulted()


def test_a_default_is_read_as_its_class_reads_it(
    read: Callable[..., Any], problems: Callable[..., list[Diagnostic]]
) -> None:
    """One that would be another value is not laid under what a file sets."""
    assert read(AroundDefaulted).part.xs == {"x": "A"}
    found = problems(AroundDefaulted, "part: {xs: {y: b}}")
    assert {problem.rule.name for problem in found} == {"unmergeable-default"}
