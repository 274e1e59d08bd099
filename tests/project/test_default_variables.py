"""Variables and options that set a part of a field with a default."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from tests.models.test_default_keys import ALI, Keys
from typedflow.layers import FactoryValues, Layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.project import LoadedProject, misnamed_for, overrides, resolve
from typedflow.values import Source


@pytest.mark.parametrize(
    ("tree", "environ", "options", "expected"),
    [
        ({}, {"TYPEDFLOW__SETTINGS__ALI__LR": "0.7"}, [], {**ALI, "lr": 0.7}),
        ({}, {"TYPEDFLOW__SETTINGS__THEALI__LEARNING_RATE": "0.7"}, [], {**ALI, "lr": 0.7}),
        ({"ali": {"wd": 1.0}}, {"TYPEDFLOW__SETTINGS__ALI__LR": "0.7"}, [], {**ALI, "lr": 0.7, "wd": 1.0}),
        (
            {"theAli": {"wd": 1.0}},
            {},
            ["ali.inner.warm_up=4"],
            {**ALI, "wd": 1.0, "inner": {"warm_up": 4, "decay": 0.5}},
        ),
        ({}, {"TYPEDFLOW__SETTINGS__ALI__TAGS": '["b"]'}, ["ali.labels=[c]"], {**ALI, "tags": ["a", "b", "c"]}),
    ],
)
def test_a_part_by_a_variable_or_an_option(
    tree: dict[str, Any], environ: dict[str, str], options: list[str], expected: dict[str, Any]
) -> None:
    """They are layers like files, with any key of a field."""
    base = Layer(Source("a.yaml", ""), tree)
    merged = merge([base, *overrides("settings", Keys, environ, options, below=(base,))], plan_of(Keys))
    assert validate(merged, Keys).ali.model_dump() == expected


NUMBERS = itertools.count()


def numbered() -> dict[str, int]:
    """Return a different key at each call."""
    return {f"KEY_{next(NUMBERS)}": 0}


class Inner(ConfigModel):
    """A variant with a factory."""

    kind: Literal["inner"] = "inner"
    made: dict[str, int] = Field(default_factory=numbered)
    text: str = ""


class Other(ConfigModel):
    """A variant whose text may be a number."""

    kind: Literal["other"] = "other"
    text: int | str = ""


class Counted(ConfigModel):
    """Each field calls the factory itself."""

    made: dict[str, int] = Field(default_factory=numbered)
    union: Annotated[Inner | Other, Field(discriminator="kind")] = Other()
    x: int = 0


@pytest.mark.parametrize(
    ("tree", "environ", "options"),
    [
        ({}, {"MADE__key_0": "1"}, []),
        ({}, {"MADE__key_0": "1", "X": "1"}, []),
        ({"made": {"other": 1}}, {"MADE__key_0": "1", "UNION__TEXT": "7"}, []),
        ({"made": {"other": 1}}, {"MADE__key_0": "1"}, ["union.text=7", "made.more=1"]),
        ({"made": {}}, {"X": "1", "UNION__TEXT": "7"}, ["made.KEY_0=1"]),
    ],
)
def test_a_factory_runs_once(
    monkeypatch: pytest.MonkeyPatch, tree: dict[str, Any], environ: dict[str, str], options: list[str]
) -> None:
    """It runs once, however many variables and options there are: the matched key is in the result."""
    monkeypatch.setitem(numbered.__globals__, "NUMBERS", itertools.count())
    base = Layer(Source("a.yaml", ""), tree)
    names = {f"TYPEDFLOW__C__{name}": text for name, text in environ.items()}
    made = FactoryValues()
    merged = merge([base, *overrides("c", Counted, names, options, [base], made)], plan_of(Counted), made=made)
    assert validate(merged, Counted).made["KEY_0"] == 1
    assert next(NUMBERS) == 1


def test_a_factory_runs_once_in_a_variant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default of a variant's field, where the tag is set with it."""
    monkeypatch.setitem(numbered.__globals__, "NUMBERS", itertools.count())
    made, names = FactoryValues(), {"TYPEDFLOW__C__UNION__MADE__key_0": "1", "TYPEDFLOW__C__UNION__KIND": "inner"}
    merged = merge(overrides("c", Counted, names, ["union.text=7"], (), made), plan_of(Counted), made=made)
    found = validate(merged, Counted).union
    assert isinstance(found, Inner)
    assert (found.made, found.text, next(NUMBERS)) == ({"KEY_0": 1}, "7", 2)


class Sub(ConfigModel):
    """A class with a factory of its own."""

    made: dict[str, int] = Field(default_factory=numbered)
    other: int = 0


class OneKind(ConfigModel):
    """A variant."""

    kind: Literal["one"] = "one"
    made: dict[str, int] = Field(default_factory=numbered)


class TwoKind(ConfigModel):
    """Another, with a key that differs in case."""

    kind: Literal["two"] = "two"
    made: dict[str, int] = Field(default_factory=lambda: {"key_0": 2})


class Outer(ConfigModel):
    """Defaults that supply what classes in them have factories for."""

    sub: Sub = Sub(made={"OWN": 1})
    union: Annotated[OneKind | TwoKind, Field(discriminator="kind")] = TwoKind(made={"Two": 1})
    free: OneKind | TwoKind = TwoKind(made={"Two": 1})


@pytest.mark.parametrize(
    ("tree", "name", "expected"),
    [
        ({}, "SUB__MADE__own", {"OWN": 7}),
        ({}, "SUB__MADE__key_0", {"OWN": 1, "key_0": 7}),
        ({"sub": {"other": 1}}, "SUB__MADE__own", {"OWN": 7}),
        ({}, "UNION__MADE__two", {"Two": 7}),
        ({}, "FREE__MADE__two", {"Two": 7}),
        ({}, "UNION__MADE__KEY_0", {"Two": 1, "KEY_0": 7}),
        ({"union": {"kind": "two"}}, "UNION__MADE__two", {"Two": 7}),
    ],
)
def test_only_the_default_that_applies_is_asked(
    monkeypatch: pytest.MonkeyPatch, tree: dict[str, Any], name: str, expected: dict[str, int]
) -> None:
    """The factory of a class does not run if another default supplies its field, nor does that of another variant."""
    monkeypatch.setitem(numbered.__globals__, "NUMBERS", itertools.count())
    base, made = Layer(Source("a.yaml", ""), tree), FactoryValues()
    layers = overrides("c", Outer, {f"TYPEDFLOW__C__{name}": "7"}, (), [base], made)
    found = validate(merge([base, *layers], plan_of(Outer), made=made), Outer)
    assert (found[name.partition("__")[0].lower()].made, next(NUMBERS)) == (expected, 0)


def test_a_misnamed_variable_runs_no_factory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The types decide what it was meant for."""
    monkeypatch.setitem(numbered.__globals__, "NUMBERS", itertools.count())
    monkeypatch.setenv("TYPEDFLOW__SUB__MADE__KEY", "1")
    [found] = misnamed_for("c", {"c": Outer})
    assert (found.label, next(NUMBERS)) == ("did you mean `TYPEDFLOW__C__SUB__MADE__KEY`?", 0)


COUNTING = """
from pydantic import Field
from typedflow import ConfigModel

CALLS = []

def made():
    CALLS.append(1)
    return {f"KEY_{len(CALLS)}": 0}

class Settings(ConfigModel):
    made: dict[str, int] = Field(default_factory=made)
    calls: int = Field(default_factory=lambda: len(CALLS))
"""


def test_a_factory_runs_once_in_a_project(make: Callable[..., LoadedProject]) -> None:
    """From the files to the config."""
    project = make({"model.py": COUNTING}, {"TYPEDFLOW__SETTINGS__MADE__key_1": "3"})
    found = resolve(project, "train", options=["made.more=1"]).config
    assert found.model_dump() == {"made": {"KEY_1": 3, "more": 1}, "calls": 1}
