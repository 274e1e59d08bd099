"""The plugin and the running flow judge one table of mistakes alike: what is wrong for one is so for the other."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FLOWS = Path(__file__).parents[1] / "metaflow" / "flows"
STUBS = FLOWS.parents[2] / "stubs"

ONLY_WITH_VALUES = {
    "19:29": "a key of a dict",
    "21:51": "an index that the list does not have",
    "27:13": "a timedelta in a dictionary whose values may be anything",
}
"""What only the values of a config can tell."""

NATIVE = {
    "14:47": "14:34",
    "16:37": "16:20",
    "26:30": "26:18",
    "36:5": "36:6",
    "37:25": "37:18",
}
"""Attributes of the class body are mypy's own business: it marks the start of the expression."""

FOLLOWING = {"14:66"}
"""What mypy says next, because an argument that is wrong fits no overload."""


def places(text: str) -> set[str]:
    """Return the line and column of each error."""
    return {f"{line}:{column}" for line, column in re.findall(r"^typos\.py:(\d+):(\d+): error", text, re.MULTILINE)}


@pytest.mark.slow
def test_plugin_and_flow_find_the_same_mistakes(tmp_path: Path) -> None:
    """Each mistake that a flow reports is reported by mypy, at the same character inside texts, and no other."""
    environment = {**os.environ, "METAFLOW_USER": "tester", "COLUMNS": "200"}
    for name in ("typos.py", "models.py", "myconfig.toml"):
        (tmp_path / name).write_text((FLOWS / name).read_text())
    run = subprocess.run(
        [sys.executable, "typos.py", "run"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    (tmp_path / "mypy.ini").write_text(f"[mypy]\nplugins = typedflow.mypy\nmypy_path = {STUBS}\n")
    options = ["--show-column-numbers", "--disable-error-code", "no-untyped-def"]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "typos.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    at_run_time = places(run.stdout + run.stderr)
    assert len(at_run_time) == 15, run.stdout + run.stderr
    expected = {NATIVE.get(place, place) for place in at_run_time - ONLY_WITH_VALUES.keys()}
    assert places(checked.stdout) - FOLLOWING == expected, checked.stdout
