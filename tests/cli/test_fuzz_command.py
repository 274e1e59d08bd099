"""``typedflow fuzz``: laws that hold, laws that are broken, and saved examples."""

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from site import getsitepackages

import pytest
from jsonschema import Draft202012Validator

import typedflow

pytestmark = pytest.mark.process

FLOW = """\
import os
from typing import Annotated

from metaflow import FlowSpec, Parameter, retry, step
from pydantic import Field

from typedflow import Config, ConfigModel, ref

class Train(ConfigModel):
    tries: Annotated[int, Field(ge=0, le=4)] = 3
    rate: float = 0.5

class TrainFlow(FlowSpec):
    train = Config("train", model=Train, default_value="{}")
    rate = Parameter("rate", default=ref(Train, "train").rate)

    @retry(times=ref(Train, "train").tries)
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
LAWS = [
    "read-back",
    "formats-agree",
    "faults-are-found",
    "validators-refuse",
    "schema-agrees",
    "layers-merge",
    "origins-are-true",
    "reuse-is-copying",
    "mends-are-meant",
]
SETTINGS = """\
from typing import Annotated
from pydantic import Field
from typedflow import ConfigModel

class Settings(ConfigModel):
    tries: Annotated[int, Field(ge=0, le=4)]
    rate: float = 0.5
"""
STEPS = """\
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
TRAINING = """\
from metaflow import FlowSpec, retry, step
from settings import Settings

from typedflow import SettingsMixin, ref


class Training(SettingsMixin[Settings], FlowSpec):
    @retry(times=ref(Settings, "settings").tries)
    @step
"""
PROJECT = {
    "typedflow.toml": """\
model = "flows/settings.py:Settings"
[flows.training]
file = "flows/training.py"
bindings = ["A"]
[flows.other]
file = "flows/other.py"
""",
    "flows/settings.py": SETTINGS,
    "flows/training.py": TRAINING + STEPS,
    "flows/other.py": TRAINING.replace("Training", "Other").replace(
        '    @retry(times=ref(Settings, "settings").tries)\n', ""
    )
    + STEPS,
    "settings/settings.yaml": "tries: 3\n",
    "settings/settings.configuration.A.yaml": "rate: 0.25\n",
}

Fuzz = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def flow(tmp_path: Path) -> None:
    """A flow in a directory of its own."""
    (tmp_path / "flow.py").write_text(FLOW)


@pytest.fixture
def fuzz(tmp_path: Path) -> Fuzz:
    """Return a function that runs the command there."""

    def run(*arguments: str, cwd: Path = tmp_path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "typedflow", "fuzz", *arguments]
        environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
        return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two flows that share a model."""
    for name, text in PROJECT.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def _break(folder: Path) -> None:
    """Let the model accept what Metaflow's decorator rejects."""
    text = (folder / "flow.py").read_text()
    (folder / "flow.py").write_text(text.replace("Annotated[int, Field(ge=0, le=4)] = 3", "int = 3"))


def test_all_laws_of_a_flow_hold(fuzz: Fuzz) -> None:
    """Each law has a line with the number of examples it held for; the seed is printed; nothing is saved."""
    ran = fuzz("flow.py", "--examples", "20", "--seed", "5")
    assert ran.returncode == 0, ran.stderr
    lines = [line.split() for line in ran.stdout.splitlines()]
    assert lines[0] == ["FLOW", "LAW", "VERDICT", "HELD", "FOR"]
    names = [*(f"train.{name}" for name in LAWS), "takes-every-config"]
    assert [line[:3] for line in lines[1:]] == [["TrainFlow", name, "holds"] for name in names]
    assert ran.stderr == f"all 10 laws hold; {sum(int(line[3]) for line in lines[1:])} examples, seed 5\n"


@pytest.mark.slow
def test_a_broken_law_is_shown_kept_and_tried_again(fuzz: Fuzz, tmp_path: Path) -> None:
    """The smallest config, its location, a file to replay it, and a test that fails until the flow is fixed."""
    _break(tmp_path)
    ran = fuzz("flow.py", "--examples", "30", "--seed", "5")
    assert ran.returncode == 1
    shown = ran.stdout[ran.stdout.index("TrainFlow breaks") :]
    assert (
        "flow.py:17:5: error TF407 decorator-refused: Metaflow rejects `@retry`: The maximum number of retries" in shown
    )
    assert "The smallest example:\n  train:\n    tries: 5\n" in shown
    kept = tmp_path / ".typedflow/fuzz/TrainFlow.takes-every-config.json"
    assert "typedflow fuzz --replay .typedflow/fuzz/TrainFlow.takes-every-config.json\n" in shown
    assert json.loads(kept.read_text())["example"] == {"train": {"tries": 5}}
    again = fuzz("--replay", str(kept))
    assert (again.returncode, again.stderr) == (1, "the example still breaks its law\n")
    assert 'As a test, next to flow.py (elsewhere, pytest needs `pythonpath = ["."]`):' in shown
    test = re.sub("(?m)^  ", "", shown[shown.index("  from flow import") :])
    (tmp_path / "test_found.py").write_text(test)
    pytest_run = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "test_found.py",
    ]
    assert subprocess.run(pytest_run, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_an_example_that_the_model_rejects_breaks_nothing(fuzz: Fuzz, tmp_path: Path) -> None:
    """If the model now rejects the example, the law holds, and a message says why."""
    kept = tmp_path / "kept.json"
    example = {"train": {"tries": 5}}
    kept.write_text(
        json.dumps({"file": "flow.py", "flow": "TrainFlow", "law": "takes-every-config", "example": example})
    )
    ran = fuzz("--replay", str(kept))
    assert (ran.returncode, ran.stderr) == (0, "the model now rejects the example\n")


def test_a_replayed_example_may_hold(fuzz: Fuzz, tmp_path: Path) -> None:
    """If the law now holds for the file, the exit code is 0, from any directory."""
    kept = tmp_path / ".typedflow/fuzz/kept.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(
        json.dumps({"file": "flow.py", "flow": "TrainFlow", "law": "train.read-back", "example": {"rate": 1.0}})
    )
    for place in (tmp_path, kept.parent):
        ran = fuzz("--replay", str(kept), cwd=place)
        assert (ran.returncode, ran.stderr) == (0, "the law holds for the example now\n")


@pytest.mark.slow
def test_the_same_seed_gives_the_same_examples(fuzz: Fuzz, tmp_path: Path) -> None:
    """A seed reproduces the findings; JSON has all of them, and its strict schema accepts it."""
    _break(tmp_path)
    first, second = (fuzz("flow.py", "--examples", "20", "--seed", "11", "--format", "json") for _ in range(2))
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    found = json.loads(first.stdout)
    schema = json.loads((Path(__file__).parents[2] / "schemas/fuzz.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    assert (found["version"], found["seed"]) == (1, 11)
    (broken,) = [law for law in found["laws"] if law["broken"]]
    assert broken["law"] == "takes-every-config"
    assert broken["broken"]["example"] == {"train": {"tries": 5}}
    assert broken["broken"]["findings"][0]["code"] == "TF407"
    assert broken["broken"]["findings"][0]["line"] == 17
    for part in (found, broken, broken["broken"], broken["broken"]["findings"][0]):
        part["more"] = 1
        assert not Draft202012Validator(schema).is_valid(found)
        del part["more"]


@pytest.mark.slow
def test_time_is_a_limit(fuzz: Fuzz) -> None:
    """A few seconds for all laws together end in about that time, whatever the number of examples would be."""
    before = time.monotonic()
    ran = fuzz("flow.py", "--time", "4s")
    assert ran.returncode == 0, ran.stdout
    assert time.monotonic() - before < 30
    assert all(int(line.split()[-1].replace(",", "")) > 0 for line in ran.stdout.splitlines()[1:])


@pytest.mark.slow
def test_a_project_is_tried_with_its_settings(fuzz: Fuzz, project: Path) -> None:
    """All flows are tested, and their shared model once; each with options above its settings."""
    ran = fuzz("--examples", "10", "--seed", "1")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    laws = [tuple(line.split()[:2]) for line in ran.stdout.splitlines()[1:]]
    own = ["takes-every-config", "variants-take-options"]
    assert laws == [
        *(("Training", f"settings.{name}") for name in LAWS),
        *(("Training", name) for name in own),
        *(("Other", name) for name in own),
    ]
    (project / "flows/settings.py").write_text(
        SETTINGS.replace("tries: Annotated[int, Field(ge=0, le=4)]", "tries: int")
    )
    ran = fuzz("training", "training", "flows/training.py", "--examples", "60", "--seed", "1")
    assert ran.returncode == 1
    assert len(re.findall("(?m)^Training +variants-take-options ", ran.stdout)) == 1, "a flow is tried once"
    assert "Training cannot be started with binding A and valid options: --set tries=" in ran.stdout


def test_settings_that_are_wrong_are_said_to_be(fuzz: Fuzz, project: Path) -> None:
    """A project whose variants do not resolve is reported like by a check, not tested with options."""
    (project / "settings/settings.configuration.A.yaml").write_text("rate: fast\n")
    ran = fuzz("training", "--examples", "5")
    assert ran.returncode == 1
    assert "settings/settings.configuration.A.yaml:1:7: error TF301 invalid-value: `rate` is 'fast'" in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os\nos._exit(3)", "flow.py: error TF409 import-failed: the code ended the process with exit code 3"),
        ("raise KeyError('x')", "importing the flow fails: KeyError: 'x'"),
        ("x = 1", "the file has no flow: no class in it inherits from FlowSpec"),
        ("print('noise')\nimport sys\nsys.exit(4)", "importing the flow exits the process: sys.exit(4)"),
    ],
)
def test_a_flow_that_cannot_be_imported_is_a_finding(fuzz: Fuzz, tmp_path: Path, code: str, message: str) -> None:
    """Whatever the flow's file does, the command reports it and continues."""
    (tmp_path / "flow.py").write_text(code)
    ran = fuzz("flow.py")
    assert ran.returncode == 1
    assert message in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def test_a_flow_that_ends_the_process_is_a_finding(fuzz: Fuzz, tmp_path: Path) -> None:
    """A property that a decorator asks for may do anything."""
    text = FLOW.replace(
        "    rate: float = 0.5\n", "    rate: float = 0.5\n\n    @property\n    def bad(self):\n        os._exit(9)\n"
    )
    (tmp_path / "flow.py").write_text(text.replace(".tries)", ".bad)"))
    ran = fuzz("flow.py", "--examples", "5")
    assert ran.returncode == 1
    assert "flow.py: error TF409 import-failed: the code ended the process with exit code 9" in ran.stderr
    assert "= help: that was when the law `takes-every-config` was tried" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.exit(5)", "SystemExit: 5 (flow.py:16)"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt (flow.py:16)"),
        ("time.sleep(1000)", "the code timed out after 3 seconds (flow.py:16)"),
        pytest.param(
            "exec('while True: pass')",
            "the code timed out after 3 seconds (flow.py:16)",
            marks=pytest.mark.stress,
        ),
    ],
)
def test_a_validator_that_never_answers_is_found(fuzz: Fuzz, tmp_path: Path, code: str, message: str) -> None:
    """One that ends the process, or never ends, is reported with its line; other laws are tested."""
    validator = f"""\
    @field_validator("rate")
    @classmethod
    def _judged(cls, value):
        if value != 0.5: {code}
        return value

class TrainFlow("""
    text = FLOW.replace("class TrainFlow(", validator).replace("import Field", "import Field, field_validator")
    (tmp_path / "flow.py").write_text(text.replace("import os\n", "import sys, time\n"))
    ran = fuzz("flow.py", "--time", "3s", "--seed", "1")
    assert ran.returncode == 1, ran.stderr
    assert len([line for line in ran.stdout.splitlines() if line.split()[2:3] == ["BROKEN"]]) > 1
    assert f" can be generated.\n{message}\n" in ran.stdout  # of whatever law has time to come to it


@pytest.mark.slow
def test_a_flow_that_cannot_be_tried_keeps_no_other_from_it(fuzz: Fuzz, project: Path) -> None:
    """Valid flows are tested, and the others are reported."""
    (project / "flows/training.py").write_text("raise KeyError('x')\n")
    ran = fuzz("--examples", "5")
    assert ran.returncode == 1
    assert [line.split()[0] for line in ran.stdout.splitlines()[1:]] == ["Other"] * 11
    assert "flows/training.py:1:1: error TF409 import-failed" in ran.stderr


@pytest.mark.slow
def test_a_model_without_random_configs_is_reported(fuzz: Fuzz, tmp_path: Path) -> None:
    """A validator that rejects nearly everything, and an unknown type, are each reported in one sentence."""
    strict = FLOW.replace("    rate: float = 0.5\n", "    rate: float = 0.5\n    token: Token\n").replace(
        "class Train(",
        "def _known(value):\n    assert value.count(':') == 5\n    return value\n\n"
        "Token = Annotated[str, AfterValidator(_known)]\n\nclass Train(",
    )
    (tmp_path / "flow.py").write_text(strict.replace("import Field", "import AfterValidator, Field"))
    ran = fuzz("flow.py", "--examples", "50")
    assert ran.returncode == 1
    assert "TrainFlow: no example of the law `train.read-back` can be generated." in ran.stdout
    assert "Train.token (_known) rejects 75 of 75 values" in ran.stdout
    (tmp_path / "flow.py").write_text(
        FLOW.replace("    rate: float = 0.5\n", "    rate: float = 0.5\n    kind: type\n")
    )
    ran = fuzz("flow.py")
    assert ran.returncode == 2
    assert "flow.py: error TF507 bad-option: no configs can be made by chance for this flow" in ran.stderr
    assert "Train.kind (the values of `is-instance` are not known)" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("absent.py",), "absent.py: error TF505 missing-file"),
        (("--examples", "0"), "argument --examples: must be an integer greater than or equal to 1, not '0'"),
        (("--time", "soon"), "argument --time: must be a time, such as 90, 60s, 5m or 1h, not 'soon'"),
        (("--replay", "absent.json"), "absent.json: error TF505 missing-file"),
        (("--replay", "wrong.json"), "this is not an example that `typedflow fuzz` stored"),
        (("--replay", "law.json"), "TrainFlow has no law `read`; there is `train.read-back`"),
        (("--replay", "class.json"), "flow.py: error TF507 bad-option: there is no flow `Nope`; there is `TrainFlow`"),
        (("--replay", "gone.json"), "gone.py: error TF505 missing-file"),
        (("flow.py", "--replay", "law.json"), "--replay accepts no flow: the file names it"),
        ((), "error TF501 no-project"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(
    fuzz: Fuzz, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """An invalid command line has exit code 2, and a message."""
    (tmp_path / "wrong.json").write_text('{"file": 3}')
    (tmp_path / "law.json").write_text('{"file": "flow.py", "flow": "TrainFlow", "law": "read", "example": {}}')
    (tmp_path / "class.json").write_text('{"file": "flow.py", "flow": "Nope", "law": "read", "example": {}}')
    (tmp_path / "gone.json").write_text('{"file": "gone.py", "flow": "TrainFlow", "law": "read", "example": {}}')
    ran = fuzz(*arguments)
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert message in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("law", "example", "message"),
    [
        ("train.read-back", 3, "Input should be a valid dictionary"),
        ("train.formats-agree", [{"format": "ini", "text": ""}] * 2, "Input should be 'yaml', 'toml' or 'json' (`"),
        ("train.faults-are-found", {"format": "toml", "text": ""}, "Field required (`rule`)"),
        ("train.schema-agrees", [], "Input should be a valid dictionary"),
        ("train.layers-merge", {"tries": 3}, "Field required (`files`)"),
        ("train.origins-are-true", {"files": {"settings.yaml": 3}}, "Input should be a valid string (`files."),
        ("takes-every-config", {"tries": 3}, "Input should be 'train' (`tries."),
    ],
)
def test_an_example_of_another_shape_is_told_what_it_lacks(
    fuzz: Fuzz, tmp_path: Path, law: str, example: object, message: str
) -> None:
    """An example that was edited, or that is of another flow, breaks no law: the file is wrong, and its place known."""
    kept = {"file": "flow.py", "flow": "TrainFlow", "law": law, "example": example}
    (tmp_path / "kept.json").write_text(json.dumps(kept))
    ran = fuzz("--replay", "kept.json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(
        f"kept.json: error TF507 bad-option: the example does not fit the law `{law}`: {message}"
    )


@pytest.mark.slow
def test_an_example_is_not_kept_where_a_link_leads_out_of_the_project(fuzz: Fuzz, tmp_path: Path) -> None:
    """Nothing is written to a directory outside the project; the example is shown."""
    _break(tmp_path)
    here, beside = tmp_path / "here", tmp_path / "beside"
    here.mkdir()
    beside.mkdir()
    (here / "flow.py").write_text((tmp_path / "flow.py").read_text())
    (here / ".typedflow").mkdir()
    (here / ".typedflow/fuzz").symlink_to(beside)
    ran = fuzz("flow.py", "--examples", "30", "--seed", "5", cwd=here)
    assert ran.returncode == 1
    assert ran.stderr.count("`.typedflow/fuzz` is a link to a location outside the project") == 1
    assert "The smallest example:\n  train:\n    tries: 5\n" in ran.stdout
    assert "--replay" not in ran.stdout
    assert list(beside.iterdir()) == []


def test_without_hypothesis_the_command_says_what_to_install(tmp_path: Path) -> None:
    """Hypothesis is an extra; without it there is one sentence."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for entry in (path for place in getsitepackages() for path in Path(place).iterdir()):
        if not entry.name.startswith(("hypothesis", "typedflow")):
            (packages / entry.name).symlink_to(entry)
    (packages / "typedflow").symlink_to(Path(typedflow.__file__).parent)
    environ = {**os.environ, "PYTHONPATH": str(packages)}
    command = [sys.executable, "-S", "-m", "typedflow", "fuzz", "flow.py"]
    ran = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "`typedflow fuzz` requires hypothesis" in ran.stderr
    assert "= help: python -m pip install 'typedflow[hypothesis]'" in ran.stderr


@pytest.mark.slow
def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    """Standard error shows what is tested, and the progress; standard output has only data."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "typedflow", "fuzz", "flow.py", "--examples", "200"]
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 1 << 16)
            except OSError:  # the other side is closed
                break
            if not more:
                break
            shown += more
        assert process.stdout is not None
        assert b"train.read-back" in process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    assert b"fuzzing flow" in shown
    assert b"/2000" in shown
