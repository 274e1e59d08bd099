"""What comes after a run was started: the Client, `dump`, cards, `resume`, and Metaflow's Runner."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

RUNNER = """
import asyncio, json, sys
from metaflow import Runner

def told(running):
    data = running.run.data
    return [running.status, data.first, data.second]

given = {"config": [("first", "other.json")], "config_value": [("second", {"a": 9})]}
with Runner("options.py", show_output=False, **given) as runner:
    running = runner.run()
    first = told(running)
    runner_of_defaults = Runner("options.py", show_output=False)
    resumed = runner_of_defaults.resume(step_to_rerun="end", origin_run_id=running.run.id)
    print("TOLD", json.dumps([first, told(resumed)]))

async def later():
    with Runner("options.py", show_output=False, config_value=[("first", {"a": 6})]) as runner:
        running = await runner.async_run()
        await running.wait()
        print("TOLD", json.dumps(told(running)))

asyncio.run(later())
"""


@pytest.fixture(scope="module")
def run_id(run: Run) -> str:
    """The run of a flow that was given another value than its default."""
    done = run("options.py", "--config-value", "first", '{"a": 3}', "run", "--with", "card", "--run-id-file", "id")
    assert done.returncode == 0, done.stdout
    found = re.search(r"run-id (\d+)", done.stdout)
    assert found
    return found[1]


def test_dump_shows_configs(run: Run, run_id: str) -> None:
    """`dump` lists a task's configs among its artifacts, as dictionaries."""
    shown = run("options.py", "dump", f"{run_id}/end", "--max-value-size", "1000").stdout
    assert re.search(r"first\b.*\{'a': 3\}", shown), shown
    assert re.search(r"second\b.*\{'a': 0\}", shown), shown


def test_a_card(run: Run, run_id: str, place: Path) -> None:
    """The default card is made of a flow with configs."""
    done = run("options.py", "card", "get", f"{run_id}/end", "card.html")
    assert done.returncode == 0, done.stdout
    assert (place / "card.html").stat().st_size > 1000


def test_resume_keeps_the_config(run: Run, run_id: str) -> None:
    """`resume` takes the values of the run that it resumes, whatever the default file says now."""
    done = run("options.py", "resume", "end", "--origin-run-id", run_id, FIRST_FILE="other.json")
    assert done.returncode == 0, done.stdout
    assert 'FACT ["at the end", 3]' in done.stdout


@pytest.mark.parametrize("given", [["--config", "first", "other.json"], ["--config-value", "first", '{"a": 4}']])
def test_resume_takes_no_other_config(run: Run, run_id: str, given: list[str]) -> None:
    """`resume` refuses configs on the command line."""
    done = run("options.py", *given, "resume", "end", "--origin-run-id", run_id)
    assert done.returncode != 0
    assert "Cannot specify --config or --config-value with 'resume'" in done.stdout


def test_runner(run: Run) -> None:
    """Runner takes files and values by config name, runs at once or in the background, and resumes with the same."""
    done = run("-c", RUNNER)
    assert done.returncode == 0, done.stdout
    (first, resumed), later = (json.loads(line) for line in re.findall(r"TOLD (.*)", done.stdout))
    assert first == resumed == ["successful", {"a": 2}, {"a": 9}]
    assert later == ["successful", {"a": 6}, {"a": 0}]


def test_a_value_in_the_environment_of_a_runner(run: Run) -> None:
    """A Runner whose process has Metaflow's variable starts flows with its values."""
    code = RUNNER[: RUNNER.index("given =")] + (
        "with Runner('options.py', show_output=False).run() as running:\n    print('TOLD', json.dumps(told(running)))\n"
    )
    done = run("-c", code, METAFLOW_FLOW_CONFIG_VALUE='{"first": {"a": 7}}')
    assert 'TOLD ["successful", {"a": 7}, {"a": 0}]' in done.stdout, done.stdout
