"""Where the values of a past run's config were from, stored with the run."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]
Python = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

_MODELS = """
from typedflow import ConfigModel
class Train(ConfigModel):
    epochs: int
    rate: float = 0.1
"""
_FLOW = """
from metaflow import Config as MetaflowConfig, FlowMutator, FlowSpec, step
from models import Train
from typedflow import Config
class OriginFlow(FlowSpec):
    train = Config("train", model=Train, default="train.toml")
    other = Config("other", model=Train, default_value={"epochs": 4})
    raw = MetaflowConfig("raw", default_value='{"epochs": 5}')
    @step
    def start(self):
        self.next(self.end)
    @step
    def end(self):
        print("kept for", self.train_origins["unit"])
if __name__ == "__main__":
    OriginFlow()
"""
_MUTATED = _FLOW.replace(
    "class OriginFlow(",
    """class Touch(FlowMutator):
    def pre_mutate(self, mutable_flow):
        for name, value in mutable_flow.configs:
            assert name in ("train", "other", "raw"), name
@Touch
class OriginFlow(""",
)
_READ = """
import metaflow, typedflow
metaflow.namespace(None)
run = metaflow.Flow("OriginFlow").latest_run
def say(*arguments):
    try:
        found = typedflow.origins(*arguments)
    except typedflow.TypedflowError as error:
        print(error)
    else:
        leaves = {path: [str(leaf.origin), list(map(str, leaf.shadows))] for path, leaf in found.leaves.items()}
        print(leaves, found.unit, found.model, found.binding, found.environment)
"""


@pytest.fixture
def told(here: Path, flow: Flow, python: Python) -> Callable[..., list[str]]:
    """Runs the flow, and gives what reading its origins prints."""
    (here / "models.py").write_text(_MODELS)
    (here / "train.toml").write_text("epochs = 3\n")

    def read(code: str, text: str = _FLOW, *arguments: str, **variables: str) -> list[str]:
        (here / "origin.py").write_text(text)
        done = flow("origin.py", *arguments, "run", **variables)
        assert done.returncode == 0, done.stdout
        assert "kept for OriginFlow" in done.stdout
        printed = python(_READ + code)
        assert printed.returncode == 0, printed.stderr
        return printed.stdout.splitlines()

    return read


@pytest.mark.parametrize("text", [_FLOW, _MUTATED])
def test_a_run_keeps_its_origins(told: Callable[..., list[str]], text: str) -> None:
    """Every leaf has its place, defaults that of their declaration; a flow with mutators keeps them as well."""
    code = "say(run, 'train'); say(run['end'].task.pathspec, 'other'); say(run.pathspec, 'raw')"
    train, other, raw = told(code, text)
    default = "models.py:5:"
    assert train.startswith("{'epochs': ['train.toml:1:10', []], 'rate': ['" + default)
    assert train.endswith(" OriginFlow models:Train default None")
    assert other.startswith("{'epochs': ['default_value of config `other`:1:12', []], ")
    assert raw.startswith("OriginFlow/")
    assert "TF704 no-origins: the origins of the config `raw` of OriginFlow/" in raw


def test_files_and_variables_that_a_command_gives(told: Callable[..., list[str]], here: Path) -> None:
    """The file of ``--config``, and the variable that shadows it."""
    (here / "own.yaml").write_text("rate: 2.0\nepochs: 7\n")
    lines = told("say(run, 'train')", _FLOW, "--config", "train", "own.yaml", TYPEDFLOW__TRAIN__RATE="3")
    assert "{'epochs': ['own.yaml:2:9', []], 'rate': ['TYPEDFLOW__TRAIN__RATE" in lines[0]
    assert "['own.yaml:1:7']]" in lines[0]


def test_the_values_stay_what_they_are(told: Callable[..., list[str]], artifact: Callable[[str, str], str]) -> None:
    """Origins stand beside the config; who reads the run without typedflow sees plain dictionaries."""
    told("")
    assert artifact("OriginFlow", "train") == 'dict {"epochs": 3, "rate": 0.1}'
    kind, _, text = artifact("OriginFlow", "train_origins").partition(" ")
    assert kind == "dict"
    assert json.loads(text)["leaves"]["epochs"]["origin"] == {"source": "train.toml", "line": 1, "column": 10}


def test_a_resumed_run_keeps_the_origins_of_its_origin(
    told: Callable[..., list[str]], flow: Flow, python: Python, here: Path
) -> None:
    """``resume`` takes the config of the run that it resumes, and where that was from."""
    told("")
    (here / "train.toml").unlink()
    done = flow("origin.py", "resume", "end")
    assert done.returncode == 0, done.stdout
    assert "'train.toml:1:10'" in python(_READ + "say(run, 'train')").stdout


def test_an_attribute_of_the_flow_wins(told: Callable[..., list[str]]) -> None:
    """A flow that has something of its own under that name keeps it, and its runs have no origins."""
    own = '    train_origins = {"unit": "OriginFlow"}\n'
    text = _FLOW.replace("    @step\n    def start", f"{own}    @step\n    def start", 1)
    (line,) = told("say(run, 'train')", text)
    assert "TF704 no-origins" in line
