"""Named pipes and devices in the place of a project's files: no command waits for them or reads without end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

ONE = "settings/settings.configuration.EXP_01.yaml"


pytestmark = pytest.mark.usefixtures("in_time")


def _pipe(project: Project, name: str) -> None:
    file = project.root / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    os.mkfifo(file)


@pytest.mark.parametrize("command", [("show", "training", "--binding=EXP_01"), ("lock",)])
@pytest.mark.parametrize("name", [ONE, "settings/settings.yaml"])
def test_settings(project: Project, call: Call, command: tuple[str, ...], name: str) -> None:
    """A settings file that is a pipe is an error at its name."""
    _pipe(project, name)
    done = call(*command)
    assert (done.code, done.out) == (1, "")
    assert f"{name}: error TF506 unreadable-file: the file cannot be read: it is a named pipe, not a reg" in done.err


def test_a_manifest(project: Project, call: Call) -> None:
    """A manifest that is a pipe is none, as is one that is a directory."""
    _pipe(project, "typedflow.toml")
    assert call("list").code in {1, 2}


@pytest.mark.parametrize("target", ["pipe", "/dev/zero"])
def test_a_lock(project: Project, call: Call, target: str) -> None:
    """A lock file that is a pipe is rejected by ``--check``, and replaced by a file."""
    if target == "pipe":
        _pipe(project, "typedflow.lock")
    else:
        (project.root / "typedflow.lock").symlink_to(target)
    done = call("lock", "--check")
    assert done.code == 1
    assert "TF705" in done.err
    assert "not a regular file" in done.err
    assert call("lock").code == 0
    assert (project.root / "typedflow.lock").is_file()
    assert call("lock", "--check").code == 0


@pytest.mark.slow
def test_a_cache(project: Project, call: Call) -> None:
    """What earlier checks found cannot be read from a pipe; it is found again, and kept."""
    first = call("check", "--jobs=1")
    _pipe(project, ".typedflow/check.json")
    second = call("check", "--jobs=1")
    assert (second.code, second.out) == (first.code, first.out)
    assert ".typedflow/check.json cannot be read" in second.err
    assert (project.root / ".typedflow" / "check.json").is_file()


def test_a_compiled_config_may_be_a_pipe(project: Project, call: Call) -> None:
    """A side of a comparison is named on the command line; nobody need write a file for it."""
    from threading import Thread

    compiled = call("show", "training", "--binding=EXP_01", "--format=json").out
    _pipe(project, "other.json")
    writer = Thread(target=(project.root / "other.json").write_text, args=[compiled.replace("0.3", "0.7")])
    writer.start()
    done = call("diff", "training", "EXP_01", "other.json")
    writer.join()
    assert "0.7" in done.out
