"""Plain scalars that YAML 1.1 reads differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from typedflow.check.rules import of_layer
from typedflow.parsing import parse
from typedflow.values import Severity, Source

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeLayer

#: What a file says, what it is in YAML 1.1, and what to write instead.
CATCHES = {
    "no": ("false", '"no"'),
    "No": ("false", '"No"'),
    "off": ("false", '"off"'),
    "yes": ("true", '"yes"'),
    "on": ("true", '"on"'),
    "1_000": ("1000", '"1_000"'),
    "1_0.5": ("10.5", '"1_0.5"'),
    "12:30": ("750", '"12:30"'),
    "1:30:00": ("5400", '"1:30:00"'),
    "12:30.5": ("750.5", '"12:30.5"'),
    "010": ("8", "10"),
    "08": ("a string", "8"),
    "0o17": ("a string", "15"),
    "0b101": ("5", '"0b101"'),
    "1e3": ("a string", "1000.0"),
    "1e-3": ("a string", "0.001"),
    "1e-7": ("a string", "1.0e-07"),
    "1.5e7": ("a string", "15000000.0"),
    "1.0e30": ("a string", "1.0e+30"),
    "+.5": ("a string", "0.5"),
    "2024-01-01": ("a date", '"2024-01-01"'),
    "2024-01-01 10:00:00": ("a date", '"2024-01-01 10:00:00"'),
    "2024-13-45": ("a date that does not exist", '"2024-13-45"'),
}

KEEPS = [
    '"no"',
    "'12:30'",
    "!!str no",
    "|\n  no",
    "true",
    "False",
    "null",
    "~",
    "",
    "1",
    "-1",
    "0",
    "1.5",
    "1.0e-3",
    "0x1F",
    "y",
    "n",
    "none",
    "1.2.3",
    "10:75",
    "a: b",
    "=",
    "text",
    "0 6 * * *",
    "[1, two, 3.0]",
]


@pytest.mark.parametrize(("text", "expected"), CATCHES.items(), ids=CATCHES)
def test_what_the_versions_read_differently_is_found(
    make_layer: MakeLayer, text: str, expected: tuple[str, str]
) -> None:
    """The finding stands at the scalar, says both meanings, and how to write it for both."""
    [found] = of_layer(make_layer(f"a:\n  - {text} # comment\n"))
    other, instead = expected
    assert (found.rule.code, str(found.location), found.path) == ("TF112", "settings.yaml:2:5", ("a", 0))
    assert found.message.startswith(f"`{text}` is ")
    assert found.message.endswith(f"in YAML 1.2, and {other} to tools that read YAML 1.1")
    assert found.hint == f"write `{instead}`"
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize("text", CATCHES)
def test_the_advice_is_no_finding_and_keeps_the_value(make_layer: MakeLayer, text: str) -> None:
    """What the hint says means the same as before, in both versions."""
    [found] = of_layer(make_layer(f"a: {text}\n"))
    advised = f"a: {found.hint.removeprefix('write ').strip('`')}\n"
    assert list(of_layer(make_layer(advised))) == []
    assert parse(Source("", advised, "yaml")) == parse(Source("", f"a: {text}\n", "yaml")) == yaml.safe_load(advised)


@pytest.mark.parametrize("text", KEEPS)
def test_what_both_versions_read_alike_is_kept(make_layer: MakeLayer, text: str) -> None:
    """Quoted, tagged and unambiguous scalars are no findings."""
    assert list(of_layer(make_layer(f"a:\n - {text}\n"))) == []


@pytest.mark.parametrize("key", ["on", "no", "12:30", "2024-01-01", "1_000"])
def test_a_key_is_judged_as_well(make_layer: MakeLayer, key: str) -> None:
    """A key that YAML 1.1 takes for something else than a string is found; in quotes it is none."""
    [found] = of_layer(make_layer(f"a: {{b: 1, {key}: 2}}\n"))
    assert (found.path, str(found.location)) == (("a", key), "settings.yaml:1:11")
    assert found.message.startswith(f"the key `{key}` is a string in YAML 1.2")
    assert list(of_layer(make_layer(f'a: {{"{key}": 2}}\n'))) == []


def test_an_anchored_scalar_is_found_once(make_layer: MakeLayer) -> None:
    """What aliases and merge keys repeat stands in the text once."""
    text = "a: &a {x: no}\nb: *a\nc: {<<: *a, y: 1}\nd: &d off\n*d : 1\n"
    assert [str(item.location) for item in of_layer(make_layer(text))] == ["settings.yaml:1:11", "settings.yaml:4:4"]


@pytest.mark.parametrize(
    ("name", "text"), [("settings.toml", "a = 1_000\nb = 12:30:00\n"), ("settings.json", '{"a": "no"}')]
)
def test_other_formats_have_one_version(make_layer: MakeLayer, name: str, text: str) -> None:
    """TOML and JSON mean one thing."""
    assert list(of_layer(make_layer(text, name))) == []


def test_an_empty_file(make_layer: MakeLayer) -> None:
    """A file without a document has no scalars."""
    assert list(of_layer(make_layer("# nothing\n"))) == []
