"""``typedflow run`` of several variants: real runs of Metaflow, their logs, the tables, failures and signals."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("flows")]

_SETTINGS = """\
from typedflow import ConfigModel


class Settings(ConfigModel):
    alpha: float = 0.5
    waits: bool = False
    fails: bool = False
    cpu: int = 1
"""
_FLOW = """\
import os
import time
from pathlib import Path

from metaflow import FlowSpec, resources, step
from settings import Settings

from typedflow import SettingsMixin, ref


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.fit)

    @resources(cpu=ref(Settings, "settings").cpu)
    @step
    def fit(self):
        Path(f"there-{os.environ['TYPEDFLOW_BINDING']}").write_text(str(os.getpid()))
        try:
            while self.settings.waits and not Path("go").exists():
                time.sleep(0.05)
        except KeyboardInterrupt:
            print("cleaned up")
            raise
        if self.settings.fails:
            raise ValueError("boom")
        self.next(self.end)

    @step
    def end(self):
        print("alpha is", self.settings.alpha)


if __name__ == "__main__":
    Training()
"""
_MANIFEST = """\
project = "demo"
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[flows.nightly]
file = "flows/nightly.py"

[environments]
default = "dev"
"""
#: Seconds; the runs of a test take a few on a machine with nothing else to do.
_FOREVER = 600
BOTH = ("run", "training", "--binding", "EXP_*")


@pytest.fixture
def flows(project: Project) -> None:
    """Two flows of Metaflow, one of them with two bindings."""
    project.write("typedflow.toml", _MANIFEST)
    project.write("flows/settings.py", _SETTINGS)
    project.write("flows/training.py", _FLOW)
    project.write("flows/nightly.py", _FLOW.replace("Training", "Nightly"))
    project.write("settings/settings.yaml", "{}\n")
    project.write("settings/settings.environment.dev.yaml", "{}\n")
    project.write("settings/settings.environment.production.toml", "")
    project.write("settings/settings.configuration.EXP_01.yaml", "alpha: 0.1\n")
    project.write("settings/settings.configuration.EXP_02.json", '{"alpha": 0.2}\n')


def _runs(project: Project, flow: str = "Training") -> set[str]:
    """Return the runs of a flow that Metaflow has stored."""
    folder = project.root / ".metaflow" / flow
    return {f"{flow}/{each.name}" for each in folder.iterdir() if each.name.isdigit()} if folder.exists() else set()


def test_several_flows_and_bindings(project: Project, spawn: Call) -> None:
    """Each is a run of its own, with a log; options after ``--`` go to all of them."""
    done = spawn("run", "training", "nightly", "--binding", "*", "--format", "json", "--", "--tag", "sweep")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    runs = found["runs"]
    assert (found["version"], len(runs)) == (1, 3)
    assert [(run["flow"], run["binding"]) for run in runs] == [
        ("training", "EXP_01"),
        ("training", "EXP_02"),
        ("nightly", "default"),
    ]
    identities = ["demo.EXP_01.training", "demo.EXP_02.training", "demo.nightly"]
    assert [run["identity"] for run in runs] == identities
    facts = {(run["environment"], run["state"], run["exit_code"], run["step"], run["reason"]) for run in runs}
    assert facts == {("dev", "succeeded", 0, "end", None)}
    assert {run["run"] for run in runs} == _runs(project) | _runs(project, "Nightly")
    assert all(run["tags"] == ["sweep"] and run["seconds"] > 0 for run in runs)
    for run, alpha in zip(runs, (0.1, 0.2, 0.5), strict=True):
        stored = json.loads((project.root / ".metaflow" / run["run"] / "_meta/_self.json").read_text())
        assert "sweep" in stored["tags"]
        log = Path(run["log"])
        assert log.name == f"flow.{run['flow']}.{run['binding']}.log"
        lines = log.read_text().splitlines()
        assert lines[0].startswith(f"{run['identity']}, digest ")
        assert lines[1].startswith("$ ")
        assert lines[1].endswith("run --tag sweep")
        assert f"alpha is {alpha}" in log.read_text()
        assert "Done!" in lines[-1]
    assert {file.suffix for file in (project.root / ".typedflow/logs").glob("*/*")} == {".log"}


def test_one_failure_harms_no_other(project: Project, spawn: Call) -> None:
    """Lines while they run, a table, the reason with the log, and a last line."""
    project.write("settings/settings.configuration.EXP_02.json", '{"fails": true}\n')
    done = spawn(*BOTH)
    assert done.code == 1
    rows = [line.split() for line in done.out.splitlines()]
    assert rows[0] == ["FLOW", "BINDING", "ENVIRONMENT", "STATE", "SECONDS", "RUN"]
    assert [row[:4] for row in rows[1:]] == [
        ["training", "EXP_01", "dev", "succeeded"],
        ["training", "EXP_02", "dev", "failed"],
    ]
    assert {row[5] for row in rows[1:]} == _runs(project)
    (folder,) = (project.root / ".typedflow/logs").iterdir()
    log = f".typedflow/logs/{folder.name}/flow.training.EXP_02.log"
    lines = done.err.splitlines()
    assert lines[:3] == [
        f"2 runs; logs: .typedflow/logs/{folder.name}",
        "started: training[EXP_01]",
        "started: training[EXP_02]",
    ]
    assert sorted(re.sub(r"[\d.]+ s\)", "", line) for line in lines[3:5]) == [
        "failed: training[EXP_02] (",
        "succeeded: training[EXP_01] (",
    ]
    assert lines[5:] == [
        f"{log}: training[EXP_02] failed in fit: ValueError: boom",
        f"1 of 2 runs succeeded; failed: training[EXP_02] ({log})",
    ]
    assert "ValueError: boom" in (project.root / log).read_text()


def test_after_failures_no_others_start(project: Project, spawn: Call) -> None:
    """In the order of the variants, one at a time."""
    project.write("settings/settings.configuration.EXP_01.yaml", "fails: true\n")
    done = spawn(*BOTH, "--jobs", "1", "--max-failures", "1")
    assert done.code == 1
    assert [line.split()[3] for line in done.out.splitlines()[1:]] == ["failed", "skipped"]
    assert done.err.splitlines()[-1].endswith("; skipped: training[EXP_02]")
    assert len(_runs(project)) == 1


INVALID = {
    "settings": ("settings/settings.configuration.EXP_02.json", '{"alpha": "x"}', "TF301 invalid-value", 1),
    "flow": ("flows/training.py", _FLOW.replace('"settings").cpu', '"settings").cpus'), "did you mean `cpu`?", 1),
    "file": ("typedflow.toml", _MANIFEST.replace("training.py", "trainin.py"), "TF505 missing-file", 1),
}


@pytest.mark.parametrize(("name", "text", "expected", "code"), INVALID.values(), ids=INVALID)
def test_a_mistake_in_one_variant_starts_none(
    project: Project, spawn: Call, name: str, text: str, expected: str, code: int
) -> None:
    """All are checked before the first starts."""
    project.write(name, text)
    done = spawn(*BOTH)
    assert (done.code, done.out) == (code, "")
    assert expected in done.err
    assert "started" not in done.err
    assert (_runs(project), (project.root / ".typedflow/logs").exists()) == (set(), False)


def test_one_variant_has_the_terminal(spawn: Call) -> None:
    """Also if a glob matches only one: the command, the output and the exit code of the flow."""
    done = spawn("run", "training", "--binding", "*1", "--", "--nonsense")
    assert (done.code, done.out) == (2, "")
    assert "\n$ " in done.err
    assert "no such option: --nonsense" in done.err


REFUSED = {
    "another command": (
        (*BOTH, "--", "resume"),
        "--: error TF507 bad-option: `resume` is for one variant on the terminal, not for runs with logs",
    ),
    "a file for the run id": (
        (*BOTH, "--", "--run-id-file", "x"),
        "`--run-id-file` is for one variant on the terminal",
    ),
    "one variant as JSON": (
        ("run", "nightly", "--format", "json", "--", "show"),
        "= help: run one variant, without `--format json`",
    ),
    "no match in one flow": (
        ("run", "training", "nightly", "--binding", "EXP_*"),
        "no binding of `nightly` matches `EXP_*`",
    ),
    "an unknown flow": (("run", "training", "nightl", "--binding", "*"), "did you mean `nightly`?"),
    "no jobs": ((*BOTH, "--jobs", "0"), "argument --jobs: must be an integer greater than or equal to 1, not '0'"),
    "no failures": ((*BOTH, "--max-failures", "0"), "argument --max-failures: must be an integer"),
    "an unknown environment": ((*BOTH, "--env", "prod"), "TF509 unknown-environment"),
}


@pytest.mark.parametrize(("arguments", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(project: Project, call: Call, arguments: tuple[str, ...], expected: str) -> None:
    """In a sentence, with nothing written."""
    before = project.files()
    done = call(*arguments)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err
    assert project.files() == before


SIGNALS = {
    "an interrupt": ([signal.SIGINT], 130),
    "two interrupts": ([signal.SIGINT, signal.SIGINT], 130),
    "a request to terminate": ([signal.SIGTERM], 143),
    "a kill": ([signal.SIGKILL], -9),
}


@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("in_time", [_FOREVER], indirect=True)
@pytest.mark.parametrize(("numbers", "code"), SIGNALS.values(), ids=SIGNALS)
def test_nothing_is_left_behind(project: Project, numbers: list[int], code: int) -> None:
    """Whatever ends the command ends the runs: as Metaflow ends them if it may, with all their tasks in any case."""
    command = [sys.executable, "-m", "typedflow", *BOTH, "--set", "waits=true", "--set", "cpu=2"]
    environ = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        there = [project.root / f"there-{each}" for each in ("EXP_01", "EXP_02")]
        _wait_until(lambda: all(file.exists() and file.read_text() for file in there))
        assert process.stderr is not None
        err = ""
        for number in numbers:
            process.send_signal(number)
            if number != signal.SIGKILL:
                while "stopping: " not in err.rpartition("\n")[0]:
                    err += process.stderr.readline()
        out, rest = process.communicate()
    assert process.returncode == code
    assert "Traceback" not in err + rest
    _wait_until(lambda: not any(_is_alive(int(file.read_text())) for file in there))
    if code != -9:
        assert [line.split()[3] for line in out.splitlines()[1:]] == ["interrupted", "interrupted"]
        assert rest.splitlines()[-1] == "0 of 2 runs succeeded; interrupted: training[EXP_01], training[EXP_02]"
    logs = [file.read_text() for file in (project.root / ".typedflow/logs").glob("*/*.log")]
    if len(numbers) == 1 and code != -9:
        assert all("Workflow interrupted." in log and "cleaned up" in log for log in logs)


@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("in_time", [_FOREVER], indirect=True)
def test_a_table_on_a_terminal_with_80_columns(project: Project) -> None:
    """States, variants, steps, times and run ids; Ctrl-C is a key, and the last line remains."""
    name = "EXP_with_a_name_that_is_longer_than_a_terminal_has_columns_for"
    project.write(f"settings/settings.configuration.{name}.yaml", "waits: true\n")
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    code = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    code += "from typedflow.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, *BOTH, "--jobs", "3"]
    hidden = {"COLUMNS", "NO_COLOR", "CI", "LINES"}
    environ = {**{key: value for key, value in os.environ.items() if key not in hidden}, "TERM": "xterm"}
    process = subprocess.Popen(command, env=environ, stdin=side, stdout=side, stderr=side, start_new_session=True)
    os.close(side)
    rows = [rf"^ succeeded +training\[EXP_0{each}\]@dev +end +\d+:\d\d +\d{{10,}} *$" for each in (1, 2)]
    rows.append(r"^ running +training\[EXP_with_a_name\S*… +fit +\d+:\d\d +\d{10,} *$")
    shown = _read_until(main, lambda text: all(re.search(row, text, re.MULTILINE) for row in rows))
    os.write(main, b"\x03")
    shown += _read_until(main, lambda _: False)
    os.close(main)
    assert process.wait() == 130
    lines = _plain(shown).splitlines()
    drawn = [line for line in lines if line.startswith(" ")]
    assert max(map(len, drawn)) <= 80
    assert " STATE " in drawn[0]
    assert any("stopping: no other runs start" in line for line in lines)
    assert lines[-1] == f"2 of 3 runs succeeded; interrupted: training[{name}]"


def _plain(shown: str) -> str:
    """Return what a terminal shows, without its controls."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "")


def _read_until(terminal: int, is_there: Callable[[str], bool]) -> str:
    """Return what a terminal shows until something is there, or until the end."""
    shown = b""
    while not is_there(_plain(shown.decode(errors="replace"))):
        select.select([terminal], [], [])
        try:
            more = os.read(terminal, 1 << 16)
        except OSError:  # the other side is closed
            break
        if not more:
            break
        shown += more
    return shown.decode()


def _wait_until(is_done: Callable[[], bool]) -> None:
    while not is_done():  # the fixture `in_time` ends this
        time.sleep(0.05)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "Z (zombie)" not in status.read_text()
