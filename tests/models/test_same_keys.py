"""Keys that differ in files, and that a dictionary reads as one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, AliasPath, ConfigDict, Field, RootModel, StringConstraints, with_config
from typing_extensions import TypedDict

from typedflow import ConfigModel
from typedflow.layers import Layer, Merge, Merged, Rank, layer, merge
from typedflow.models import plan_of, validate
from typedflow.parsing import parse_any
from typedflow.values import Diagnostic, Source, SourceKind, TypedflowError


class Level(IntEnum):
    """Keys that are integers with names."""

    low = 0
    high = 1


class Color(str, Enum):
    """Keys of which other spellings are known."""

    red = "red"

    @classmethod
    def _missing_(cls, value: object) -> Color | None:
        return cls.red if value == "RED" else None


class Opt(ConfigModel):
    """A model below a number."""

    lr: float = 0.1
    name: str = "adam"


class Names(RootModel[dict[int, str]]):
    """A model that is a dictionary."""


class Cat(ConfigModel):
    """A variant with numbers for keys."""

    kind: Literal["cat"]
    names: dict[int, str] = {}


class Dog(ConfigModel):
    """A variant with text for keys."""

    kind: Literal["dog"]
    names: dict[str, str] = {}


class Typed(TypedDict, total=False):
    """A typed dictionary, whose order is its own."""

    first: str
    names: dict[int, str]


@dataclass
class Data:
    """A dataclass with a dictionary."""

    names: dict[int, str]


class Settings(ConfigModel):
    """One field for each way to a dictionary."""

    ints: dict[int, Opt] = {}
    floats: dict[float, str] = {}
    decimals: dict[Decimal, str] = {}
    levels: dict[Level, str] = {}
    flags: dict[bool, str] = {}
    dates: dict[date, str] = {}
    paths: dict[Path, str] = {}
    colors: dict[Color, str] = {}
    lower: dict[Annotated[str, StringConstraints(to_lower=True)], str] = {}
    halves: dict[Annotated[int, AfterValidator(lambda number: number // 2)], str] = {}
    maybe: dict[int, str] | None = None
    root: Names = Names({})
    deep: dict[str, list[dict[int, str]]] = {}
    within: dict[float, dict[int, str]] = {}
    queue: deque[dict[int, str]] = deque()
    animal: Annotated[Cat | Dog, Field(discriminator="kind")] = Cat(kind="cat")
    either: Cat | Dog | None = None
    typed: Typed = {}
    data: Data | None = None
    renamed: dict[int, str] = Field(default={}, alias="reNamed")
    inside: dict[int, str] = Field(default={}, validation_alias=AliasPath("outer", "inside"))
    shifted: Annotated[dict[int, str], AfterValidator(lambda items: {key + 1: items[key] for key in items})] = {}
    appended: Annotated[list[dict[int, str]], Merge.append] = []
    some: Annotated[dict[int, str], AfterValidator(lambda items: {key: items[key] for key in items if key})] = {}
    texts: dict[str, str] = {}
    mixed: dict[int | str, str] = {}
    choice: dict[int, int] | dict[str, str] = {}
    supplied: dict[int, Opt] = {1: Opt(lr=3.0)}


@with_config(ConfigDict(str_to_upper=True))
class Upper(TypedDict):
    """A typed dictionary with texts that have a config."""

    names: dict[str, str]


class Plain(TypedDict, total=False):
    """A typed dictionary without a config: that of the model around it counts."""

    names: dict[str, str]


@dataclass
class PlainData:
    """A dataclass without a config, for which that of the model around it counts, too."""

    names: dict[str, list[dict[str, str]]]


class Exact(ConfigModel):
    """A model has its own config, whatever is around it."""

    names: dict[str, str] = {}


class ExactNames(RootModel[dict[str, str]]):
    """So has a model that is a dictionary."""


class Lower(ConfigModel):
    """Texts whose case counts for nothing, with all that is in them."""

    model_config = ConfigDict(str_to_lower=True)

    names: dict[str, str] = {}
    upper: Upper = {"names": {}}
    plain: Plain = {}
    data: PlainData | None = None
    listed: dict[Literal["a", "A"], str] = {}
    anything: dict[Any, str] = {}
    exact: Exact = Exact()
    root: ExactNames = ExactNames({})
    mixed: dict[int | str, str] = {}


class Stripped(ConfigModel):
    """Texts without space around them, and a model with a config of its own."""

    model_config = ConfigDict(str_strip_whitespace=True)

    names: dict[str, dict[str, str]] = {}
    lower: Lower = Lower()


def resolve(*layers: Layer) -> Settings:
    """Return the model of layers, lowest precedence first."""
    merged: Merged = merge(list(layers), plan_of(Settings))
    return validate(merged, Settings)


def file(text: str, format_name: str = "yaml", name: str = "a") -> Layer:
    """Return the layer of a file."""
    source = Source(f"{name}.{format_name}", text, format_name)
    return layer(source, parse_any(source))


def problem(*layers: Layer) -> Diagnostic:
    """Return the one thing that is wrong with layers."""
    with pytest.raises(TypedflowError) as caught:
        resolve(*layers)
    [found] = caught.value.diagnostics
    return found


SAME = {
    'ints: {1: {lr: 5.0}, "01": {name: x}}': '`ints."01"` is the same key as `ints."1"`: both are read as 1',
    'floats: {1: a, "1.0": b}': '`floats."1.0"` is the same key as `floats."1"`: both are read as 1.0',
    'floats: {"1e1": a, 10: b}': '`floats."10"` is the same key as `floats."1e1"`: both are read as 10.0',
    'decimals: {"1.0": a, "1.00": b}': '`decimals."1.00"` is the same key as `decimals."1.0"`: both are read as 1.00',
    'levels: {1: a, "01": b}': '`levels."01"` is the same key as `levels."1"`: both are read as 1',
    'flags: {1: a, "true": b}': '`flags.true` is the same key as `flags."1"`: both are read as True',
    'dates: {"2024-01-01": a, "1704067200": b}': (
        '`dates."1704067200"` is the same key as `dates."2024-01-01"`: both are read as 2024-01-01'
    ),
    "paths: {a/b: x, a//b: y}": '`paths."a//b"` is the same key as `paths."a/b"`: both are read as a/b',
    "colors: {red: x, RED: y}": "`colors.RED` is the same key as `colors.red`: both are read as red",
    "lower: {a: x, A: y}": "`lower.A` is the same key as `lower.a`: both are read as a",
    "halves: {2: x, 3: y}": '`halves."3"` is the same key as `halves."2"`: both are read as 1',
    'maybe: {1: a, "01": b}': '`maybe."01"` is the same key as `maybe."1"`: both are read as 1',
    'root: {1: a, "01": b}': '`root."01"` is the same key as `root."1"`: both are read as 1',
    'deep: {x: [{}, {1: a, "01": b}]}': '`deep.x[1]."01"` is the same key as `deep.x[1]."1"`: both are read as 1',
    'within: {1: {2: a, "02": b}}': '`within."1"."02"` is the same key as `within."1"."2"`: both are read as 2',
    'queue: [{1: a, "01": b}]': '`queue[0]."01"` is the same key as `queue[0]."1"`: both are read as 1',
    'animal: {kind: cat, names: {1: a, "01": b}}': (
        '`animal.names."01"` is the same key as `animal.names."1"`: both are read as 1'
    ),
    'either: {kind: cat, names: {1: a, "01": b}}': (
        '`either.names."01"` is the same key as `either.names."1"`: both are read as 1'
    ),
    'typed: {names: {1: a, "01": b}, first: x}': (
        '`typed.names."01"` is the same key as `typed.names."1"`: both are read as 1'
    ),
    'data: {names: {1: a, "01": b}}': '`data.names."01"` is the same key as `data.names."1"`: both are read as 1',
    'reNamed: {1: a, "01": b}': '`reNamed."01"` is the same key as `reNamed."1"`: both are read as 1',
    'outer: {inside: {"1": a, "01": b}}': (
        '`outer.inside."01"` is the same key as `outer.inside."1"`: both are read as 1'
    ),
    'shifted: {1: a, "01": b}': '`shifted."01"` is the same key as `shifted."1"`: both are read as 1',
    'choice: {1: 2, "01": 3}': '`choice."01"` is the same key as `choice."1"`: both are read as 1',
}


@pytest.mark.parametrize(("text", "message"), SAME.items(), ids=SAME)
def test_keys_that_are_read_as_one(text: str, message: str) -> None:
    """Pydantic would drop the value of the first one."""
    found = problem(file(text))
    assert (found.rule.name, found.message, found.hint) == ("duplicate-key", message, "keep one of the two")


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ('texts: {"1": a, "01": b}', "texts", {"1": "a", "01": "b"}),
        ('mixed: {"1": a, "01": b}', "mixed", {"1": "a", "01": "b"}),
        ('choice: {"1": a, "01": b}', "choice", {"1": "a", "01": "b"}),
        ("some: {0: a, 1: b}", "some", {1: "b"}),
        ('animal: {kind: dog, names: {"1": a, "01": b}}', "animal", Dog(kind="dog", names={"1": "a", "01": "b"})),
        ('floats: {"nan": a, 1: b}\nints: {1: {}, 2: {}}', "ints", {1: Opt(), 2: Opt()}),
    ],
)
def test_keys_that_stay_apart(text: str, field: str, expected: Any) -> None:
    """Text is text, and what the model's own code leaves out is its own affair."""
    assert getattr(resolve(file(text)), field) == expected


def stripped(text: str) -> Stripped:
    """Return the model of a file."""
    return validate(merge([file(text)], plan_of(Stripped)), Stripped)


SAME_TEXTS = {
    'names: {" a": {}, a: {}}': '`names.a` is the same key as `names." a"`: both are read as a',
    'names: {x: {"a": x, "a ": y}}': '`names.x."a "` is the same key as `names.x.a`: both are read as a',
    "lower: {names: {a: x, A: y}}": "`lower.names.A` is the same key as `lower.names.a`: both are read as a",
    "lower: {upper: {names: {a: x, A: y}}}": (
        "`lower.upper.names.A` is the same key as `lower.upper.names.a`: both are read as A"
    ),
    "lower: {plain: {names: {a: x, A: y}}}": (
        "`lower.plain.names.A` is the same key as `lower.plain.names.a`: both are read as a"
    ),
    "lower: {data: {names: {x: [{a: x, A: y}]}}}": (
        "`lower.data.names.x[0].A` is the same key as `lower.data.names.x[0].a`: both are read as a"
    ),
    "lower: {mixed: {a: x, A: y}}": "`lower.mixed.A` is the same key as `lower.mixed.a`: both are read as a",
}


@pytest.mark.parametrize(("text", "message"), SAME_TEXTS.items(), ids=SAME_TEXTS)
def test_texts_that_a_class_reads_as_one(text: str, message: str) -> None:
    """A class may have Pydantic change texts, and keys are texts, too."""
    with pytest.raises(TypedflowError) as caught:
        stripped(text)
    [found] = caught.value.diagnostics
    assert (found.rule.name, found.message, found.hint) == ("duplicate-key", message, "keep one of the two")


@pytest.mark.parametrize(
    "text",
    [
        "lower: {exact: {names: {a: x, A: y}}}",
        "lower: {root: {a: x, A: y}}",
        "lower: {listed: {a: x, A: y}}",
        "lower: {anything: {a: x, A: y}}",
        'lower: {names: {a: x, " a": y}}',
        "names: {a: {}, A: {}}",
    ],
)
def test_texts_that_no_class_changes(text: str) -> None:
    """A model's config is not for the models in it, and not for keys that are listed or of any type."""
    assert stripped(text).model_dump(exclude_unset=True) == parse_any(Source("a.yaml", text, "yaml"))


def places(found: Diagnostic) -> tuple[str, list[tuple[str, str]], str]:
    """Return where a finding is, what else it shows, and its hint."""
    return str(found.location), [(each.role, str(each.location)) for each in found.related], found.hint


def test_both_places_are_told() -> None:
    """In one file, in two, and for a variable: the later key, and where the earlier one is."""
    toml = "[ints.1]\nlr = 5.0\n[ints.01]\nname = 'x'\n"
    base = file("ints: {1: {lr: 5}}", name="base")
    same = 'write `ints."1"` here, too, to merge the two'
    assert places(problem(file(toml, "toml"))) == (
        "a.toml:3:7",
        [("first set at", "a.toml:1:7")],
        "keep one of the two",
    )
    found = problem(base, file('ints: {"01": {name: x}}', name="local"))
    assert places(found) == ("local.yaml:1:8", [("first set at", "base.yaml:1:8")], same)
    variable = Source("TYPEDFLOW__INTS__01__NAME", "x", None, SourceKind.VARIABLE)
    found = problem(base, layer(variable, {"ints": {"01": {"name": "x"}}}, Rank.VARIABLE))
    assert places(found) == (
        "TYPEDFLOW__INTS__01__NAME",
        [("first set at", "base.yaml:1:8")],
        'name the variable after `ints."1"` to merge its value there',
    )


def test_keys_of_a_default_count_too() -> None:
    """A file's other spelling would drop what the default has there."""
    where, [(role, declared)], hint = places(problem(file('supplied: {"01": {name: x}}')))
    assert (where, role, hint) == ("a.yaml:1:12", "declared at", 'write `supplied."1"` here, too, to merge the two')
    assert Path(declared.split(":")[0]).name == Path(__file__).name
    both = problem(file('supplied: {1: {name: x}, "01": {name: y}}'))
    assert places(both) == ("a.yaml:1:26", [("first set at", "a.yaml:1:12")], "keep one of the two")
    assert resolve(file("supplied: {1: {name: x}}")).supplied == {1: Opt(lr=3.0, name="x")}


def test_each_key_too_many_is_told() -> None:
    """Three keys for one number are two findings, beside those of keys that are integers and should be text."""
    with pytest.raises(TypedflowError) as caught:
        resolve(file('ints: {1: {}, "01": {}, "001": {}}\ntexts: {1: a}\n'))
    assert [(each.rule.code, str(each.location)) for each in caught.value.diagnostics] == [
        ("TF109", "a.yaml:2:9"),
        ("TF102", "a.yaml:1:15"),
        ("TF102", "a.yaml:1:25"),
    ]


def test_items_of_appended_lists_have_their_own_places() -> None:
    """The place is that in the file which has the item."""
    found = problem(file("appended: [{1: a}]", name="base"), file('appended: [{1: a, "01": b}]', name="local"))
    assert found.message == '`appended[1]."01"` is the same key as `appended[1]."1"`: both are read as 1'
    assert places(found)[:2] == ("local.yaml:1:19", [("first set at", "local.yaml:1:13")])


class Counted(dict[Any, Any]):
    """A dictionary that counts how often it is looked at."""

    looks = 0

    def __len__(self) -> int:
        """Count, and go on as usual."""
        self.looks += 1
        return super().__len__()

    def items(self) -> Any:
        """Count, and go on as usual."""
        self.looks += 1
        return super().items()


class Counting(ConfigModel):
    """Dictionaries that count, of texts beside and below them."""

    texts: Annotated[dict[str, dict[str, str]], AfterValidator(Counted)] = {}
    listed: Annotated[dict[Literal["a", "b"], Opt], AfterValidator(Counted)] = {}


class CountingNumbers(Counting):
    """The same beside numbers, and numbers that lead nowhere."""

    ints: Annotated[dict[int, Opt], AfterValidator(Counted)] = {}


@pytest.mark.parametrize(("model", "most"), [(Counting, 0), (CountingNumbers, 4)])
def test_dictionaries_of_texts_cost_nothing(model: type[Counting], most: int) -> None:
    """They are not looked at, not even beside numbers; dictionaries of numbers are looked through once."""
    ints = "".join(f'  "{number}": {{}}\n' for number in range(50)) if most else ""
    layers = [file(f"texts: {{a: {{b: c}}}}\nlisted: {{a: {{}}}}\n{'ints:' if most else ''}\n{ints}")]
    config = validate(merge(layers, plan_of(model)), model)
    looks = {name: value.looks for name, value in vars(config).items() if isinstance(value, Counted)}
    assert (looks.pop("texts"), looks.pop("listed")) == (0, 0)
    assert all(0 < each <= most for each in looks.values())
    assert len(looks) == bool(most)
