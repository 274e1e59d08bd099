"""The process that deploys one variant: what it records, and what comes of it."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from typedflow.units import DeploymentJob, DeploymentOutcome, DeploymentRecord, deployment_files
from typedflow.units._deployment_records import load_record, save_record
from typedflow.units._deployment_worker import run_job

pytestmark = pytest.mark.process

RECORD = DeploymentRecord("training", "EXP_01", None, "argo-workflows", "n", "c", "compiled/x.json", "i", "")
_COUNTS = """\
import os, sys, time
with open("count", "a") as count:
    count.write("x")
time.sleep(0.5)
"""
_NAMES = 'import json, sys\njson.dump({"name": "n-by-metaflow"}, open(sys.argv[-1], "w"))'


def _job(root: Path, code: str) -> DeploymentJob:
    return DeploymentJob(RECORD, deployment_files(root, RECORD.target, RECORD.name), (sys.executable, "-c", code))


def test_what_is_deployed_is_recorded(tmp_path: Path) -> None:
    """Under the name that Metaflow chose, with the moment; the file in which it says so is gone."""
    job = _job(tmp_path, _NAMES)
    assert run_job(job, os.environ) == DeploymentOutcome("deployed", "n-by-metaflow")
    record = load_record(job.files.record)
    assert record is not None
    assert record.at > "2026"
    assert replace(record, at="") == replace(RECORD, name="n-by-metaflow")
    assert not job.files.attributes.exists()


def test_what_has_not_changed_is_left(tmp_path: Path) -> None:
    """Equal inputs are deployed already; ``again`` deploys them in any case."""
    job = _job(tmp_path, "")
    save_record(replace(RECORD, name="before"), job.files.record)
    assert run_job(job, os.environ) == DeploymentOutcome("unchanged", "before")
    assert run_job(replace(job, again=True), os.environ) == DeploymentOutcome("deployed", "n")


FAILURES = {
    "a message": ("import sys; sys.exit('first\\n\\nlast words')", "last words"),
    "a traceback": ("1 / 0", "ZeroDivisionError: division by zero"),
    "nothing": ("import sys; sys.exit(3)", "the command ended with exit code 3"),
}


@pytest.mark.parametrize(("code", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_failure_has_a_reason(tmp_path: Path, code: str, reason: str) -> None:
    """The last words of the command; nothing is recorded."""
    job = _job(tmp_path, code)
    assert run_job(job, os.environ) == DeploymentOutcome("failed", reason=reason)
    assert load_record(job.files.record) is None


def test_an_interrupt(tmp_path: Path) -> None:
    """A signal that ends the worker is no failure of the deployment."""
    job = _job(tmp_path, "import os, signal; os.kill(os.getppid(), signal.SIGINT)")
    assert run_job(job, os.environ) == DeploymentOutcome("interrupted")


def test_a_file_for_airflow(tmp_path: Path) -> None:
    """It is put where it belongs when it is complete, and names that place."""
    job = replace(_job(tmp_path, 'import sys; open(sys.argv[-1], "w").write(sys.argv[-1])'), output=tmp_path / "n.py")
    assert run_job(job, os.environ) == DeploymentOutcome("deployed", "n")
    assert (tmp_path / "n.py").read_text() == str(tmp_path / "n.py")
    assert not job.files.generated.exists()


def test_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second waits, and finds nothing to do."""
    monkeypatch.chdir(tmp_path)
    job = _job(tmp_path, _COUNTS)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda each: run_job(each, os.environ), [job, job]))
    assert sorted(each.state for each in outcomes) == ["deployed", "unchanged"]
    assert (tmp_path / "count").read_text() == "x"
