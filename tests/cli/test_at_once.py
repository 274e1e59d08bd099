"""Many processes in one project at once, and links where typedflow writes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.process

COMPILED = ".typedflow/compiled/flow.training.EXP_01.5f680d187297.json"
RUN = ("run", "training", "--binding", "EXP_01")
COMMANDS = [
    (RUN, 7),
    (RUN, 7),
    (RUN, 7),
    (("run", "training", "--binding", "EXP_02"), 7),
    (("run", "training", "--binding", "EXP_01", "--set", "title=x"), 7),
    (("show", "training", "--binding", "EXP_01"), 0),
    (("show", "report"), 0),
    (("lock",), 0),
    (("lock",), 0),
    (("check",), 1),
]


def test_ten_processes_at_once(project: Project) -> None:
    """None fails because of another; files are complete, no temporary file is left, and only the owner may write."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "typedflow", *arguments],
            cwd=project.root,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for arguments, _ in COMMANDS
    ]
    done = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [code for _, code in COMMANDS], done
    assert not any("Traceback" in err or "unwritable" in err for _, err in done)
    compiled = sorted((project.root / ".typedflow/compiled").iterdir())
    configs = [file for file in compiled if not file.name.endswith(".provenance.json")]
    assert [file.name.split(".")[3] for file in configs] == [
        sha256(file.read_bytes()).hexdigest()[:12] for file in configs
    ]
    assert (len(configs), len(compiled)) == (3, 6)
    ours = [path for path in (project.root / ".typedflow").rglob("*") if path.is_file()]
    assert {file.name for file in ours} - {file.name for file in compiled} == {".gitignore", "check.json"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in [*ours, project.root / "typedflow.lock"]} == {0o644}
    assert not any(
        path.stat().st_mode & stat.S_IWOTH for path in [project.root / ".typedflow", *compiled[0].parents][:2]
    )


@pytest.mark.parametrize("name", [COMPILED, COMPILED.replace(".json", ".provenance.json"), "typedflow.lock"])
def test_a_link_is_replaced(project: Project, spawn: Call, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """A link where a file is written is replaced by the file; its target is not changed."""
    outside = tmp_path_factory.mktemp("outside") / "precious"
    outside.write_text("precious")
    (project.root / name).parent.mkdir(parents=True, exist_ok=True)
    (project.root / name).symlink_to(outside)
    assert spawn(*(("lock",) if name == "typedflow.lock" else RUN)).code in {0, 7}
    assert not (project.root / name).is_symlink()
    assert outside.read_text() == "precious"


@pytest.mark.parametrize("name", [".typedflow", ".typedflow/compiled", ".typedflow/logs"])
def test_a_directory_that_leads_out_of_the_project(
    project: Project, spawn: Call, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """A linked directory is rejected: a committed link must not choose where other machines write."""
    outside: Path = tmp_path_factory.mktemp("outside")
    (project.root / name).parent.mkdir(exist_ok=True)
    (project.root / name).symlink_to(outside)
    done = spawn(*RUN)
    assert (done.code, done.out) == (1, "")
    assert f"TF511 unwritable-file: `{name}` is a link to a location outside the project" in done.err
    assert list(outside.iterdir()) == []
