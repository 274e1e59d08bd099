"""``typedflow runs``: past runs with their settings and results."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call

FILES = {
    "typedflow.toml": """\
project = "demo"
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[flows.never]
file = "flows/never.py"
""",
    "flows/settings.py": """\
from typing import Literal

from pydantic import Field

from typedflow import ConfigModel


class Model(ConfigModel):
    alpha: float
    learning_rate: float = Field(default=0.1, alias="learning-rate")
    kind: Literal["ols", "ridge"] = "ols"


class Settings(ConfigModel):
    model: Model
    features: list[str] = ["a"]
""",
    "flows/training.py": """\
import numpy
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        if self.settings.features == ["stop"]:
            raise ValueError("no")
        self.r2 = 1 - self.settings.model.alpha
        self.loss = numpy.float32(0.5)
        self.metrics = {"r2": [self.r2, {"n": 3}], 3: "three", "by name": {"a.b": 1}}
        self.part = self.settings.model


if __name__ == "__main__":
    Training()
""",
    "flows/never.py": """\
from metaflow import FlowSpec, step


class Never(FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
""",
    "settings/settings.yaml": "model: {alpha: 0.5}\n",
    "settings/settings.configuration.EXP_01.yaml": "model: {alpha: 0.25}\n",
    "settings/settings.configuration.EXP_02.yaml": "model: {kind: ridge, learning-rate: 0.2}\n",
}
RUNS = (("EXP_01",), ("EXP_02",), ("EXP_01", "--set", "features=[stop]"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which three runs were made, of which the last has failed."""
    root = tmp_path_factory.mktemp("runs").resolve()
    (root / ".metaflow").mkdir()
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for arguments in RUNS:
        command = [sys.executable, "-m", "typedflow", "run", "training", "--binding", *arguments]
        subprocess.run(command, cwd=root, env=dict(os.environ), check=False, capture_output=True)
    return root


@pytest.fixture
def runs(past: Path, spawn: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs ``typedflow runs`` in the project."""
    monkeypatch.chdir(past)
    return lambda *arguments: spawn("runs", *arguments)


@pytest.fixture
def lost(past: Path, spawn: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs ``typedflow runs`` without what Metaflow's Client remembers of earlier runs."""
    monkeypatch.chdir(past)
    count = itertools.count()
    return lambda *arguments: spawn("runs", *arguments, METAFLOW_CLIENT_CACHE_PATH=str(tmp_path / str(next(count))))


def _bindings(call: Call, *arguments: str) -> list[str]:
    found = json.loads(call("training", *arguments, "--format", "json").out)
    return [each["binding"] for each in found["runs"]]


def test_the_settings_in_which_runs_differ(runs: Call) -> None:
    """A row for each run, the newest first; settings that are the same everywhere are left out."""
    done = runs("training")
    headers, *rows = [line.split() for line in done.out.splitlines()]
    assert headers[:6] == ["ID", "BINDING", "ENVIRONMENT", "STATUS", "CREATED", "USER"]
    assert headers[6:] == ["model.alpha", 'model."learning-rate"', "model.kind", "features"]
    assert [(row[1], row[3], *row[7:]) for row in rows] == [
        ("EXP_01", "unfinished", "0.25", "0.1", "ols", '["stop"]'),
        ("EXP_02", "successful", "0.5", "0.2", "ridge", '["a"]'),
        ("EXP_01", "successful", "0.25", "0.1", "ols", '["a"]'),
    ]
    assert (done.code, done.err) == (0, "")


COLUMNS = {
    "settings": ("model.kind,config.model.alpha", ["ridge", 0.5]),
    "results": ("data.r2", [0.5]),
    "numbers of NumPy's": ("data.loss", [0.5]),
    "results by their other name": ("artifacts.r2", [0.5]),
    "what is in a result": ('data.metrics.r2[0],data.metrics.r2[1].n,data.metrics."by name"."a.b"', [0.5, 3, 1]),
    "what is not in a result": ("data.metrics.r3,data.metrics.r2[2],data.r2.x,data.lost.x", [None] * 4),
    "a part of the settings": (
        "data.part.alpha,data.part",
        [0.5, {"alpha": 0.5, "learning_rate": 0.2, "kind": "ridge"}],
    ),
    "facts": ("run.binding,run.user", ["EXP_02", "tester"]),
    "identities": ("run.identity", ["demo.EXP_02.training"]),
    "aliases": ("model.learning-rate", [0.2]),
    "a section": ("model", [{"alpha": 0.5, "learning-rate": 0.2, "kind": "ridge"}]),
    "tables that it has not": ("run.tables,run.tables.films", [None, None]),
    "what it lacks": ("data.lost,features[3]", [None, None]),
}


@pytest.mark.parametrize(("columns", "values"), COLUMNS.values(), ids=COLUMNS)
def test_columns(runs: Call, columns: str, values: list[object]) -> None:
    """Settings by key path, facts of the run, and artifacts of its last task."""
    found = json.loads(runs("training", "--binding", "EXP_02", "--columns", columns, "--format", "json").out)
    assert (found["version"], found["flow"], found["class"]) == (1, "training", "Training")
    assert found["columns"] == columns.split(",")
    assert list(found["runs"][0]["values"].values()) == values


MATCHES = {
    "settings": ("config.model.alpha > 0.3", ["EXP_02"]),
    "fields by name": ("config.model.learning_rate < 0.2 and run.successful", ["EXP_01"]),
    "results": ("data.r2 > 0.6", ["EXP_01"]),
    "results by their other name": ("artifacts.metrics['r2'][0] > 0.6", ["EXP_01"]),
    "a part of the settings": ("artifacts.part.alpha > 0.3", ["EXP_02"]),
    "facts": ("run.status == 'unfinished' or run.binding == 'EXP_02'", ["EXP_01", "EXP_02"]),
    "identities": ("run.identity.startswith('demo.EXP_01.')", ["EXP_01", "EXP_01"]),
    "builtins": ("len(config.features) == 1 and any(each == 'stop' for each in config.features)", ["EXP_01"]),
    "none": ("config.model.alpha > 3", []),
}


@pytest.mark.parametrize(("expression", "bindings"), MATCHES.values(), ids=MATCHES)
def test_where(runs: Call, expression: str, bindings: list[str]) -> None:
    """An expression over settings, facts and results."""
    assert _bindings(runs, "--where", expression) == bindings


def test_what_a_run_lacks_is_said(runs: Call) -> None:
    """A run without the result does not match, and their number is printed."""
    done = runs("training", "--where", "data.r2 > 0")
    assert done.code == 0
    assert done.err.startswith("1 run did not match because a value that --where uses is missing: Training/")


OPTIONS = {
    "binding": (("--binding", "*2"), ["EXP_02"]),
    "environment": (("--env", "dev"), []),
    "since": (("--since", "2999-01-01"), []),
    "sorted": (("--sort", "model.alpha", "--where", "run.successful"), ["EXP_01", "EXP_02"]),
    "the largest first": (("--sort=-data.r2",), ["EXP_01", "EXP_02", "EXP_01"]),
    "limit": (("--limit", "1", "--sort=-model.alpha"), ["EXP_02"]),
}


@pytest.mark.parametrize(("arguments", "bindings"), OPTIONS.values(), ids=OPTIONS)
def test_options(runs: Call, arguments: tuple[str, ...], bindings: list[str]) -> None:
    """Which runs are shown, and in which order."""
    assert _bindings(runs, *arguments) == bindings


def test_formats(runs: Call) -> None:
    """Markdown and CSV have the same cells as the table."""
    lines = runs("training", "--columns", "model.kind", "--format", "markdown", "--limit", "1").out.splitlines()
    assert lines[0] == "| ID | BINDING | ENVIRONMENT | STATUS | CREATED | USER | model.kind |"
    assert lines[2].endswith("| tester | ols |")
    done = runs("training", "--columns", "model.kind", "--format", "csv", "--limit", "1")
    rows = list(csv.reader(io.StringIO(done.out)))
    assert [row[-1] for row in rows] == ["model.kind", "ols"]
    assert done.err == "only the first is shown; --limit 0 shows all\n"


MANY = {
    "one run": ("1", 2, "2 more settings are not shown"),
    "one run, one more": ("1", 3, "1 more setting is not shown"),
    "several runs": ("2", 1, "2 more settings differ"),
    "several runs, one more": ("2", 2, "1 more setting differs"),
}


@pytest.mark.parametrize(("limit", "most", "said"), MANY.values(), ids=MANY)
def test_many_settings(
    past: Path, call: Call, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    """Some are left out of a table, and that is said; one run differs from nothing."""
    monkeypatch.chdir(past)
    monkeypatch.setattr("typedflow.cli._runs._MOST_COLUMNS", most)
    done = call("runs", "training", "--limit", limit, "--binding", "EXP_0*", "--sort=run.created")
    assert done.out.splitlines()[0].split()[6:] == ["model.alpha", 'model."learning-rate"', "model.kind"][:most]
    assert done.err.splitlines()[0] == f"{said}; choose columns with --columns"


def test_a_flow_that_was_never_run(runs: Call) -> None:
    """Nothing is shown, and that is not an error."""
    done = runs("never")
    assert (done.code, done.out, done.err) == (0, "", "there is no run yet\n")


def test_what_the_model_does_not_take_any_more(past: Path, runs: Call) -> None:
    """Runs that do not fit today's model are shown as they were stored."""
    file = past / "flows" / "settings.py"
    before = file.read_text()
    try:
        file.write_text(before.replace('Literal["ols", "ridge"] = "ols"', 'Literal["ols"] = "ols"'))
        assert _bindings(runs, "--where", "config.model.kind == 'ridge'") == ["EXP_02"]
    finally:
        file.write_text(before)


def test_a_run_that_cannot_be_read(past: Path, runs: Call) -> None:
    """Its row has no settings, and the reason is printed."""
    newest = max((past / ".metaflow" / "Training").glob("[0-9]*"))
    hidden = newest / "_hidden"
    (newest / "_parameters").rename(hidden)
    try:
        done = runs("training", "--columns", "model.kind")
    finally:
        hidden.rename(newest / "_parameters")
    assert done.code == 0
    assert done.out.splitlines()[1].split()[-1] == "-"
    assert done.err.startswith(f"the settings of 1 cannot be read: Training/{newest.name}: ")


CLASHING = """
class Data(ConfigModel):
    loss: float = 3.0
    other: int = 1


class Settings(ConfigModel):
    data: Data = Data()
"""


@pytest.fixture
def clashing(past: Path) -> Iterator[None]:
    """A model with a field `data`, whose fields are named like artifacts."""
    file = past / "flows" / "settings.py"
    before = file.read_text()
    file.write_text(before.replace("\nclass Settings(ConfigModel):\n", CLASHING))
    yield
    file.write_text(before)


@pytest.mark.usefixtures("clashing")
def test_a_field_and_an_artifact_of_one_name(runs: Call) -> None:
    """Both can be shown; an ambiguous name is rejected, with a name for each; names in the table are unambiguous."""
    done = runs("training", "--columns", "data.loss,data.r2")
    assert (done.code, done.out) == (2, "")
    assert "`data.loss` is ambiguous" in done.err
    assert "write `config.data.loss` (a setting) or `artifacts.loss` (an artifact)" in done.err
    columns = "config.data.loss,artifacts.loss,data.r2,config.data.other,data"
    found = json.loads(runs("training", "--binding", "EXP_02", "--columns", columns, "--format", "json").out)
    assert list(found["runs"][0]["values"].values()) == [3.0, 0.5, 0.5, 1, {"loss": 3.0, "other": 1}]
    headers = json.loads(runs("training", "--limit", "1", "--format", "json").out)["columns"]
    assert headers[:2] == ["config.data.loss", "config.data.other"]
    assert runs("training", "--columns", ",".join(headers)).code == 0


@contextmanager
def _without(past: Path, *names: str) -> Iterator[None]:
    """Remove the stored artifacts of the oldest run, as a datastore's retention does; without names, all of them."""
    code = "import sys; from metaflow import Flow, namespace; namespace(None); old = list(Flow('Training'))[-1]\n"
    code += "tasks = [old[step].task for step in ('end', '_parameters')]\n"
    code += "for name in sys.argv[1:]: print(next(task for task in tasks if name in task)[name]._object['sha'])"
    done = subprocess.run([sys.executable, "-c", code, *names], cwd=past, capture_output=True, text=True, check=True)
    data = past / ".metaflow" / "Training" / "data"
    taken = [data / key[:2] / key for key in done.stdout.split()] if names else [data]
    for path in taken:
        path.rename(path.with_name(f"_{path.name}"))
    try:
        yield
    finally:
        for path in taken:
            path.with_name(f"_{path.name}").rename(path)


#: What is gone, what is asked for, the cells of the oldest run, and what standard error says of it.
GONE = {
    "a result and the origins": (
        ("settings_origins", "r2"),
        ("--columns", "data.r2,data.loss,model.alpha", "--sort", "data.r2"),
        ["-", "-", "successful", "-", "0.5", "0.25"],
        [
            "the artifact `r2` of Training/{} cannot be read: its data is gone; its cells are shown as missing",
            "the binding of Training/{} cannot be read: its data is gone; its cells are shown as missing",
        ],
    ),
    "the settings and the outcome": (
        ("settings", "_task_ok"),
        ("--columns", "data.r2,model.alpha,run.successful"),
        ["EXP_01", "-", "unknown", "0.75", "-", "-"],
        [
            "the settings of 1 cannot be read: Training/{}: its data is gone",
            "the outcome of Training/{} cannot be read: its data is gone; its cells are shown as missing",
        ],
    ),
}


@pytest.mark.parametrize(("gone", "arguments", "cells", "said"), GONE.values(), ids=GONE)
def test_what_is_gone_is_missing(
    past: Path, lost: Call, gone: tuple[str, ...], arguments: tuple[str, ...], cells: list[str], said: list[str]
) -> None:
    """A run without its data does not end the command: the rest is shown, and the missing part is reported."""
    with _without(past, *gone):
        done = lost("training", *arguments)
    oldest = min(each.name for each in (past / ".metaflow" / "Training").glob("[0-9]*"))
    [row] = [line.split() for line in done.out.splitlines() if line.startswith(oldest)]
    assert [*row[1:4], *row[7:]] == cells
    assert [line for line in done.err.splitlines() if oldest in line] == [line.format(oldest) for line in said]
    assert (done.code, len(done.out.splitlines())) == (0, 4)


def test_everything_is_gone(past: Path, lost: Call) -> None:
    """Runs with only metadata are rows without values; expressions about them are undecided."""
    with _without(past):
        done = lost("training", "--columns", "data.r2,model.alpha")
        bound = lost("training", "--binding", "EXP_01")
    rows = [line.split() for line in done.out.splitlines()[1:]]
    assert [(row[1], row[3], *row[7:]) for row in rows] == [("-", "unknown", "-", "-")] * 3
    assert "the settings of 3 cannot be read: " in done.err
    assert (done.code, bound.code, bound.out) == (0, 0, "")
    assert "3 runs did not match because the binding and the environment cannot be read: " in bound.err


def test_a_comparison_with_a_run_whose_data_is_gone(
    past: Path, spawn: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is named, whatever is missing."""
    monkeypatch.chdir(past)
    cache = (str(tmp_path / str(count)) for count in itertools.count())
    oldest = min(each.name for each in (past / ".metaflow" / "Training").glob("[0-9]*"))
    for gone in ((), ("settings",), ("settings_origins",)):
        with _without(past, *gone):
            done = spawn("diff", "training", f"Training/{oldest}", "EXP_01", METAFLOW_CLIENT_CACHE_PATH=next(cache))
        assert (done.code, done.out) == (2, "")
        assert f"Training/{oldest}: error TF702 unknown-run: its data is gone" in done.err


#: What cannot be judged where only metadata is left.
_ASKED = ("config.model.alpha > 0", "run.status == 'successful'")


def test_where_of_runs_whose_data_is_gone(past: Path, lost: Call) -> None:
    """It cannot be decided whether they match, and the reason is printed."""
    for expression in _ASKED:
        with _without(past):
            done = lost("training", "--where", expression)
        assert (done.code, done.out) == (0, "")
        assert "3 runs did not match because a value that --where uses cannot be read: " in done.err
        assert "its data is gone" in done.err


MISTAKES = {
    "a type": ("run.id > 3", "`run.id > 3` fails for 3 runs: Training/", ": TypeError: '>' not supported between"),
    "a key": ("data.metrics.r2[0] > 0", "` fails for 2 runs: Training/", 'it is a key: write `["r2"]`'),
}


@pytest.mark.parametrize(("expression", "said", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_not_a_run_that_does_not_match(runs: Call, expression: str, said: str, reason: str) -> None:
    """An expression that fails for every run is an error."""
    done = runs("training", "--where", expression)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert reason in done.err
    assert "no run matches" not in done.err


def test_runs_above_the_project_are_named(past: Path, spawn: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Metaflow searches upwards for runs: those that it finds above the project are perhaps of another one."""
    inner = past / "inner"
    for name, text in FILES.items():
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).write_text(text)
    monkeypatch.chdir(inner / "flows")
    done = spawn("runs", "training", "--limit", "0")
    assert (done.code, len(done.out.splitlines())) == (0, 4)
    assert done.err == f"runs of {past}/.metaflow, above the project {inner}\n"
    (inner / ".metaflow").mkdir()
    assert spawn("runs", "training").err == "there is no run yet\n"


BAD = {
    "a field": (("--where", "config.model.alhpa > 1"), "--where:1:14: error TF510 unknown-path: Model has no `alhpa`"),
    "its meaning": (("--where", "config.model.alhpa > 1"), "did you mean `alpha`?"),
    "a name": (
        ("--where", "confg.model.alpha > 1"),
        "there is no `confg`; an expression has `config`, `run`, `data`, `artifacts`",
    ),
    "a fact": (("--where", "run.usr == 'x'"), "--where:1:5: error TF510 unknown-path: a run has no `usr`"),
    "syntax": (("--where", "config.model.alpha >"), "--where:1:21: error"),
    "a column": (("--columns", "model.alhpa"), "`model.alhpa`: `model` cannot have `alhpa`"),
    "a column's syntax": (("--columns", "model..a"), "is not a column"),
    "a column of facts": (("--columns", "run.usr"), "a run has no `run.usr`"),
    "a column of a fact's parts": (
        ("--columns", "run.tables.films.table"),
        "`run.tables.films.table` is not the name of a table",
    ),
    "a column of tables": (("--columns", "run.tabels"), "did you mean `tables`?"),
    "a column of results": (("--columns", "data"), "`data` names no artifact"),
    "a date": (("--since", "yesterday"), "argument --since: must be a date or a time, such as 2026-11-01"),
    "a column of nothing": (("--columns", "foo"), "`foo` is not a setting, a fact of the run or an artifact"),
    "an order by nothing": (("--sort", "alpha"), "`alpha` is not a setting, a fact of the run or an artifact"),
    "what it has": (("--columns", "foo"), "it has `features`, `model`"),
    "one equals sign": (("--where", "config.model.alpha = 1"), "to compare, write `==`"),
    "a limit": (("--limit", "-1"), "argument --limit: must be an integer greater than or equal to 0, not '-1'"),
    "a limit that is no number": (("--limit", "all"), "must be an integer greater than or equal to 0, not 'all'"),
}


@pytest.mark.parametrize(("arguments", "words"), BAD.values(), ids=BAD)
def test_a_wrong_command_line(
    past: Path, call: Call, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    """Names that no run can have are reported before any run is read."""
    monkeypatch.chdir(past)
    done = call("runs", "training", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
