"""Fields with several keys, and unions, on the command line: in files, options and environment variables."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

MODEL = """\
from typing import Annotated, Literal

from pydantic import AliasChoices, ConfigDict, Discriminator, Field, Tag

from typedflow import ConfigModel


class Rates(ConfigModel):
    model_config = ConfigDict(populate_by_name=True)

    learning_rate: float = Field(0.1, alias="lr")
    decay: float = Field(0.0, validation_alias=AliasChoices("weight_decay", "wd"))


class Cat(ConfigModel):
    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["cat"] = Field(alias="petType")
    meows: int = 1


class Dog(ConfigModel):
    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["dog"] = Field(alias="petType")
    barks: float = 2


class Sgd(ConfigModel):
    kind: Literal["sgd"] = "sgd"
    momentum: float = 0


class Adam(ConfigModel):
    kind: Literal["adam"] = "adam"
    beta: float = 0.9


def kind_of(value):
    return (value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)) or "sgd"


class Legs(ConfigModel):
    legs: int


class Fins(ConfigModel):
    fins: int


class Model(ConfigModel):
    rates: Rates = Rates()
    pet: Annotated[Cat | Dog, Field(discriminator="pet_type")] = Cat(petType="cat")
    opt: Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(kind_of)] = Sgd()
    animals: dict[str, Legs | Fins] = {}
"""
GLOBAL = """\
rates: {lr: 0.5, weight_decay: 0.1}
pet: {petType: cat, meows: 3}
opt: {kind: sgd, momentum: 0.9}
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a project with one flow, whose bindings are given as YAML, and work in it."""

    def write(model: str, **bindings: str) -> Path:
        texts = {"typedflow.toml": f'model = "{model}.py:Model"\n[flows.f]\nfile = "f.py"\nbindings = ["*"]\n'}
        texts |= {f"{model}.py": MODEL, "settings/settings.yaml": GLOBAL, "f.py": FLOW.format(model)}
        texts |= {f"settings/settings.configuration.{name}.yaml": text for name, text in bindings.items()}
        for name, text in texts.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    monkeypatch.chdir(tmp_path)
    return write


FLOW = """\
from metaflow import FlowSpec, step
from {} import Model

from typedflow import SettingsMixin


class F(SettingsMixin[Model], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    F()
"""

BINDINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "name": ("rates: {learning_rate: 0.7}", {"rates": {"lr": 0.7, "weight_decay": 0.1}}),
    "choice": ("rates: {wd: 0.7}", {"rates": {"lr": 0.5, "weight_decay": 0.7}}),
    "tag": ("pet: {pet_type: dog, barks: 4}", {"pet": {"petType": "dog", "barks": 4.0}}),
    "adam": ("opt: {kind: adam, beta: 0.5}", {"opt": {"kind": "adam", "beta": 0.5}}),
}


def test_bindings_meet_the_global_settings_at_the_field(made: Callable[..., Path], call: Call) -> None:
    """Each binding overrides a field by another of its keys, or switches a variant; nothing is left over."""
    made("keys_a", **{name: text for name, (text, _) in BINDINGS.items()})
    done = call("check", "--no-cache")
    assert (done.code, done.out) == (0, "")
    assert "no problems in 1 flow, 4 variants" in done.err
    for name, (_, expected) in BINDINGS.items():
        shown = json.loads(call("show", "f", "--binding", name, "--format", "json").out)
        assert {key: shown[key] for key in expected} == expected


def test_origins_say_what_was_dropped(made: Callable[..., Path], call: Call) -> None:
    """The place of a value is in the file that has it; a switch by a function leaves a trace as by a tag."""
    made("keys_b", name="rates: {learning_rate: 0.7}\nopt: {kind: adam}\n")
    out = call("show", "f", "--binding", "name", "--origins").out
    assert "settings.configuration.name.yaml:1:24, shadows settings/settings.yaml:1:13" in out
    assert "# removed: opt.momentum of settings/settings.yaml:3:28, by" in out
    assert "settings.configuration.name.yaml:2:13 (`kind` became 'adam')" in out


@pytest.mark.parametrize("key", ["lr", "learning_rate"])
def test_options_and_variables_set_a_field_by_any_key(
    made: Callable[..., Path], call: Call, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Above files of either spelling; `--path` knows either, too."""
    made("keys_c", name="rates: {learning_rate: 0.7}", alias="rates: {lr: 0.7}")
    for binding in ("name", "alias"):
        path = ("show", "f", "--binding", binding, "--path", f"rates.{key}")
        assert call(*path).out == "0.7\n"
        assert call(*path, "--set", f"rates.{key}=0.9").out == "0.9\n"
        assert call(*path, "--set", "rates.lr=0.8", "--set", "rates.learning_rate=0.9").out == "0.9\n"
        with monkeypatch.context() as patch:
            patch.setenv(f"TYPEDFLOW__SETTINGS__RATES__{key.upper()}", "0.3")
            assert call(*path).out == "0.3\n"


def test_two_variables_of_one_field_are_a_mistake(
    made: Callable[..., Path], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them is the higher one, whichever name is longer; a variable of the mapping is below."""
    made("keys_d", a="")
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__RATES", '{"lr": 3}')
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__RATES__WD", "1")
    assert call("show", "f", "--binding", "a", "--path", "rates.decay").out == "1.0\n"
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__RATES__WEIGHT_DECAY", "2")
    done = call("show", "f", "--binding", "a")
    assert (done.code, done.out) == (1, "")
    assert "error TF302 unknown-key: `rates.weight_decay` sets the field `decay` of Rates" in done.err
    assert "which `rates.wd` sets too" in done.err
    assert "help: unset one of the two variables" in done.err


def test_an_override_by_another_key_that_changes_nothing_is_found(made: Callable[..., Path], call: Call) -> None:
    """The rule resolves the keys, and `--fix` removes the line as it is written."""
    root = made("keys_e", name="rates:\n  learning_rate: 0.5\n  wd: 0.2\n")
    done = call("check", "--no-cache")
    assert done.out.count(": warning ") == 1
    assert "name.yaml:2:3: warning TF205 redundant-override: `rates.learning_rate` changes nothing" in done.out
    call("check", "--no-cache", "--fix")
    assert (root / "settings/settings.configuration.name.yaml").read_text(encoding="utf-8") == "rates:\n  wd: 0.2\n"


WRONG: dict[str, tuple[str, list[str]]] = {
    "two keys in one file": (
        "rates:\n  learning_rate: 1\n  lr: 2\n",
        ["2:3: error TF302 unknown-key: `rates.learning_rate` sets the field `learning_rate` of Rates, which"],
    ),
    "a tag that a function does not know": (
        "opt: {kind: foo}\n",
        ["1:13: error TF301 invalid-value: `opt.kind` is 'foo': input should be 'sgd' or 'adam'"],
    ),
    "a value of one member": (
        "animals: {a: {legs: three}}\n",
        ["1:21: error TF301 invalid-value: `animals.a.legs` is 'three': input should be a valid integer"],
    ),
    "one misspelt key": (
        "animals: {a: {legss: 3}}\n",
        ["1:15: error TF302 unknown-key: `animals.a.legss` is not a field of Legs"],
    ),
    "keys of two members": (
        "animals: {a: {legs: 3, fins: 2}}\n",
        ["1:14: error TF301 invalid-value: `animals.a` matches neither Legs nor Fins (Legs: `fins` is not a field;"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_one_mistake_is_one_finding(made: Callable[..., Path], call: Call, text: str, expected: list[str]) -> None:
    """At its place in the file, with what is wrong for the member that is meant."""
    made("keys_f", a=text)
    done = call("show", "f", "--binding", "a")
    lines = [line for line in done.err.splitlines() if ": error " in line]
    assert (done.code, done.out) == (1, "")
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(f"settings/settings.configuration.a.yaml:{start}")


def test_the_lock_has_one_key_of_a_field(made: Callable[..., Path], call: Call) -> None:
    """Which key a file has makes no difference."""
    root = made("keys_g", a="rates: {learning_rate: 0.7}")
    assert call("lock").code == 0
    file = root / "settings/settings.configuration.a.yaml"
    file.write_text("rates: {lr: 0.7}", encoding="utf-8")
    assert call("lock", "--check").code == 0
    file.write_text("rates: {lr: 0.8}", encoding="utf-8")
    assert call("lock", "--check").code == 1
