"""Fixtures of the tests of files and child processes."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from typedflow.values import Diagnostic, TypedflowError


@pytest.fixture(scope="session")
def findings() -> Callable[..., list[Diagnostic]]:
    """Return the diagnostics that a call raises."""

    def found(call: Callable[..., object], *arguments: Any, **options: Any) -> list[Diagnostic]:
        with pytest.raises(TypedflowError) as caught:
            call(*arguments, **options)
        return list(caught.value.diagnostics)

    return found


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """Run git in the test's directory, with settings of its own."""

    def run(*arguments: str) -> str:
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run(["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S607
        return done.stdout.strip()

    return run
