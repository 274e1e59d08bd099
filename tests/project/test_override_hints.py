"""Hints for an invalid variable or option differ from those for a file."""

from __future__ import annotations

import pytest

from typedflow.layers import Layer, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse_any
from typedflow.project import overrides
from typedflow.values import Source, TypedflowError


class Inner(ConfigModel):
    """A sub-model."""

    rate: float = 0.1


class More(Inner):
    """A sub-model with one more field."""

    steps: int = 1


class Settings(ConfigModel):
    """A value, a sub-model, and a default that cannot be overridden in part."""

    count: int = 1
    inner: Inner = Inner()
    more: Inner = More(steps=2)
    table: dict[str, int] = {}


def _resolve(stack: list[Layer]) -> Settings:
    return validate(merge(stack, plan_of(Settings)), Settings)


def hint(file: str, variable: tuple[str, str] | None = None, option: str = "", name: str = "yaml") -> tuple[str, str]:
    """Return the rule of the one finding in a file, a variable and an option, and its hint."""
    source = Source(f"a.{name}", file, name)
    environ = {f"TYPEDFLOW__SETTINGS__{variable[0]}": variable[1]} if variable else {}
    base = layer(Source("base.yaml", "inner: {rate: 0.5}", "yaml"), {"inner": {"rate": 0.5}})
    own = [base, layer(source, parse_any(source))]
    stack = [*own, *overrides("settings", Settings, environ, [option] if option else [], own)]
    with pytest.raises(TypedflowError) as caught:
        _resolve(stack)
    [found] = caught.value.diagnostics
    return found.rule.name, found.hint


START = "TYPEDFLOW__SETTINGS__"
NULL = "null is a value; "
REPLACE = "write the whole value in a settings file that has `$merge: {replace: [more]}` at its top"

VARIABLES = {
    ("INNER", "null"): ("kind-conflict", f"set one of the keys of `inner`: `{START}INNER__KEY`"),
    ("INNER", "3"): ("kind-conflict", f"set one of the keys of `inner`: `{START}INNER__KEY`"),
    ("INNER__RATE__X", "3"): (
        "kind-conflict",
        f"set `inner.rate` as a whole, `{START}INNER__RATE`, or correct the lower layer",
    ),
    ("INNER", '{"rate": {"x": 3}}'): (
        "kind-conflict",
        f"set `inner.rate` as a whole, `{START}INNER__rate`, or correct the lower layer",
    ),
    ("COUNT__X__Y", "3"): ("invalid-value", f"`count` has no keys: set it as a whole, `{START}COUNT`"),
    ("COUNT", "null"): ("invalid-value", f"{NULL}unset the variable to keep what lower layers set"),
    ("TABLE", "null"): ("invalid-value", f"{NULL}unset the variable to keep what lower layers set"),
    ("TABLE", "[1]"): ("invalid-value", ""),
    ("MORE__RATE", "3"): ("unmergeable-default", REPLACE),
}


@pytest.mark.parametrize(("variable", "expected"), VARIABLES.items(), ids=map("=".join, VARIABLES))
def test_a_variable_is_told_another_name(variable: tuple[str, str], expected: tuple[str, str]) -> None:
    """A variable can be unset or renamed; it has no directives and no lines."""
    assert hint("{}", variable) == expected


OPTIONS = {
    "inner=null": ("kind-conflict", "set one of the keys of `inner`: `--set inner.KEY=VALUE`"),
    "inner.rate.x=3": (
        "kind-conflict",
        "set `inner.rate` as a whole, `--set inner.rate=VALUE`, or correct the lower layer",
    ),
    "count.x=3": ("invalid-value", "`count` has no keys: set it as a whole, `--set count=VALUE`"),
    "count={x: 3}": ("invalid-value", ""),
    "count=null": ("invalid-value", f"{NULL}leave out the option to keep what lower layers set"),
    "more.rate=3": ("unmergeable-default", REPLACE),
}


@pytest.mark.parametrize(("option", "expected"), OPTIONS.items(), ids=OPTIONS)
def test_an_option_is_told_another_key_path(option: str, expected: tuple[str, str]) -> None:
    """An option can be left out, or get another key path."""
    assert hint("{}", option=option) == expected


FILES = {
    ("inner:\n", "yaml"): ("kind-conflict", "remove the empty `inner:`, or write its keys below it"),
    ('{"inner": null}', "json"): ("kind-conflict", "remove `inner`, or write its keys below it"),
    ("count:\n", "yaml"): (
        "invalid-value",
        f"{NULL}to remove what a lower layer set, use `$merge: {{delete: [count]}}`",
    ),
    ("inner: 3\n", "yaml"): (
        "kind-conflict",
        "to replace the whole value, add `$merge: {replace: [inner]}` at the top of a.yaml",
    ),
    ("more: {rate: 3}\n", "yaml"): (
        "unmergeable-default",
        "write the whole value, and add `$merge: {replace: [more]}` at the top of a.yaml",
    ),
}


@pytest.mark.parametrize(("file", "expected"), FILES.items(), ids=[text for text, _ in FILES])
def test_a_file_is_told_what_to_write(file: tuple[str, str], expected: tuple[str, str]) -> None:
    """A file has directives, and lines."""
    assert hint(file[0], name=file[1]) == expected


def test_the_advice_for_a_default_helps() -> None:
    """Below a file that replaces the value, a variable sets a part of it."""
    source = Source("a.yaml", "$merge: {replace: [more]}\nmore: {rate: 1}\n", "yaml")
    own = [layer(source, parse_any(source))]
    above = overrides("settings", Settings, {f"{START}MORE__RATE": "3"}, [], own)
    assert _resolve([*own, *above]).more == Inner(rate=3)
