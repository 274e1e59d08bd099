"""References and includes in the config of a flow without a project."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]
Python = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

FLOW = """
from metaflow import FlowSpec, step
from typedflow import Config, ConfigModel

class Opt(ConfigModel):
    rate: float = 0.1
    steps: int = 3

class Train(ConfigModel):
    opt: Opt
    rate: float = 0.5
    env: dict[str, str] = {}

class ReuseFlow(FlowSpec):
    train = Config("train", model=Train, default="configs/train.yaml")
    @step
    def start(self):
        self.next(self.end)
    @step
    def end(self):
        print("train:", self.train.opt.rate, self.train.opt.steps, self.train.rate, self.train.env)

if __name__ == "__main__":
    ReuseFlow()
"""
TRAIN = "opt: {$include: parts/opt.yaml, steps: 7}\nrate: {$ref: opt.rate}\nenv: {$literal: {$ref: x}}\n"


@pytest.fixture
def reuse(here: Path, flow: Flow) -> Flow:
    """Runs the flow, whose config is in a directory with another file."""
    (here / "reuse.py").write_text(FLOW)
    (here / "configs/parts").mkdir(parents=True)
    (here / "configs/train.yaml").write_text(TRAIN)
    (here / "configs/parts/opt.yaml").write_text("rate: 2\n")

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return flow("reuse.py", *arguments, **variables)

    return run


def test_a_run_has_the_values(reuse: Flow, python: Python) -> None:
    """Include paths are relative to the directory of the config's file; origins are stored with both places."""
    done = reuse("run")
    assert "train: 2.0 7 2.0 {'$ref': 'x'}" in done.stdout, done.stdout
    code = (
        "import metaflow, typedflow\nmetaflow.namespace(None)\n"
        "leaf = typedflow.origins(metaflow.Flow('ReuseFlow').latest_run).leaves['rate']\n"
        "print(leaf.origin, *leaf.through)"
    )
    place = "configs/parts/opt.yaml:1:7 configs/train.yaml:1:6 configs/train.yaml:2:7"
    assert python(code).stdout.strip() == place


def test_what_is_stored_is_data(reuse: Flow, here: Path) -> None:
    """A stored config is read back without looking for directives in it."""
    assert "train: 2.0 7 2.0 {'$ref': 'x'}" in reuse("run").stdout
    (here / "configs/train.yaml").write_text('{"env":{"$ref":"x"},"opt":{"rate":2.0,"steps":7},"rate":2.0}\n')
    stored = '{"env": {"$ref": "x"}, "opt": {"rate": 2.0, "steps": 7}, "rate": 2.0}'
    done = reuse("--config-value", "train", stored, "run")
    assert "train: 2.0 7 2.0 {'$ref': 'x'}" in done.stdout, done.stdout


def test_variables_may_be_directives(reuse: Flow) -> None:
    """They include files of the same directory."""
    done = reuse("run", TYPEDFLOW__TRAIN__OPT='{"$include": "parts/opt.yaml", "steps": {"$literal": 9}}')
    assert "train: 2.0 9 2.0" in done.stdout, done.stdout


#: Texts of the config's file, and what is said.
MISTAKES = {
    "an unknown reference": (
        "opt: {rate: {$ref: rates}}\n",
        "configs/train.yaml:1:20: error TF207 unknown-reference: `rates` is not in the settings",
    ),
    "a missing file": (
        "opt: {$include: parts/op.yaml}\n",
        "configs/train.yaml:1:17: error TF505 missing-file: there is no file `configs/parts/op.yaml`",
    ),
    "a file elsewhere": (
        "opt: {$include: ../other.yaml}\n",
        "configs/train.yaml:1:17: error TF516 outside-project: `../other.yaml` leads to",
    ),
    "a wrong value in an included file": (
        "opt: {$include: parts/opt.yaml}\nrate: x\n",
        "configs/train.yaml:2:7: error TF301 invalid-value: `rate` is 'x'",
    ),
    "a binding": (
        "$extends: other\nopt: {}\n",
        "configs/train.yaml:1:1: error TF202 bad-directive: `$extends` is read at the top of a binding's file only",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(reuse: Flow, here: Path, text: str, expected: str) -> None:
    """Each is said at its place, before a run starts."""
    (here / "configs/train.yaml").write_text(text)
    done = reuse("run")
    assert done.returncode != 0
    assert expected in done.stdout, done.stdout


def test_a_text_without_a_file_includes_nothing(reuse: Flow) -> None:
    """There is no directory that the path would be relative to; references need none."""
    done = reuse("--config-value", "train", '{"opt": {"$include": "parts/opt.yaml"}}', "run")
    assert "TF202 bad-directive: `$include` needs a directory" in done.stdout, done.stdout
    done = reuse("--config-value", "train", '{"opt": {"rate": {"$ref": "rate"}}}', "run")
    assert "train: 0.5 3 0.5 {}" in done.stdout, done.stdout


@pytest.mark.usefixtures("reuse")
def test_a_check_of_the_flow(here: Path) -> None:
    """It looks at included files, too."""
    (here / "configs/parts/opt.yaml").write_text("rate: 2\n# note\nsteps: yes\n")
    command = [sys.executable, "-m", "typedflow", "check", "reuse.py", "--format", "concise"]
    done = subprocess.run(command, cwd=here, check=False, text=True, capture_output=True)
    found = [line.partition(": ")[0] for line in done.stdout.splitlines() if "configs/parts/opt.yaml:3:8" in line]
    assert found, done.stdout
