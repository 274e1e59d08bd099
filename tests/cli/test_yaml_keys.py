"""Settings in YAML that few files have: keys that are numbers, and characters that end no line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

MANIFEST = """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
"""
MODEL = """\
from typedflow import ConfigModel


class Layer(ConfigModel):
    units: int = 1


class Settings(ConfigModel):
    labels: dict[int, str] = {}
    layers: dict[int, Layer] = {}
    names: dict[str, str] = {}
"""
GLOBAL = "labels:\n  0: cat\n  0x1F: dog\nlayers:\n  1: {units: 3}\n"


@pytest.fixture(autouse=True)
def _numbered(project: Project) -> None:
    """Write a model with numeric keys to the project."""
    for name in [name for name in project.files() if name.startswith("settings/")]:
        (project.root / name).unlink()
    project.write("typedflow.toml", MANIFEST)
    project.write("flows/settings.py", MODEL)
    project.write("settings/settings.yaml", GLOBAL)
    project.write("settings/settings.configuration.EXP_01.yaml", 'labels: {"0": lion}\n')
    project.write("settings/settings.configuration.EXP_02.toml", '[labels]\n0 = "tiger"\n')


def shown(call: Call, *arguments: str) -> Any:
    """Return the settings that ``show`` prints."""
    done = call("show", "training", "--format", "json", *arguments)
    assert done.code == 0, done.err
    return json.loads(done.out)


@pytest.mark.parametrize(
    ("arguments", "labels"),
    [
        (["--binding", "EXP_01"], {"0": "lion", "31": "dog"}),
        (["--binding", "EXP_02"], {"0": "tiger", "31": "dog"}),
        (["--binding", "EXP_01", "--set", "labels.0=x"], {"0": "x", "31": "dog"}),
        (["--binding", "EXP_01", "--set", 'labels."31"=x'], {"0": "lion", "31": "x"}),
        (["--binding", "EXP_01", "--set", "labels={0x1F: x, 5: y}"], {"0": "lion", "31": "x", "5": "y"}),
    ],
)
def test_layers_and_options_mean_one_key(call: Call, arguments: list[str], labels: dict[str, str]) -> None:
    """A key is one number, however a file or an option writes it."""
    assert shown(call, *arguments)["labels"] == labels


def test_variables_mean_the_same_key(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last part of a variable's name may be a number."""
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__LABELS__0", "x")
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__LAYERS__1__UNITS", "4")
    found = shown(call, "--binding", "EXP_02")
    assert (found["labels"]["0"], found["layers"]) == ("x", {"1": {"units": 4}})


def test_a_single_value_has_an_origin(call: Call) -> None:
    """``--path`` accepts the decimal text, with and without quotes."""
    assert call("show", "training", "--binding", "EXP_01", "--path", "labels.31", "--origins").out == (
        "dog  # settings/settings.yaml:3:9\n"
    )
    assert call("show", "training", "--binding", "EXP_02", "--path", 'labels."0"', "--origins").out == (
        "tiger  # settings/settings.configuration.EXP_02.toml:2:5, shadows settings/settings.yaml:2:6\n"
    )


def test_directives_name_numbers(call: Call, project: Project) -> None:
    """``$merge`` accepts the decimal text as well."""
    project.write(
        "settings/settings.configuration.EXP_01.yaml",
        "$merge: {delete: [labels.31], replace: [layers]}\nlayers: {2: {}}\n",
    )
    found = shown(call, "--binding", "EXP_01")
    assert (found["labels"], found["layers"]) == ({"0": "cat"}, {"2": {"units": 1}})


@pytest.mark.parametrize("format_name", ["yaml", "json", "toml"])
def test_what_is_shown_reads_back(call: Call, project: Project, format_name: str) -> None:
    """The printed settings are a settings file that means the same."""
    before = shown(call, "--binding", "EXP_01")
    text = call("show", "training", "--binding", "EXP_01", "--format", format_name).out
    (project.root / "settings/settings.yaml").unlink()
    project.write(f"settings/settings.{format_name}", text)
    assert shown(call, "--binding", "EXP_01") == before


def test_a_text_key_is_refused_at_its_place(call: Call, project: Project) -> None:
    """``check`` and ``show`` point at the key, and say what to write."""
    project.write("settings/settings.configuration.EXP_01.yaml", "names:\n  b: x\n  0: a\n")
    expected = (
        "settings/settings.configuration.EXP_01.yaml:3:3: error TF109 key-not-a-string: "
        "the key `0` is an integer, and keys in `names` are strings\n"
    )
    check = ("check", "settings/settings.configuration.EXP_01.yaml")
    for done in (call(*check), call("show", "training", "--binding", "EXP_01")):
        assert done.code == 1
        assert expected in done.out + done.err
        assert 'quote it: `"0"`' in done.out + done.err


def test_an_option_is_refused_as_a_file_is(call: Call) -> None:
    """The option is named; it has no place in a file."""
    done = call("show", "training", "--binding", "EXP_01", "--set", "names={0: a}")
    assert done.code == 2
    assert "--set names={0: a}: error TF109 key-not-a-string" in done.err


def test_a_locked_project_is_byte_stable(call: Call, project: Project) -> None:
    """However the keys are written, the lock file is the same."""
    assert call("lock").code == 0
    before = (project.root / "typedflow.lock").read_bytes()
    project.write("settings/settings.yaml", GLOBAL.replace("0x1F", '"31"').replace("  0:", '  "0":'))
    assert call("lock").code == 0
    assert (project.root / "typedflow.lock").read_bytes() == before


def test_comments_set_no_keys(call: Call, project: Project) -> None:
    """What stands behind U+2028 in a comment is a comment; the report shows the line as editors do, with escapes."""
    project.write("settings/settings.yaml", 'names: # note\u2028  c: d\n  a: "x\x85y"\n\t\n\t# tab\n  b: ?z\n')
    assert shown(call, "--binding", "EXP_01")["names"] == {"a": "x\x85y", "b": "?z"}
    project.write("settings/settings.yaml", "labels: {} # note\u2028\nnames: {a: [\u2028]} # \x85\n")
    done = call("check", "settings/settings.yaml")
    assert done.code == 1
    assert "settings/settings.yaml:2:12: error TF301" in done.out
    assert "  2 | names: {a: [\\u2028]} # \\x85\n    |            ^^^^^^^^\n" in done.out


def test_what_libyaml_reads_as_something_else_is_refused(call: Call, project: Project) -> None:
    """No value is lost without a word."""
    project.write("settings/settings.yaml", "names: {a: b, ?c: d}\n")
    done = call("show", "training", "--binding", "EXP_01")
    assert done.code == 1
    assert (
        "settings/settings.yaml:1:15: error TF101 invalid-syntax: a value inside brackets cannot start with `?`"
        in done.err
    )


def test_two_keys_for_one_number(project: Project, call: Call) -> None:
    """Another spelling of a number in a higher layer is an error with both places, not a value that is lost."""
    project.write("settings/settings.configuration.EXP_02.toml", "[layers.01]\nunits = 5\n")
    done = call("show", "training", "--binding", "EXP_02")
    assert done.code == 1
    assert 'EXP_02.toml:1:9: error TF102 duplicate-key: `layers."01"` is the same key as `layers."1"`' in done.err
    assert "first set at settings/settings.yaml:5" in done.err
    done = call("show", "training", "--binding", "EXP_01", "--set", "layers.+1.units=5")
    assert done.code == 2
    assert "--set layers.+1.units=5: error TF102 duplicate-key" in done.err
    assert "first set at settings/settings.yaml:5" in done.err
