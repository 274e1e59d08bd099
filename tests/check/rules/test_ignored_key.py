"""Keys that a model takes in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.check.rules.ignored_key import find
from typedflow.values import Severity

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeFacts, Show

HEAD = """\
import dataclasses
from typing import Annotated, Any, Literal

from pydantic import (
    AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, field_validator, model_validator
)
from typing_extensions import TypedDict

from typedflow import ConfigModel, Merge


class Inner(BaseModel):
    alpha: int = 1


@dataclasses.dataclass
class Record:
    alpha: int = 1


class Options(TypedDict, total=False):
    alpha: int
    beta: Annotated[int, Field(alias="b")]


class Allowing(BaseModel):
    model_config = ConfigDict(extra="allow")
    alpha: int = 1


class Cat(BaseModel):
    kind: Literal["cat"]
    meow: int = 1


class Dog(BaseModel):
    kind: Literal["dog"]
    bark: int = 1


class Names(RootModel[dict[str, Inner]]):
    pass


class Migrated(BaseModel):
    alpha: int = 1

    @model_validator(mode="before")
    @classmethod
    def _old(cls, data: Any) -> Any:
        return {"alpha": data["old"]} if "old" in data else data


class Built(BaseModel):
    def __init__(self, **data: Any) -> None:
        super().__init__(**{key.lower(): value for key, value in data.items()})

    alpha: int = 1


class Checked(BaseModel):
    alpha: int = 1

    @model_validator(mode="after")
    def _check(self) -> "Checked":
        return self


def _first(data: Any) -> Any:
    return data.get("first", data)


class Settings({base}):
    {body}
"""

#: The body of the settings' model, a file, and the key paths in it that have no effect.
CASES = {
    "at the top": ("alpha: int = 1", "{alpha: 1, alhpa: 2}", ["alhpa"]),
    "in a model": ("a: Inner = Inner()", "{a: {alpha: 1, other: 2}}", ["a.other"]),
    "in an optional model": ("a: Inner | None = None", "{a: {other: 2}}", ["a.other"]),
    "in a list": ("a: list[Inner] = []", "{a: [{alpha: 1}, {other: 2}]}", ["a[1].other"]),
    "in a tuple": ("a: tuple[Inner, ...] = ()", "{a: [{other: 2}]}", ["a[0].other"]),
    "in a dict": ("a: dict[str, Inner] = {}", "{a: {x: {other: 2}}}", ["a.x.other"]),
    "in a root model": ("a: Names = Names({})", "{a: {x: {other: 2}}}", ["a.x.other"]),
    "in a dataclass": ("a: Record = Record()", "{a: {other: 2}}", ["a.other"]),
    "in a typed dictionary": ("a: Options = {}", "{a: {alpha: 1, other: 2}}", ["a.other"]),
    "in a typed dictionary with aliases": ("a: Options = {}", "{a: {alpha: 1, b: 2}}", []),
    "by its tag": (
        'a: Annotated[Cat | Dog, Field(discriminator="kind")] = Cat(kind="cat")',
        "{a: {kind: dog, bark: 1, meow: 2}}",
        ["a.meow"],
    ),
    "in a union": ("a: Cat | Dog | None = None", "{a: {kind: cat, meow: 1, bark: 2}}", ["a.bark"]),
    "what is kept and looks misspelt": ("a: Allowing = Allowing()", "{a: {alhpa: 2}}", ["a.alhpa"]),
    "after a check of the model's": ("a: Checked = Checked()", "{a: {other: 2}}", ["a.other"]),
    "beside aliases": (
        'a: int = Field(1, alias="the-a")\n    b: int = Field(1, validation_alias=AliasChoices("b1", "b2"))',
        "{the-a: 1, b2: 2, a: 3}",
        ["a"],
    ),
    "a whole mapping": ("alpha: int = 1", "{other: {deep: 1}}", ["other"]),
    "nothing": ("a: Inner = Inner()", "{a: {alpha: 2}}", []),
    "what is kept": ("a: Allowing = Allowing()", "{a: {anything: 2}}", []),
    "in a dict of anything": ("a: dict[str, Any] = {}", "{a: {x: {y: 1}}}", []),
    "what is of no type": ("a: Any = None", "{a: {x: {y: 1}}}", []),
    "what a validator of the model reads": ("a: Migrated = Migrated()", "{a: {old: 2}}", []),
    "what a constructor reads": ("a: Built = Built()", "{a: {ALPHA: 2}}", []),
    "what a validator of a field reads": (
        "a: Annotated[Inner, BeforeValidator(_first)] = Inner()",
        "{a: {first: {alpha: 1}}}",
        [],
    ),
    "what a method reads first": (
        "a: Inner = Inner()\n    _before = field_validator('a', mode='before')(_first)",
        "{a: {first: {alpha: 1}}}",
        [],
    ),
    "what a path of an alias reads": (
        'a: Inner = Field(Inner(), validation_alias=AliasPath("x", "y"))',
        "{x: {y: {alpha: 2}}}",
        [],
    ),
    "by name or alias": (
        'model_config = ConfigDict(populate_by_name=True)\n    a: int = Field(1, alias="the-a")',
        "{a: 3}",
        [],
    ),
}


def _model(body: str, base: str = "BaseModel") -> str:
    return HEAD.replace("{base}", base).replace("{body}", body)


@pytest.mark.parametrize(("body", "text", "expected"), CASES.values(), ids=CASES)
def test_what_no_field_takes(make_facts: MakeFacts, body: str, text: str, expected: list[str]) -> None:
    """A key without a field is found at any depth; what code of the model's reads first is let pass."""
    facts = make_facts({"settings.py": _model(body), "yaml": text, "configuration.EXP_01.yaml": ""})
    assert len(facts.cases) == 1
    assert [item.message.split("`")[1] for item in find(facts)] == expected


def test_the_finding(make_facts: MakeFacts, show: Show) -> None:
    """It is a warning at the key, with what was probably meant and where the class is."""
    files = {"yaml": "a:\n  alhpa: 2\n", "configuration.EXP_01.yaml": ""}
    [found] = find(make_facts({"settings.py": _model("a: Inner = Inner()"), **files}))
    assert (found.rule.code, show(found), found.severity) == ("TF307", "yaml:2:3", Severity.WARNING)
    assert found.message == "`a.alhpa` has no effect: it is not a field of Inner, which ignores it"
    assert (found.label, found.hint) == ("did you mean `alpha`?", "")
    assert [item.detail for item in found.related] == ["(class Inner)"]


def test_without_a_similar_field_all_are_listed(make_facts: MakeFacts) -> None:
    """Where nothing is similar, the hint lists what there is."""
    files = {"yaml": "a: {zzz: 2}\n", "configuration.EXP_01.yaml": ""}
    [found] = find(make_facts({"settings.py": _model("a: Inner = Inner()"), **files}))
    assert (found.label, found.hint) == ("", "Inner has `alpha`")


def test_each_file_is_found_once(make_facts: MakeFacts, show: Show) -> None:
    """A key of the global file is one finding, however many bindings have it; each file that sets it is one."""
    files = {
        "yaml": "other: 1\n",
        "configuration.EXP_01.yaml": "other: 2\n",
        "configuration.EXP_02.yaml": "alpha: 2\n",
        "configuration.EXP_03.yaml": "alpha: 3\n",
    }
    found = find(make_facts({"settings.py": _model("alpha: int = 1"), **files}))
    assert [show(item) for item in found] == ["yaml:1:1", "configuration.EXP_01.yaml:1:1"]


def test_an_item_of_a_list_that_was_put_together(make_facts: MakeFacts, show: Show) -> None:
    """The place of an appended item is in its own file."""
    files = {"yaml": "a: [{alpha: 1}]\n", "configuration.EXP_01.yaml": "a: [{alpha: 2}, {other: 3}]\n"}
    body = "a: Annotated[list[Inner], Merge.append] = []"
    [found] = find(make_facts({"settings.py": _model(body), **files}))
    assert (show(found), found.message.split("`")[1]) == ("configuration.EXP_01.yaml:1:18", "a[2].other")


def test_a_model_that_forbids_has_none(make_facts: MakeFacts) -> None:
    """Where every class forbids other keys there is nothing to look for."""
    files = {"yaml": "alpha: 1\n", "configuration.EXP_01.yaml": ""}
    assert list(find(make_facts({"settings.py": _model("alpha: int = 1", "ConfigModel"), **files}))) == []
