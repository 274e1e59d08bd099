"""A task whose image has no pydantic."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Pod

pytestmark = pytest.mark.slow

ADVICE = "install it in the image of the task, or name it with `@pypi(packages={...})`"


def test_a_task_ends_with_one_sentence(compiled: Callable[..., str], pod: Pod, bare_image: Path) -> None:
    """It says what is missing, where, and what to do; there is no traceback."""
    states = json.loads(compiled("step-functions", "--only-json"))["States"]
    container = states["start"]["Parameters"]["ContainerOverrides"]
    variables = {item["Name"]: item.get("Value", "one") for item in container["Environment"]}
    batch = {"AWS_BATCH_JOB_ID": "s", "AWS_BATCH_JOB_ATTEMPT": "1"}
    done = replace(pod, python=bare_image).run(container["Command"][-1], {**variables, **batch})
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("[save_logs]")]
    assert (
        re.sub("which .* does", "which PYTHON does", said[-1])
        == f"typedflow requires pydantic, which PYTHON does not have: {ADVICE}"
    )
    assert not any("Traceback" in line for line in said)


def test_elsewhere_it_is_an_import_error(bare_image: Path) -> None:
    """A program that imports typedflow can catch it."""
    root = Path(__file__).parents[3]
    code = "import typedflow\ntry:\n    typedflow.ConfigModel\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run([bare_image, "-c", code], cwd=root, check=True, capture_output=True, text=True)
    assert ADVICE in done.stdout
