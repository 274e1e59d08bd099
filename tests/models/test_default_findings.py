"""What is found in a tree that lies on defaults: integer keys, misspelt keys, members of unions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, Field, model_validator

from tests.models.defaulted import Opt
from typedflow import ConfigModel
from typedflow.layers import Merge, Merged, layer, merge, provenance
from typedflow.models import plan_of, validate
from typedflow.parsing import parse_any
from typedflow.values import Diagnostic, Fix, Source, SourceKind, TypedflowError

Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Labels(ConfigModel):
    """A model with a dictionary whose keys are numbers."""

    model_config = ConfigDict(populate_by_name=True)

    by_number: dict[int, str] = Field(default={}, alias="byNumber")
    note: str = ""


class Rows(ConfigModel):
    """An item of a list."""

    name: str
    labels: dict[int, str] = {5: "own"}
    texts: dict[str, str] = {}


class Numbers(ConfigModel):
    """Defaults with numbers for keys, and with texts that look like them."""

    numbered: dict[int, str] = {0: "a"}
    models: dict[int, Opt] = {0: Opt(name="zero", lr=0.5), 1: Opt(name="one")}
    labels: Labels = Labels(byNumber={0: "a", 2: "c"}, note="x")
    texts: dict[str, str] = {"0": "a"}
    rows: Annotated[list[Rows], Merge.by_key("name")] = [Rows(name="i", labels={1: "i"})]
    added: Annotated[list[dict[int, str]], Merge.append] = [{0: "a"}]


def _merged(*texts: str) -> Merged:
    sources = [Source(f"{index}.yaml", text, "yaml") for index, text in enumerate(texts)]
    return merge([layer(source, parse_any(source)) for source in sources], plan_of(Numbers))


@pytest.mark.parametrize(
    ("field", "texts", "expected"),
    [
        ("numbered", ["numbered: {0: b, 1: c}"], {0: "b", 1: "c"}),
        ("numbered", ["numbered: {1: c}"], {0: "a", 1: "c"}),
        ("numbered", ["numbered: {'0': b}"], {0: "b"}),
        ("numbered", ["numbered: {1: c}", "numbered: {0: b}"], {0: "b", 1: "c"}),
        ("added", ["added: [{0: b}]"], [{0: "a"}, {0: "b"}]),
    ],
)
def test_integer_keys_meet_those_of_a_default(field: str, texts: list[str], expected: Any) -> None:
    """A key is the same whether the default or a file has it."""
    assert getattr(validate(_merged(*texts), Numbers), field) == expected


def test_integer_keys_below_a_default() -> None:
    """A model below a number, a dictionary below an alias, and one in an item of a list."""
    rows = "rows: [{name: j, labels: {6: j}}, {name: i, labels: {2: j}}]"
    config = validate(_merged(f"models: {{0: {{lr: 1}}}}\nlabels: {{by_number: {{0: b}}}}\n{rows}"), Numbers)
    assert (config.models[0].name, config.models[0].lr, config.models[1].name) == ("zero", 1.0, "one")
    assert config.labels.model_dump() == {"by_number": {0: "b", 2: "c"}, "note": "x"}
    assert [row.labels for row in config.rows] == [{1: "i", 2: "j"}, {5: "own", 6: "j"}]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("texts: {0: b}", "0.yaml:1:9"),
        ("texts: {1: b}", "0.yaml:1:9"),
        ("rows:\n- {name: j}\n- {name: i, texts: {0: b}}", "0.yaml:3:21"),
    ],
)
def test_an_integer_key_where_keys_are_texts(text: str, place: str) -> None:
    """It is found at its place, though a default stands beside it, under it, or moves the item."""
    with pytest.raises(TypedflowError) as caught:
        validate(_merged(text), Numbers)
    (problem,) = caught.value.diagnostics
    assert (problem.rule.name, str(problem.location)) == ("key-not-a-string", place)


class Aliased(ConfigModel):
    """A class with a key that is close to another word."""

    model_config = ConfigDict(populate_by_name=True)

    name: str
    learning_rate: float = Field(default=0.1, alias="learningRate")
    steps: int = 1


class Left(ConfigModel):
    """A member of a union without a tag."""

    both: int
    left: int = 2


class Right(ConfigModel):
    """Another."""

    both: int
    right: int = 2


class Config(ConfigModel):
    """Defaults that lie under what is misspelt."""

    opt: Aliased = Aliased(name="x", learningRate=0.5)
    either: Left | Right = Right(both=1, right=5)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("opt: {learningRatee: .7}", Fix(("opt", "learningRatee"), "learningRate", "ratee", "rate")),
        ("opt: {stepss: 3}", Fix(("opt", "stepss"), "steps", "stepss", "steps")),
    ],
)
def test_a_misspelt_key_above_a_default_is_mended(problems: Problems, text: str, fix: Fix) -> None:
    """The fix is tried on the same default."""
    (problem,) = problems(Config, text)
    assert (problem.rule.name, problem.fix) == ("unknown-key", fix)


def test_a_misspelt_key_in_a_union(read: Read, problems: Problems) -> None:
    """A key of no member: no default, and the member that fits best is blamed."""
    found = problems(Config, "either: {both: 1, rigth: 3}")
    assert [(item.rule.name, item.path) for item in found] == [("unknown-key", ("either", "rigth"))]
    assert read(Config, "either: {right: 3}").either == Right(both=1, right=3)


def test_a_wrong_value_that_shadows_a_default(problems: Problems) -> None:
    """The finding is at the file, and names the default that it shadows."""
    (problem,) = problems(Config, "opt: {steps: many, learning_rate: 1}")
    assert (problem.rule.name, str(problem.location)) == ("invalid-value", "low.yaml:1:14")
    (problem,) = problems(Config, "opt: {learning_rate: many}")
    assert [item.location.name for item in problem.related if item.role == "shadows"] == [__file__]


class Checked(ConfigModel):
    """A model that refuses all of its instances, save its default."""

    table: dict[str, int] = {"a": 1}

    @model_validator(mode="after")
    def _refuse(self) -> Checked:
        if "b" in self.table or self.table == {"a": 1}:
            raise ValueError("no")
        return self


class Around(ConfigModel):
    """A model around it."""

    checked: Checked = Checked.model_construct(table={"a": 1, "c": 2})


@pytest.mark.parametrize(
    "text", ["checked: {table: {b: 1}}", "checked: {table: {}}\n$merge: {delete: [checked.table.c]}"]
)
def test_a_mapping_of_which_defaults_are_a_part(problems: Problems, text: str) -> None:
    """What is wrong with it is at the file that sets it, even if all of its values are of the default."""
    (problem,) = problems(Around, text)
    assert (problem.path, str(problem.location)) == (("checked",), "low.yaml:1:10")


def test_a_mended_stack_lies_on_the_same_defaults() -> None:
    """Layers that are merged already may be merged again."""
    merged = _merged("labels: {by_number: {0: b}}\nrows: [{name: i, labels: {2: j}}]")
    again = merge(merged.stack, merged.plan)
    assert again.tree == merged.tree
    shown = {path: leaf.origin.source.kind is SourceKind.DEFAULT for path, leaf in provenance(again).leaves.items()}
    assert shown == {
        ("labels", "byNumber", "0"): False,
        ("labels", "byNumber", "2"): True,
        ("labels", "note"): True,
        ("rows", 0, "name"): False,
        ("rows", 0, "labels", "1"): True,
        ("rows", 0, "labels", "2"): False,
    }
