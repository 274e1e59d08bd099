"""Several runs at the same time, with scripts in place of flows: logs, failures, and how they are stopped."""

from __future__ import annotations

import os
import signal
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.project import Compiled, Variant
from typedflow.units import FinishedRun, PlannedRun, RunsProgress, UnitStart
from typedflow.units._runs import run_planned

if TYPE_CHECKING:
    from typedflow.units import FinishedRuns

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("in_time")]

#: What every script can use: it says that it is there, and waits for a file.
_COMMON = """\
import json, os, signal, sys, time
from pathlib import Path

def wait_for(name):
    Path(f"there-{os.environ['TYPEDFLOW_BINDING']}").write_text(str(os.getpid()))
    while not Path(name).exists():
        time.sleep(0.02)

ID = "12" + os.environ["TYPEDFLOW_BINDING"]
AT = "2026-12-01 04:27:30.297 [12/fit/3 (pid 4)]"
"""
_CALLED = 'Path(sys.argv[-1]).write_text(json.dumps({"flow_name": "Training", "run_id": ID}))\n'
_FAILS = """\
print(AT, "Task is starting.")
print(AT, "ValueError: password=Zx81-s3cr3t")
sys.exit(AT + " Task failed.")
"""
_LONG = "sys.stdout.write('a line of text\\n' * 400_000 + 'y' * (1 << 20))\n"
_STUBBORN = "signal.signal(signal.SIGINT, lambda *_: print('no', flush=True))\nwait_for('never')\n"
_POLITE = "try:\n    wait_for('never')\nexcept KeyboardInterrupt:\n    print('cleaned up')\n    sys.exit(1)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory in which runs work."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _planned(*codes: str, tags: tuple[str, ...] = ()) -> list[PlannedRun]:
    """Return a plan for each script; their bindings are numbers."""
    found = []
    for number, code in enumerate(codes):
        Path(f"{number}.py").write_text(_COMMON + code)
        environ = {**os.environ, "TYPEDFLOW_BINDING": str(number)}
        config = Compiled(Path("c.json"), Path("c.provenance.json"), "c")
        start = UnitStart(Variant("training", str(number)), config, (sys.executable, f"{number}.py"), environ)
        found.append(PlannedRun(start, Path(f"{number}.log").resolve(), tags))
    return found


def _run(
    *codes: str,
    jobs: int = 2,
    max_failures: int | None = None,
    on_progress: Callable[[RunsProgress], object] = lambda _: None,
) -> FinishedRuns:
    return run_planned(_planned(*codes), jobs=jobs, max_failures=max_failures, on_progress=on_progress)


def _states(done: FinishedRuns) -> list[str]:
    return [each.state for each in done.runs]


def test_a_run_that_succeeds() -> None:
    """Its pathspec, its tags, its step, and a log that begins with the command; Metaflow's file is gone."""
    (planned,) = _planned(_CALLED + 'print(AT, "Task is starting.")\n', tags=("a", "b"))
    done = run_planned([planned], jobs=1, max_failures=None, on_progress=lambda _: None)
    (run,) = done.runs
    expected = FinishedRun(
        Variant("training", "0"), "succeeded", planned.log, 0, "Training/120", ("a", "b"), run.seconds, "fit"
    )
    assert run == expected
    assert run.seconds > 0
    assert done.stop.exit_code == 0
    line = "2026-12-01 04:27:30.297 [12/fit/3 (pid 4)] Task is starting.\n"
    assert planned.log.read_text() == f"$ {sys.executable} 0.py\n{line}"
    assert sorted(file.name for file in Path().iterdir()) == ["0.log", "0.py"]


def test_a_run_that_fails() -> None:
    """One failure harms no other; its reason is masked."""
    failed, other = _run(_CALLED + _FAILS, _CALLED).runs
    assert (failed.state, failed.exit_code, failed.step, failed.pathspec) == ("failed", 1, "fit", "Training/120")
    assert failed.reason == f"ValueError: password={'*' * 11}"
    assert (other.state, other.reason) == ("succeeded", "")


def test_the_command_is_masked() -> None:
    """In the log as on the terminal."""
    (planned,) = _planned("")
    start = planned.start
    command = (*start.command, "--api-key", "Zx81-s3cr3t")
    changed = PlannedRun(UnitStart(start.variant, start.compiled, command, start.environ), planned.log)
    run_planned([changed], jobs=1, max_failures=None, on_progress=lambda _: None)
    assert planned.log.read_text() == f"$ {sys.executable} 0.py --api-key ***********\n"


def test_two_runs_with_the_same_id() -> None:
    """Metaflow makes local ids of the time; the data of both are mixed, so both have failed, and do not go on."""
    same = f"ID = '120'\n{_CALLED}wait_for('never')\n"
    done = _run(same, same, _CALLED)
    assert [(each.state, each.pathspec) for each in done.runs] == [
        ("failed", "Training/120"),
        ("failed", "Training/120"),
        ("succeeded", "Training/122"),
    ]
    assert done.runs[0].reason.startswith("Metaflow gave it the id of another run")


def test_failures_stop_the_rest() -> None:
    """After so many no others start; those that run end as they do."""
    reports: list[RunsProgress] = []

    def show(progress: RunsProgress) -> None:
        reports.append(progress)
        if any(each.state == "failed" for each in progress.finished.values()):
            Path("go").touch()

    waits_for_another = "while not Path('there-1').exists():\n    time.sleep(0.02)\n"
    done = _run(waits_for_another + _FAILS, "wait_for('go')\n", "", max_failures=1, on_progress=show)
    assert _states(done) == ["failed", "succeeded", "skipped"]
    assert [each.exit_code for each in done.runs] == [1, 0, None]
    assert not Path("2.log").exists()
    assert sorted(index for report in reports for index in report.latest) == [0, 1]


def test_what_a_running_run_is_called() -> None:
    """Its step and its pathspec are known while it runs."""

    def show(progress: RunsProgress) -> None:
        running = progress.running.get(0)
        if running and running.step == "fit" and running.pathspec == "Training/120":
            Path("go").touch()

    assert _states(
        _run(_CALLED + 'print(AT, "Task is starting.", flush=True)\nwait_for("go")\n', on_progress=show)
    ) == ["succeeded"]


def _interrupting(times: int, number: int = signal.SIGINT) -> Callable[[RunsProgress], None]:
    """Return a function that interrupts this process when two runs are there, and again when it says that it stops."""
    sent = [0]

    def show(progress: RunsProgress) -> None:
        if all(Path(f"there-{each}").exists() for each in range(2)) and sent[0] == progress.stopping < times:
            sent[0] += 1
            signal.raise_signal(number)

    return show


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_one_request_to_stop(number: int, code: int) -> None:
    """Runs end by themselves, and no others start."""
    done = _run(_POLITE, _POLITE, "", on_progress=_interrupting(1, number))
    assert (_states(done), done.stop.exit_code) == (["interrupted", "interrupted", "skipped"], code)
    assert Path("0.log").read_text().endswith("cleaned up\n")
    assert not Path("2.log").exists()


def test_a_second_request_kills() -> None:
    """Also those that do not end by themselves."""
    done = _run(_STUBBORN, _STUBBORN, on_progress=_interrupting(2))
    assert [(each.state, each.exit_code) for each in done.runs] == [("interrupted", 137)] * 2
    while any(_is_alive(int(Path(f"there-{each}").read_text())) for each in range(2)):
        time.sleep(0.02)  # the fixture `in_time` ends this


def test_a_run_that_succeeds_in_spite_of_it() -> None:
    """It is not called interrupted."""
    waits = "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwait_for('go')\n"
    interrupt = _interrupting(1)

    def show(progress: RunsProgress) -> None:
        interrupt(progress)
        if progress.stopping:
            Path("go").touch()

    assert _states(_run(waits, waits, on_progress=show)) == ["succeeded", "succeeded"]


def test_a_run_that_prints_a_lot() -> None:
    """The log is complete, also without a line end; this process keeps little of it."""
    tracemalloc.start()
    try:
        (run,) = _run(_LONG).runs
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert run.state == "succeeded"
    first_line = f"$ {sys.executable} 0.py\n"
    assert run.log.stat().st_size == len(first_line) + 15 * 400_000 + (1 << 20)
    assert most < 4 << 20


def test_a_log_that_cannot_be_written() -> None:
    """That is the failure of one run."""
    Path("0.log").mkdir()
    failed, other = _run("", "").runs
    assert (failed.state, failed.exit_code, other.state) == ("failed", None, "succeeded")
    assert failed.reason.startswith("it could not be started: ")
    assert "Is a directory" in failed.reason


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "Z (zombie)" not in status.read_text()
