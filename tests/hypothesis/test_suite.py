"""`laws` in somebody's own suite, and what is loaded when nobody asks."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import find
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel, BeforeValidator, model_validator
from typing_extensions import Self

from typedflow import ConfigModel
from typedflow.hypothesis import LawBroken, laws, replay
from typedflow.hypothesis._laws import laws_of
from typedflow.project import import_file

pytestmark = pytest.mark.slow

FLOW = """\
from typing import Annotated

from metaflow import FlowSpec, Parameter, resources, step
from pydantic import Field

from typedflow import Config, ConfigModel, ref

class Train(ConfigModel):
    memory: Annotated[int, Field(ge=1)] = 100
    rate: float = 0.5

class TrainFlow(FlowSpec):
    train = Config("train", model=Train, default_value="{}")
    rate = Parameter("rate", default=ref(Train, "train").rate)

    @resources(memory=ref(Train, "train").memory)
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
SUITE = """\
from flow import TrainFlow
from typedflow.hypothesis import laws


TestTrainFlow = laws(TrainFlow)
"""
NAMES = [
    "read_back",
    "formats_agree",
    "faults_are_found",
    "validators_refuse",
    "schema_agrees",
    "layers_merge",
    "origins_are_true",
    "reuse_is_copying",
    "mends_are_meant",
]


def _pytest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), *options, "suite.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A flow, and a test module that has one line of tests."""
    (tmp_path / "flow.py").write_text(FLOW)
    (tmp_path / "suite.py").write_text(SUITE)
    return tmp_path


def test_one_line_is_a_test_of_each_law(suite: Path) -> None:
    """Pytest collects each law under its own name, and all pass."""
    ran = _pytest(suite, "-v", "--color=no")
    assert ran.returncode == 0, ran.stdout
    for name in [*(f"test_train_{name}" for name in NAMES), "test_takes_every_config"]:
        assert f"suite.py::TestTrainFlow::{name} PASSED" in ran.stdout


def test_a_broken_law_shows_the_smallest_config_and_the_place(suite: Path) -> None:
    """A field without bounds that Metaflow has bounds for fails one test, with the line of the decorator's argument."""
    (suite / "flow.py").write_text(
        FLOW.replace(
            '    @resources(memory=ref(Train, "train").memory)', '    @retry(times=ref(Train, "train").memory)'
        )
        .replace("resources, step", "retry, step")
        .replace("Annotated[int, Field(ge=1)] = 100", "int = 3")
    )
    ran = _pytest(suite, "--color=no")
    assert ran.returncode == 1, ran.stdout
    assert "1 failed, 9 passed" in ran.stdout
    assert "TrainFlow cannot be started with a config that its model accepts" in ran.stdout
    assert "flow.py:16:5" in ran.stdout
    assert "{'train': {'memory': 5}}" in ran.stdout


def test_a_profile_of_the_suite_holds(suite: Path) -> None:
    """How many examples there are is Hypothesis's setting, as for other tests."""
    (suite / "suite.py").write_text(
        "from hypothesis import settings\nsettings.register_profile('few', max_examples=7)\n"
        "settings.load_profile('few')\n" + SUITE
    )
    ran = _pytest(suite, "--hypothesis-show-statistics", "-k", "read_back")
    assert "- 7 passing" in ran.stdout, ran.stdout


class Train(ConfigModel):
    """A model of this module."""

    epochs: int = 1


def test_a_model_alone_has_laws() -> None:
    """Without a flow there are the laws of the model, its layers and its mends."""
    tests = laws(Train)
    assert tests.__name__ == "TestLawsOfTrain"
    assert [name for name in vars(tests) if name.startswith("test_")] == [f"test_{name}" for name in NAMES]


def test_an_example_is_tried_again() -> None:
    """``replay`` raises for an example that breaks its law, and says where; it takes no law that there is not."""
    replay(Train, "faults-are-found", _fault(line=1))
    with pytest.raises(LawBroken, match="is reported with another rule or at another position"):
        replay(Train, "faults-are-found", _fault(line=2))
    with pytest.raises(LookupError, match="Train has no law 'read'; its laws are read-back, formats-agree"):
        replay(Train, "read", {})
    with pytest.raises(ValueError, match="the example does not fit the law `layers-merge`: Field required"):
        replay(Train, "layers-merge", {})


class Slices(BaseModel):
    """Validators that raise what Pydantic does not take for a refusal."""

    epochs: int
    days: Annotated[str, BeforeValidator(lambda value: value.strip())] = "1"

    @model_validator(mode="after")
    def _is_short(self) -> Self:
        if 10 / self.epochs > 5:  # some number
            raise ValueError("too long")
        return self


@pytest.mark.parametrize(
    ("error", "example"),
    [(ZeroDivisionError, {"epochs": 0}), (AttributeError, {"epochs": 0, "days": 10**9})],
)
def test_a_validator_that_raises_something_else_breaks_a_law(error: type[Exception], example: dict[str, Any]) -> None:
    """What a type allows, and what it does not, is taken or refused with ValueError."""
    law = next(law for law in laws_of(Slices, {}) if law.name == "validators-refuse")

    def is_broken(example: Any) -> bool:
        try:
            law.holds(example)
        except Exception as found:  # noqa: BLE001 # the other one, too
            return isinstance(found, error)
        return False

    assert find(law.examples, is_broken) == example


def _fault(line: int) -> dict[str, object]:
    return {"format": "yaml", "text": "epochs: x\n", "rule": "invalid-value", "path": "epochs", "line": line}


@pytest.mark.parametrize(
    ("target", "overrides", "message"),
    [
        (int, {}, "laws of int: it is neither a flow nor a Pydantic model"),
        ("flow.py", {}, "laws of 'flow.py': the target must be a flow class or a Pydantic model"),
        (Train, {"epoch": 3}, "epoch=3 must be a strategy"),
    ],
)
def test_what_has_no_laws_is_refused(target: type, overrides: dict[str, object], message: str) -> None:
    """The message says what to give."""
    with pytest.raises(InvalidArgument, match=message):
        laws(target, **overrides)  # type: ignore[arg-type] # on purpose


def test_strategies_for_a_flow_begin_with_its_config(suite: Path) -> None:
    """They take the place of ours in each law of that config, and in the flow's; a name without a config is refused."""
    flow = import_file(suite / "flow.py").TrainFlow
    found = {law.name: law for law in laws_of(flow, {"train.memory": st.just(7)})}
    for name in ("train.read-back", "takes-every-config"):
        example = find(found[name].examples, lambda tree: "memory" in str(tree))
        assert example == ({"memory": 7} if name == "train.read-back" else {"train": {"memory": 7}})
    with pytest.raises(InvalidArgument, match=r"memory=...: a key path must begin with a config of the flow \(train\)"):
        laws(flow, memory=st.just(7))


def test_a_flow_without_a_model_has_no_laws(suite: Path) -> None:
    """Metaflow's own configs are dictionaries: there is nothing to make them from."""
    text = FLOW.replace('model=Train, default_value="{}"', 'default_value="{}"').replace("(Train, ", "(dict, ")
    (suite / "plain.py").write_text(text.replace("TrainFlow", "PlainFlow"))
    with pytest.raises(InvalidArgument, match="laws of PlainFlow: the flow has no config with a model"):
        laws(import_file(suite / "plain.py").PlainFlow)


def test_importing_hypothesis_loads_nothing_of_ours() -> None:
    """No entry point is registered, and no module of ours is there."""
    assert [point for point in entry_points(group="hypothesis") if "typedflow" in point.value] == []
    code = "import hypothesis, sys; print([name for name in sys.modules if name.startswith('typedflow')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
