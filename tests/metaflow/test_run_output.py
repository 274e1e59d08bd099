"""What is read of Metaflow's output and arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from typedflow.metaflow import RunOutput, read_pathspec, tags_in, why_alone

_AT = "2026-12-01 04:27:30.297"
_TASK = f"{_AT} [1796/fit/3 (pid 18400)]"

OUTPUT = {
    "nothing": ([], "", ""),
    "before the first step": (
        [f"{_AT} Workflow starting (run-id 1796):"],
        "",
        f"{_AT} Workflow starting (run-id 1796):",
    ),
    "a step": ([f"{_TASK} Task is starting."], "fit", f"{_TASK} Task is starting."),
    "an error": (
        [
            *(f"{_TASK} {text}" for text in ("Task is starting.", "Traceback (most recent call last):")),
            *(f"{_TASK} {text}" for text in ("ValueError: boom", "more of it", "", "Task failed.")),
            f"{_AT} [1796/end/4 (pid 18401)] Task finished successfully.",
            "    Step failure:",
        ],
        "fit",
        "ValueError: boom",
    ),
    "an error of another task": (
        [
            f"{_AT} [1796/fit/2 (pid 1)] OSError: was handled",
            f"{_AT} [1796/fit/2 (pid 1)] Task finished successfully.",
            f"{_TASK} KeyError: 'a'",
            f"{_TASK} Task failed.",
        ],
        "fit",
        "KeyError: 'a'",
    ),
    "no error": (
        [f"{_TASK} Task is starting.", f"{_TASK} Task failed.", "", "    Step failure:", "    Step fit failed."],
        "fit",
        "Step failure: Step fit failed.",
    ),
    "an invalid command line": (
        ["Usage: f.py run", "", "Error: no such option: --x"],
        "",
        "Error: no such option: --x",
    ),
    "a long error": ([f"{_TASK} ValueError: {'x' * 4000}", f"{_TASK} Task failed."], "fit", f"ValueError: {'x' * 288}"),
    "lines of the flow": (["[1796/other/3] Task is starting.", f"{_TASK} Task is not starting."], "", None),
}


@pytest.mark.parametrize(("lines", "step", "reason"), OUTPUT.values(), ids=OUTPUT)
def test_step_and_reason(lines: list[str], step: str, reason: str | None) -> None:
    """The step that has started last or failed, and the error of the task that failed; else the last words."""
    output = RunOutput()
    for line in lines:
        output.add(line)
    assert output.step == step
    assert output.reason == (" ".join(lines) if reason is None else reason)


FILES = {
    "complete": (json.dumps({"flow_name": "Training", "run_id": "12", "metadata": "local@/"}), "Training/12"),
    "half written": ('{"run_id": "1', None),
    "something else": ("[]", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES)
def test_the_pathspec(tmp_path: Path, text: str, expected: str | None) -> None:
    """As soon as Metaflow has written it."""
    assert read_pathspec(tmp_path / "file") is None
    (tmp_path / "file").write_text(text)
    assert read_pathspec(tmp_path / "file") == expected


TAGS = {
    "none": ([], ()),
    "both forms": (["run", "--tag", "a", "--max-workers", "2", "--tag=b=c"], ("a", "b=c")),
    "without a value": (["run", "--tag"], ()),
}


@pytest.mark.parametrize(("arguments", "expected"), TAGS.values(), ids=TAGS)
def test_tags(arguments: list[str], expected: tuple[str, ...]) -> None:
    """In order."""
    assert tags_in(arguments) == expected


ALONE = {
    "nothing": ([], ""),
    "run": (["--metadata", "local", "run", "--tag", "resume"], ""),
    "options": (["--max-workers", "2"], ""),
    "another command": (["--metadata", "local", "resume"], "resume"),
    "a file": (["--run-id-file=x"], "--run-id-file"),
    "Metaflow's own": (["run", "--runner-attribute-file", "x"], "--runner-attribute-file"),
    "help": (["--help"], "--help"),
}


@pytest.mark.parametrize(("arguments", "named"), ALONE.values(), ids=ALONE)
def test_what_is_for_one_run(arguments: list[str], named: str) -> None:
    """Other commands, and options that name a file."""
    assert why_alone(arguments) == (
        f"`{named}` is for one variant on the terminal, not for runs with logs" if named else ""
    )
