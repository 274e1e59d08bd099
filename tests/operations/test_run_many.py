"""`Project.run_many`: what came of each run as a value, progress as events, and errors before anything runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from typedflow import Project, TypedflowError
from typedflow.operations import (
    ArgumentError,
    CheckAdvanced,
    CheckFinished,
    EnvironmentChosen,
    Event,
    choose_variants,
    run_many,
)
from typedflow.project import Variant
from typedflow.units import RunsProgress

if TYPE_CHECKING:
    from tests.operations.conftest import Make

_LOOP = """\
import sys
import typedflow
show = lambda progress: print(len(progress.running), flush=True)
try:
    typedflow.Project.open().run_many(["training"], bindings=["EXP_*"], jobs=1, on_progress=show)
except KeyboardInterrupt:
    sys.exit("stopped")
"""
_WAITS = """\
    @step
    def end(self):
        import time
        open("there", "w").close()
        time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.usefixtures("own_datastore")
def test_the_results(make: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """Each run has its variant, its pathspec, its exit code and its log; nothing is printed."""
    root = make().root
    events: list[RunsProgress] = []
    runs = Project.open(root).run_many(
        ["training"], bindings=["EXP_*"], overrides={"alpha": 4}, arguments=["--tag", "a"], on_progress=events.append
    )
    assert [each.variant for each in runs] == [Variant("training", f"EXP_0{number}", "dev") for number in (1, 2)]
    assert [(each.state, each.exit_code, each.tags) for each in runs] == [("succeeded", 0, ("a",))] * 2
    stored = {f"Training/{each.name}" for each in (root / ".metaflow/Training").iterdir() if each.name.isdigit()}
    assert {each.pathspec for each in runs} == stored
    assert all("4.0" in each.log.read_text() for each in runs)
    assert capfd.readouterr() == ("", "")
    assert sorted(index for each in events for index in each.latest) == [0, 1]
    assert [plan.variant for plan in events[0].planned] == [each.variant for each in runs]
    assert events[-1].finished == dict(enumerate(runs))
    past = Project.open(root).runs("training", where="config.alpha == 4").runs
    assert {each.pathspec for each in past} == stored


@pytest.mark.process
def test_errors_come_before_any_run(make: Make) -> None:
    """All of them, of all variants; nothing is written."""
    root = make({"settings/settings.configuration.EXP_02.yaml": "alpha: x\nbeta: 1\n"}).root
    with pytest.raises(TypedflowError) as caught:
        Project.open(root).run_many(["training"], bindings=["EXP_*"])
    found = [(item.rule.name, item.cases[0].binding) for item in caught.value.diagnostics]
    assert found == [("invalid-value", "EXP_02"), ("unknown-key", "EXP_02")]
    assert not (root / ".typedflow").exists()


@pytest.mark.process
def test_what_the_command_gets(make: Make) -> None:
    """Events before the runs, and the findings where nothing runs."""
    events: list[Event] = []
    project = make({"flows/report.py": "from metaflow import FlowSpecs\n"})
    done = run_many(project, choose_variants(project, ["report", "report"]), on_event=events.append)
    assert (done.has_errors, done.planned, done.finished, done.stop_code) == (True, (), (), 0)
    assert isinstance(events[0], EnvironmentChosen)
    assert events[-1] == CheckFinished(done.findings)
    assert {type(event) for event in events[1:-1]} <= {CheckAdvanced}
    assert [item.rule.name for item in done.findings] == ["import-failed"]


def test_arguments_for_one_run(make: Make) -> None:
    """They are refused before anything is resolved."""
    with pytest.raises(ArgumentError, match="`resume` is for one variant"):
        Project.open(make().root).run_many(["report"], arguments=["resume"])


@pytest.mark.slow
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("in_time", [600], indirect=True)
@pytest.mark.parametrize(
    ("number", "code", "err"), [(signal.SIGINT, 1, "stopped\n"), (signal.SIGTERM, -signal.SIGTERM, "")]
)
def test_a_request_to_stop_has_its_effect_when_all_have_ended(make: Make, number: int, code: int, err: str) -> None:
    """Ctrl-C raises KeyboardInterrupt, and a request to terminate ends the program."""
    project = make()
    flow = (project.root / "flows/training.py").read_text()
    make({"flows/training.py": flow.replace("    @step\n    def end(self):\n", _WAITS)})
    (project.root / ".metaflow").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", _LOOP],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    ) as process:
        assert process.stdout is not None
        while not (project.root / "there").exists():
            assert process.stdout.readline()
        process.send_signal(number)
        found = process.communicate()
    assert (process.returncode, found[1]) == (code, err)
    (log,) = (project.root / ".typedflow/logs").glob("*/*.log")
    assert "Workflow interrupted." in log.read_text()
