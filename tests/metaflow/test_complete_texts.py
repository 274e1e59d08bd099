"""What a flow reads as settings is laid on the model's defaults; what was a whole config is read as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, Field

from typedflow import ConfigModel, Merge, config_value
from typedflow.metaflow._config import TypedConfig
from typedflow.metaflow._defaults import Declaration, default_text
from typedflow.metaflow._read_config import stored_form
from typedflow.models import dump
from typedflow.project import digest_of
from typedflow.values import canonical

Python = Callable[[str], subprocess.CompletedProcess[str]]


class Opt(ConfigModel):
    """A model with a required field."""

    name: Annotated[str, AfterValidator(str.lower)]
    lr: float = 9.0


class Train(ConfigModel):
    """Each default would be added to, or completed."""

    opt: Opt = Opt(name="sgd", lr=0.5)
    tags: Annotated[list[str], Merge.append] = ["a"]
    env: dict[str, int] = {"u": 1}


CONFIG = Train(opt=Opt(name="adam"), tags=["b"], env={"v": 2})
STORED = dump(CONFIG)
UNCHECKED = Train.model_construct(opt=Opt.model_construct(name="ADAM"), tags=["b"], env={"v": 2})
LAID = {"opt": {"name": "sgd", "lr": 0.25}, "tags": ["a", "b"], "env": {"u": 1, "v": 2}}
PART = {"opt": {"lr": 0.25}, "tags": ["b"], "env": {"v": 2}}


def _read(text: str, parser: Any = None, model: type[ConfigModel] = Train) -> Any:
    return stored_form("train", {"train": model}, parser, text, None)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Reads a text as a flow does that was started with it: as a file of a name, or as a value."""

    def read(text: str, *, file: str = "", model: type[ConfigModel] = Train) -> Any:
        monkeypatch.chdir(tmp_path)
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(text, encoding="utf-8")
        option = ["--config", "train", file] if file else ["--config-value", "train", text]
        monkeypatch.setattr(sys, "argv", ["flow.py", *option, "run"])
        return _read(text, model=model)

    return read


@pytest.mark.parametrize("file", ["train.json", "train.yaml", ""])
def test_settings_are_laid_on_defaults(given: Callable[..., Any], file: str) -> None:
    """A part of a config in a file, or as a value."""
    assert given(json.dumps(PART), file=file) == LAID


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("", id="a value"),
        pytest.param(f".typedflow/compiled/f.default.{digest_of(canonical(STORED))}.json", id="a compiled config"),
        pytest.param(f"kept/f.default.{digest_of(canonical(STORED))}.json", id="a copied one"),
        pytest.param("renamed.json", id="a renamed one"),
    ],
)
def test_a_stored_config_is_read_as_it_is(given: Callable[..., Any], file: str) -> None:
    """Dumped, read again, equal: lists that append, too."""
    assert given(canonical(STORED), file=file) == STORED


def test_a_compact_dump(given: Callable[..., Any]) -> None:
    """As a value, its text may be written in any way."""
    assert given(json.dumps(STORED)) == STORED
    assert given(json.dumps(config_value(train=CONFIG)[0][1])) == STORED


def test_a_file_of_ones_own_that_sets_all(given: Callable[..., Any]) -> None:
    """A settings file with every key is still a settings file."""
    text = 'opt = {name = "adam", lr = 9.0}\ntags = ["b"]\nenv = {v = 2}\n'
    assert given(text, file="train.toml") == {**STORED, "tags": ["a", "b"], "env": {"u": 1, "v": 2}}


def test_a_complete_config_with_a_variable_above(given: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables are laid on the whole config, not on the defaults."""
    monkeypatch.setenv("TYPEDFLOW__TRAIN__OPT__LR", "3")
    assert given(json.dumps(STORED)) == {**STORED, "opt": {"name": "adam", "lr": 3.0}}


def test_a_value_that_is_not_a_config_is_reported(given: Callable[..., Any]) -> None:
    """Every key, one of them wrong: the ordinary way says what is wrong."""
    from typedflow.metaflow._failures import ConfigFailure

    with pytest.raises(ConfigFailure) as caught:
        given(json.dumps({**STORED, "opt": {"name": "x", "lr": "much"}}))
    assert "opt.lr" in str(caught.value)


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        pytest.param(CONFIG, STORED, id="a model instance"),
        pytest.param(lambda _: CONFIG, STORED, id="a function that returns one"),
        pytest.param(UNCHECKED, STORED, id="an instance that is written in another way than it is stored"),
        pytest.param(PART, LAID, id="a dictionary"),
        pytest.param(STORED, STORED, id="a dump"),
        pytest.param(json.dumps(PART), LAID, id="a text"),
    ],
)
def test_a_default_value(default: Any, expected: Any) -> None:
    """An instance is complete; a dictionary or a text is what somebody wrote."""
    site = TypedConfig("train", Train)._site  # noqa: SLF001 # of this line
    text = default_text(Declaration("train", site, None, default, None, required=False), None)
    assert text is not None
    assert _read(text) == expected


CALLS: list[int] = []


def _made() -> dict[str, int]:
    CALLS.append(1)
    return {f"KEY_{len(CALLS)}": 0}


class Made(ConfigModel):
    """A default of which each call makes another one."""

    made: dict[str, int] = Field(default_factory=_made)


def test_a_factory_runs_once(given: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that a variable is matched with is one of the config."""
    monkeypatch.setenv("TYPEDFLOW__TRAIN__MADE__key_1", "3")
    CALLS.clear()
    assert given("made: {more: 1}", file="train.yaml", model=Made) == {"made": {"KEY_1": 3, "more": 1}}


class One(ConfigModel):
    """A model of which a part is the whole."""

    tags: Annotated[list[str], Merge.append] = ["a"]


class Two(One):
    """Another field."""

    more: int | None = None


@pytest.mark.parametrize(
    ("model", "file", "expected"),
    [(One, "", ["b"]), (One, "one.json", ["a", "b"]), (One, "one.toml", ["a", "b"]), (Two, "", ["a", "b"])],
)
def test_every_key_in_a_value_is_a_dump(
    given: Callable[..., Any], model: type[ConfigModel], file: str, expected: list[str]
) -> None:
    """A value cannot be told from a dump, even one of a single key; a file that typedflow did not write is settings."""
    text = 'tags = ["b"]' if file.endswith(".toml") else '{"tags": ["b"]}'
    assert given(text, file=file, model=model)["tags"] == expected
    if not file:
        site = TypedConfig("train", model)._site  # noqa: SLF001 # of this line
        written = default_text(Declaration("train", site, None, {"tags": ["c"]}, None, required=False), None)
        assert written is not None
        assert _read(written, model=model)["tags"] == [*expected[:-1], "c"]


@pytest.mark.parametrize(("made", "expected"), [(CONFIG, STORED), (PART, LAID)])
def test_what_a_parser_returns(made: Any, expected: Any) -> None:
    """An instance is complete; a dictionary is laid on the defaults."""
    assert _read("anything", lambda _: made) == expected


_FLOW = """
from metaflow import FlowSpec, step
from tests_models import Train
from typedflow import Config
class CompleteFlow(FlowSpec):
    train = Config("train", model=Train, default="train.toml")
    @step
    def start(self):
        print("seen:", self.train.tags, self.train.opt.name, self.train.opt.lr)
        if self.train.opt.lr == 0.25:
            raise SystemExit("resume me")
        self.next(self.end)
    @step
    def end(self):
        print("seen:", self.train.tags)
if __name__ == "__main__":
    CompleteFlow()
"""
_MODELS = """
from typing import Annotated
from typedflow import ConfigModel, Merge
class Opt(ConfigModel):
    name: str
    lr: float = 9.0
class Train(ConfigModel):
    opt: Opt = Opt(name="sgd", lr=0.5)
    tags: Annotated[list[str], Merge.append] = ["a"]
"""
_RUNNER = """
import typedflow
from metaflow import Runner
from tests_models import Opt, Train
train = Train(opt=Opt(name="adam"), tags=["b"])
given = typedflow.config_value(train=train)
with Runner("complete.py", show_output=False, config_value=given).run() as running:
    print(running.status, typedflow.load(running.run, Train) == train)
"""


@pytest.mark.slow
def test_a_run_and_its_resume(here: Path, python: Python) -> None:
    """A file is laid on the defaults once; resume, and Runner with an instance, read what was stored."""
    (here / "complete.py").write_text(_FLOW)
    (here / "tests_models.py").write_text(_MODELS)
    (here / "train.toml").write_text('opt = {lr = 0.25}\ntags = ["b"]\n')
    for command in (["run"], ["resume"]):
        run = subprocess.run(
            [sys.executable, "complete.py", *command], cwd=here, check=False, text=True, capture_output=True
        )
        assert "seen: ['a', 'b'] sgd 0.25" in run.stdout, run.stdout + run.stderr
    assert python(_RUNNER).stdout.strip().splitlines()[-1] == "successful True"
