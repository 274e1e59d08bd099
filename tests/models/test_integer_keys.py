"""Keys that YAML has as integers, and what each type of key makes of them."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field, PositiveInt, RootModel

from typedflow import ConfigModel
from typedflow.layers import Merge, layer, merge
from typedflow.models import plan_of, validate
from typedflow.parsing import locate_key, parse_any
from typedflow.values import Diagnostic, Source, Span, TypedflowError


class Level(IntEnum):
    """Keys that are integers with names."""

    low = 0
    high = 1


class Layer(ConfigModel):
    """A model below a number."""

    units: int = 1


class Cat(ConfigModel):
    """A variant with numbers for keys."""

    kind: Literal["cat"]
    names: dict[int, str] = {}


class Dog(ConfigModel):
    """A variant with strings for keys."""

    kind: Literal["dog"]
    names: dict[str, str] = {}


class Names(RootModel[dict[int, str]]):
    """A model that is a dictionary."""


def refuse_odd(number: int) -> int:
    """Return an even number, and refuse others."""
    if number % 2:
        message = f"{number} is odd"
        raise ValueError(message)
    return number


class Settings(ConfigModel):
    """One field for each type of key."""

    numbered: dict[int, str] = {}
    models: dict[int, Layer] = {}
    levels: dict[Level, str] = {}
    positive: dict[PositiveInt, str] = {}
    listed: dict[Literal["a", "b"], str] = {}
    either_key: dict[PositiveInt | Literal["all"], str] = {}
    even: dict[Annotated[int, AfterValidator(refuse_odd)], str] = {}
    floats: dict[float, str] = {}
    root: Names = Names({})
    maybe: dict[int, str] | None = None
    deep: dict[str, dict[int, list[dict[int, str]]]] = {}
    animal: Annotated[Cat | Dog, Field(discriminator="kind")] = Cat(kind="cat")
    either: Cat | Dog | None = None
    appended: Annotated[list[dict[int, str]], Merge.append] = []
    texts: dict[str, str] = {}
    anything: Any = None
    mixed: dict[int | str, str] = {}
    flags: dict[bool, str] = {}
    colors: dict[Literal["green", "yellow"], str] = {}
    choice: dict[int, Any] | dict[Literal["a"], Any] = {}
    shifted: dict[Annotated[int, AfterValidator(lambda number: number + 1)], str] = {}
    paths: dict[Path, str] = {}
    bare: typing.Dict = {}  # type: ignore[type-arg]  # noqa: UP006 # Pydantic takes it, and it has no type of keys
    notes: Annotated[list[dict[str, str]], Merge.append] = []


def resolve(*texts: str) -> Settings:
    """Return the model of files, lowest precedence first."""
    sources = [Source(f"{index}.yaml", text, "yaml") for index, text in enumerate(texts)]
    return validate(merge([layer(source, parse_any(source)) for source in sources], plan_of(Settings)), Settings)


def problems(*texts: str) -> list[Diagnostic]:
    """Return what is wrong with files."""
    with pytest.raises(TypedflowError) as caught:
        resolve(*texts)
    return list(caught.value.diagnostics)


ACCEPTED: dict[str, dict[str, Any]] = {
    "numbered: {0: a, 1: b}": {"numbered": {0: "a", 1: "b"}},
    "numbered: {0x1F: a, 0o10: b, +2: c, 007: d, -3: e, -0: f}": {
        "numbered": {31: "a", 8: "b", 2: "c", 7: "d", -3: "e", 0: "f"}
    },
    "numbered: {123456789012345678901234567890: a}": {"numbered": {123456789012345678901234567890: "a"}},
    "numbered: {&k 1: a, !!int 2: b, !!int '3': c}": {"numbered": {1: "a", 2: "b", 3: "c"}},
    "anything: [&k 0x10]\nnumbered: {*k : a}": {"anything": [16], "numbered": {16: "a"}},
    "numbered:\n  0: a\n  ? 1\n  : b\n": {"numbered": {0: "a", 1: "b"}},
    "numbered: {<<: {1: a, 2: b}, 2: c}": {"numbered": {1: "a", 2: "c"}},
    'numbered: {"0": a}': {"numbered": {0: "a"}},
    "models: {0: {units: 2}}": {"models": {0: Layer(units=2)}},
    "levels: {1: a}": {"levels": {Level.high: "a"}},
    "floats: {1: a}": {"floats": {1.0: "a"}},
    "root: {1: a}": {"root": Names({1: "a"})},
    "maybe: {1: a}": {"maybe": {1: "a"}},
    "deep: {x: {1: [{2: a}]}}": {"deep": {"x": {1: [{2: "a"}]}}},
    "animal: {kind: cat, names: {1: a}}": {"animal": Cat(kind="cat", names={1: "a"})},
    "either: {kind: cat, names: {1: a}}": {"either": Cat(kind="cat", names={1: "a"})},
}


@pytest.mark.parametrize(("text", "expected"), ACCEPTED.items(), ids=ACCEPTED)
def test_the_model_reads_integer_keys(text: str, expected: dict[str, Any]) -> None:
    """Whatever way an integer is written, the key is that integer, and the stored form reads back to it."""
    config = resolve(text)
    assert {key: getattr(config, key) for key in expected} == expected
    assert resolve(config.model_dump_json(exclude_unset=True)) == config
    assert Settings.model_validate_json(config.model_dump_json()) == config


def _quote(key: str) -> str:
    return f'quote it: `"{key}"`; if the model has integer keys, write an integer'


REFUSED = {
    "texts: {0: a}": ("0.yaml:1:9", "the key `0` is an integer, and keys in `texts` are strings", 'quote it: `"0"`'),
    "texts:\n  x: y\n  0x1F: a\n": (
        "0.yaml:3:3",
        "the key `0x1F` is an integer, and keys in `texts` are strings",
        'quote it: `"0x1F"`',
    ),
    "anything: {a: [{1: a}]}": (
        "0.yaml:1:17",
        "the key `1` is an integer, and keys in `anything.a[0]` are strings",
        'quote it: `"1"`',
    ),
    "mixed: {1: a}": ("0.yaml:1:9", "the key `1` is an integer, and keys in `mixed` are strings", 'quote it: `"1"`'),
    "animal: {kind: dog, names: {1: a}}": (
        "0.yaml:1:29",
        "the key `1` is an integer, and keys in `animal.names` are strings",
        'quote it: `"1"`',
    ),
    "either: {kind: dog, names: {1: a}}": (
        "0.yaml:1:29",
        "the key `1` is an integer, and keys in `either.names` are strings",
        'quote it: `"1"`',
    ),
    "deep: {1: {}}": ("0.yaml:1:8", "the key `1` is an integer, and keys in `deep` are strings", 'quote it: `"1"`'),
    'texts: {<<: {"1": a}, 1: b}': (
        "0.yaml:1:23",
        "the key `1` is an integer, and keys in `texts` are strings",
        'quote it: `"1"`',
    ),
    "paths: {1: a}": ("0.yaml:1:9", "the key `1` is an integer, and keys in `paths` are strings", 'quote it: `"1"`'),
    "bare: {1: a}": ("0.yaml:1:8", "the key `1` is an integer, and keys in `bare` are strings", 'quote it: `"1"`'),
    "positive: {0: a}": ("0.yaml:1:12", "the key `0` in `positive` is invalid: it should be greater than 0", ""),
    "numbered: {x: a}": (
        "0.yaml:1:12",
        "the key `x` in `numbered` is invalid: it should be a valid integer, unable to parse string as an integer",
        "",
    ),
    "models: {x: {units: 1}}": (
        "0.yaml:1:10",
        "the key `x` in `models` is invalid: it should be a valid integer, unable to parse string as an integer",
        "",
    ),
    "levels: {high: a}": ("0.yaml:1:10", "the key `high` in `levels` is invalid: it should be 0 or 1", ""),
    "listed: {c: a}": ("0.yaml:1:10", "the key `c` in `listed` is invalid: it should be 'a' or 'b'", ""),
    "either_key: {0: a}": (
        "0.yaml:1:14",
        "the key `0` in `either_key` is invalid: it should be greater than 0 or it should be 'all'",
        "",
    ),
    "even: {3: a}": ("0.yaml:1:8", "the key `3` in `even` is invalid: 3 is odd", ""),
    "deep: {x: {1: [{y: a}]}}": (
        "0.yaml:1:17",
        'the key `y` in `deep.x."1"[0]` is invalid: it should be a valid integer, unable to parse string as an integer',
        "",
    ),
    "root: {x: a}": (
        "0.yaml:1:8",
        "the key `x` in `root` is invalid: it should be a valid integer, unable to parse string as an integer",
        "",
    ),
    "animal: {kind: cat, names: {x: a}}": (
        "0.yaml:1:29",
        "the key `x` in `animal.names` is invalid: it should be a valid integer, unable to parse string as an integer",
        "",
    ),
    'numbered: {1: a, "1": b}': ("0.yaml:1:18", '`numbered."1"` is set twice', ""),
    "numbered: {1: a, 0x1: b}": ("0.yaml:1:18", '`numbered."1"` is set twice', ""),
    "numbered: {1.0: a}": (
        "0.yaml:1:12",
        "the key `1.0` is a number; a key must be a string or an integer",
        _quote("1.0"),
    ),
    "numbered: {true: a}": (
        "0.yaml:1:12",
        "the key `true` is a boolean; a key must be a string or an integer",
        _quote("true"),
    ),
    "numbered: {~: a}": ("0.yaml:1:12", "the key `~` is null; a key must be a string or an integer", _quote("~")),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=REFUSED)
def test_the_model_refuses_integer_keys(text: str, expected: tuple[str, str, str]) -> None:
    """A key that the model would read as text is an error at the key, and the hint quotes what is written there."""
    [found] = problems(text)
    assert (str(found.location), found.message, found.hint) == expected


def test_a_key_and_its_value_are_two_findings() -> None:
    """Each has its own place, and a key that is almost one of those that there are is named."""
    found = problems("numbered: {x: 1}\nlisted: {aa: b}\ncolors: {gren: x}")
    assert [str(each.location) for each in found] == ["0.yaml:1:12", "0.yaml:1:15", "0.yaml:2:10", "0.yaml:3:10"]
    assert found[-1].label == "did you mean `green`?"


def test_a_key_of_no_member_of_a_union() -> None:
    """What is wrong with the key is told for each member."""
    [found] = problems("choice: {b: {c: 1}}")
    assert (str(found.location), found.path) == ("0.yaml:1:10", ("choice", "b"))
    assert found.message.startswith("the key `b` in `choice` is invalid: it should be a valid integer")


def test_a_model_may_make_other_numbers_of_integers() -> None:
    """Pydantic reads 1 as true, as a key like as a value, and a validator of the key is asked."""
    assert resolve("flags: {1: a}").flags == {True: "a"}
    assert resolve("shifted: {1: a}").shifted == {2: "a"}


def test_each_layer_is_judged_for_itself() -> None:
    """Where one file quotes a key and the other does not, the one without quotes is at fault."""
    assert resolve("numbered: {0: a}", 'numbered: {"0": b}').numbered == {0: "b"}
    assert resolve('numbered: {"0": a}', "numbered: {0: b, 1: c}").numbered == {0: "b", 1: "c"}
    assert [str(found.location) for found in problems('texts: {"0": a}', "texts: {0: b}")] == ["1.yaml:1:9"]
    assert [str(found.location) for found in problems("texts: {0: a}", 'texts: {"0": b}')] == ["0.yaml:1:9"]
    assert [str(found.location) for found in problems("notes: [{a: b}]", "notes: [{c: d}, {0: b}]")] == ["1.yaml:1:18"]
    assert resolve("appended: [{0: a}]", "appended: [{1: b}]").appended == [{0: "a"}, {1: "b"}]


def test_what_a_higher_layer_drops_is_not_judged() -> None:
    """A key that is no part of the config has no type."""
    assert resolve("texts: {0: a}", "$merge: {replace: [texts]}\ntexts: {x: y}").texts == {"x": "y"}


def test_keys_are_judged_beside_other_mistakes() -> None:
    """All that is wrong is told at once, in reading order, each once."""
    found = problems("numbered: {0: 1}\ntexts: {1: a}\ntexst: {}\n")
    assert [str(each.location) for each in found] == ["0.yaml:1:15", "0.yaml:2:9", "0.yaml:3:1"]


def test_integer_keys_have_places() -> None:
    """The key path has the decimal text, wherever and however the key is written."""
    source = Source("a.yaml", "é: {0x1F: a, &k 2: b}\nc: [&x 3]\nd: {*x : e}\n", "yaml")
    assert locate_key(source, ("é", "31")) == Span(1, 5, 1, 9)
    assert locate_key(source, ("é", "2")) == Span(1, 14, 1, 18)
    assert locate_key(source, ("d", "3")) == Span(3, 5, 3, 7)


class Listed(RootModel[list[dict[int, str]]]):
    """A document that is a list."""


class Plain(BaseModel):
    """A model of Pydantic's own."""

    names: dict[str, str] = {}


@pytest.mark.parametrize(("model", "text", "places"), [(Listed, "- {1: a}", []), (Plain, "names: {1: a}", ["1:9"])])
def test_other_models(model: type[BaseModel], text: str, places: list[str]) -> None:
    """A document that is a list, and a model of Pydantic's own."""
    source = Source("a", text, "yaml")
    try:
        validate(merge([layer(source, parse_any(source))], plan_of(model)), model)
        found = []
    except TypedflowError as error:
        found = [str(each.location).removeprefix("a:") for each in error.diagnostics]
    assert found == places


class Counted(dict[int, Any]):
    """A dictionary that counts how often all of its keys are looked through."""

    looks = 0

    def __iter__(self) -> Iterator[int]:
        """Count, and go on as usual."""
        self.looks += 1
        return super().__iter__()

    def items(self) -> Any:
        """Count, and go on as usual."""
        self.looks += 1
        return super().items()


class Large(ConfigModel):
    """Dictionaries that count."""

    labels: Annotated[dict[int, str], AfterValidator(Counted)]
    deep: Annotated[dict[int, dict[int, str]], AfterValidator(Counted)]


def test_many_keys_are_looked_through_once() -> None:
    """The work for a dictionary grows as its number of keys does, also where each of its values has keys too."""
    labels = ", ".join(f"{number}: a" for number in range(50))
    deep = ", ".join(f"{number}: {{0: a}}" for number in range(50))
    source = Source("a.yaml", f"labels: {{{labels}}}\ndeep: {{{deep}}}\n", "yaml")
    config = validate(merge([layer(source, parse_any(source))], plan_of(Large)), Large)
    assert [isinstance(value, Counted) and 0 < value.looks < 5 for value in (config.labels, config.deep)] == [True] * 2
