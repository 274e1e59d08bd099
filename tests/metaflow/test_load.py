"""Configs of past runs, read back through Metaflow's Client."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]
Python = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

_MODELS = """
from typedflow import ConfigModel
class Optimizer(ConfigModel):
    rate: float = 0.1
class Train(ConfigModel):
    epochs: int
    optimizer: Optimizer = Optimizer()
"""
_FLOW = """
from metaflow import Config as MetaflowConfig, FlowSpec, step
from models import Train
from typedflow import Config
class PastFlow(FlowSpec):
    train = Config("train", model=Train, default_value={"epochs": 3})
    raw = MetaflowConfig("raw", default_value='{"epochs": 4, "optimizer": {"rate": 0.5}}')
    absent = MetaflowConfig("absent")
    @step
    def start(self):
        self.next(self.end)
    @step
    def end(self):
        pass
if __name__ == "__main__":
    PastFlow()
"""
_ONE = _FLOW.replace("PastFlow", "OneFlow").replace('    absent = MetaflowConfig("absent")\n', "")
_ONE = "\n".join(line for line in _ONE.splitlines() if "raw =" not in line)
_CHANGED = """
from typedflow import ConfigModel, migration
class Train(ConfigModel):
    rounds: int
    learning_rate: float

    @migration(since="2999-01-02T12:00")
    @staticmethod
    def flatten(data):
        optimizer = data.pop("optimizer")
        return {**data, "learning_rate": optimizer["rate"]}

    @migration(since="2999-01-01")
    @staticmethod
    def rename(data):
        return {"rounds": data.pop("epochs"), **data}

    @migration(since="2001-01-01")
    @staticmethod
    def long_ago(data):
        raise AssertionError("the run is younger")
"""
_PRELUDE = "import metaflow, typedflow; metaflow.namespace(None); from models import *; run = {run}\n"
_LATEST = "metaflow.Flow('{}').latest_run"


@pytest.fixture
def past(here: Path, flow: Flow, python: Python) -> Callable[..., str]:
    """Runs a flow with one model, and code with a past run and perhaps another model."""
    (here / "models.py").write_text(_MODELS)
    for name, text in (("past.py", _FLOW), ("one.py", _ONE)):
        (here / name).write_text(text)

    def read(code: str, name: str = "PastFlow", models: str = _MODELS) -> str:
        script = "past.py" if name == "PastFlow" else "one.py"
        (here / "models.py").write_text(_MODELS)
        done = flow(script, "run")
        assert done.returncode == 0, done.stdout
        (here / "models.py").write_text(models)
        return python(_PRELUDE.format(run=_LATEST.format(name)) + code).stdout

    return read


def test_a_run_is_read_back(past: Callable[..., str]) -> None:
    """Runs, what is in them, and pathspecs of both; what typedflow stored, and what plain Metaflow did."""
    code = """
print(typedflow.load(run, Train, "train"))
print(typedflow.load(run.pathspec, Train, "raw").optimizer)
print(typedflow.load(run["start"], Train, "train") == typedflow.load(run["end"].task.pathspec, Train, "train"))
"""
    assert past(code).splitlines() == ["epochs=3 optimizer=Optimizer(rate=0.1)", "rate=0.5", "True"]


def test_the_only_config_need_not_be_named(past: Callable[..., str]) -> None:
    """A flow with one config has no other that could be meant."""
    assert past("print(typedflow.load(run, Train).epochs)", "OneFlow") == "3\n"


def test_migrations_are_run_in_order(past: Callable[..., str]) -> None:
    """What is stored becomes what the model takes today; what is older than a run is not for it."""
    assert past("print(typedflow.load(run, Train))", "OneFlow", _CHANGED) == "rounds=3 learning_rate=0.1\n"


_FAILURES = {
    "no run": ("typedflow.load('PastFlow/0', Train)", "PastFlow/0", "TF702 unknown-run", "PastFlow/0 cannot be read: "),
    "no run's pathspec": ("typedflow.load('PastFlow', Train)", "PastFlow", "TF702 unknown-run", "is not a run"),
    "which config": ("typedflow.load(run, Train)", "PastFlow/", "TF513 unknown-config", "`absent`, `raw`, `train`"),
    "no config": ("typedflow.load(run, Train, 'rwa')", "PastFlow/", "TF513 unknown-config", "has no config `rwa`"),
    "no value": ("typedflow.load(run, Train, 'absent')", "PastFlow/", "TF404 no-value", "`absent` of PastFlow/"),
    "no fit": (
        "typedflow.load(run, Optimizer, 'raw')",
        "PastFlow/",
        "TF302 unknown-key",
        "config `raw` does not fit Optimizer: `epochs`: Extra inputs are not permitted",
    ),
}


def test_what_cannot_be_read_back(past: Callable[..., str]) -> None:
    """Each mistake is a diagnostic at the run."""
    code = "".join(
        f"try:\n    {call}\nexcept typedflow.TypedflowError as error:\n    print(repr(str(error)))\n"
        for call, *_ in _FAILURES.values()
    )
    lines = past(code).splitlines()
    assert len(lines) == len(_FAILURES)
    for line, (_, place, rule, words) in zip(lines, _FAILURES.values(), strict=True):
        assert line[1:].startswith(place)
        assert rule in line
        assert words in line
    assert "`optimizer`" in lines[-1], "field by field"


def test_a_migration_that_fails_is_shown_at_its_line(past: Callable[..., str]) -> None:
    """The user's line, and which run it failed on."""
    models = _CHANGED.replace('data.pop("epochs")', 'data.pop("epoch")')
    code = "try:\n    typedflow.load(run, Train)\nexcept typedflow.TypedflowError as error:\n    print(error)\n"
    said = past(code, "OneFlow", models)
    assert "models.py:16:1: TF703 migration-failed: the migration `Train.rename` fails on OneFlow/" in said
    assert said.endswith("KeyError: 'epoch'\n")


def test_a_migration_that_returns_nothing(past: Callable[..., str]) -> None:
    """A forgotten ``return`` is said as what it is, not as a config that does not fit."""
    models = _CHANGED.replace('return {"rounds"', 'x = {"rounds"')
    code = "try:\n    typedflow.load(run, Train)\nexcept typedflow.TypedflowError as error:\n    print(error)\n"
    said = past(code, "OneFlow", models)
    assert "TF703 migration-failed: the migration `Train.rename` fails on OneFlow/" in said
    assert "it returns None" in said


_GONE = """
import gzip, os, shutil
def say(read):
    try:
        print(read())
    except typedflow.TypedflowError as error:
        print(error)
def read_both():
    say(lambda: typedflow.load(run.pathspec, Train))
    say(lambda: typedflow.origins(run.pathspec))
data = os.path.join(".metaflow", "OneFlow", "data")
sha = run["_parameters"].task["train_origins"]._object["sha"]
file = os.path.join(data, sha[:2], sha)
os.rename(file, file + "_")
read_both()
with open(file, "wb") as damaged:
    damaged.write(gzip.compress(b"no pickle"))
say(lambda: typedflow.origins(run.pathspec))
shutil.rmtree(data)
shutil.rmtree(os.environ["METAFLOW_CLIENT_CACHE_PATH"], ignore_errors=True)
read_both()
"""


def test_a_run_whose_data_is_gone(past: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of it is read; what is gone is a diagnostic at the run, wherever it is asked for."""
    monkeypatch.setenv("METAFLOW_CLIENT_CACHE_PATH", str(tmp_path / "cache"))
    config, first, damaged, *gone = past(_GONE, "OneFlow").splitlines()
    assert config == "epochs=3 optimizer=Optimizer(rate=0.1)"
    assert damaged.startswith("OneFlow/")
    assert "TF702 unknown-run: its data cannot be read: " in damaged
    gone.append(first)
    assert len(gone) == 3
    assert all(line.startswith("OneFlow/") and "TF702 unknown-run: its data is gone" in line for line in gone)
