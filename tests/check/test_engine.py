"""Checks of whole projects: user code, counts, and the cache."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.check.conftest import Make

pytestmark = pytest.mark.slow

FLOW = "flows/training.py"


def test_nothing_is_wrong_with_a_project_where_nothing_is_wrong(make: Make) -> None:
    """A clean project has no findings; every binding is checked in every environment, and without one."""
    project = make()
    assert project.check() == []
    assert (project.report.units, project.report.variants, project.report.files) == ({"flow": 1}, 4, 4)


def test_mistakes_of_every_floor_are_found_at_once(make: Make) -> None:
    """Syntax in one file, an unknown key in another, a wrong expression in the flow: one check reports all."""
    project = make({"settings/settings.environment.dev.yaml": "cpu: [2\n"})
    project.edit("settings/settings.configuration.EXP_02.yaml", "kind", "kinds")
    project.edit(FLOW, "settings.cpu * 2", "settings.cpus * 2")
    assert project.check() == [
        ("unknown-name", FLOW, 11, 42),
        ("unknown-key", "settings/settings.configuration.EXP_02.yaml", 2, 3),
        ("invalid-syntax", "settings/settings.environment.dev.yaml", 2, 1),
    ]


@pytest.mark.parametrize(
    ("code", "rule", "line", "word"),
    [
        ("import nothing_of_this_name\n", "import-failed", 1, "ModuleNotFoundError"),
        ("def broken(:\n    pass\n", "import-failed", 1, "SyntaxError"),
        ("x = 1\nraise ValueError('because')\n", "import-failed", 2, "because"),
        ("import sys\nsys.exit('enough')\n", "import-failed", 2, "sys.exit('enough')"),
        ("import os\nos._exit(3)\n", "import-failed", 0, "exit code 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "import-failed", 0, "SIGKILL"),
        ("import ctypes\nctypes.string_at(0)\n", "import-failed", 2, "SIGSEGV"),
        ("raise KeyboardInterrupt\n", "import-failed", 1, "KeyboardInterrupt"),
        ("x = 1\n", "no-flow", 0, "FlowSpec"),
    ],
)
def test_code_that_fails_is_a_finding_at_its_line(make: Make, code: str, rule: str, line: int, word: str) -> None:
    """Whatever the user's file does when it is imported, the check goes on and says where that was."""
    project = make({FLOW: code})
    ((found, name, at, _),) = project.check()
    assert found == rule
    assert (name, at) == (("typedflow.toml", 4) if rule == "no-flow" else (FLOW, line))
    assert word in project.messages()


def test_code_that_hangs_is_given_up_at_its_line(make: Make) -> None:
    """A loop without an end is a finding at the line where it is, and other flows are checked."""
    project = make({"flows/other.py": "import time\n\ndef wait():\n    while True:\n        time.sleep(1)\n\nwait()\n"})
    manifest = (project.root / "typedflow.toml").read_text()
    project.write("typedflow.toml", manifest + '[flows.other]\nfile = "flows/other.py"\n')
    project.edit(FLOW, "settings.cpu * 2", "settings.cpus * 2")
    start = time.monotonic()
    assert project.check(timeout=8.0) == [("import-timeout", "flows/other.py", 5, 9), ("unknown-name", FLOW, 11, 42)]
    assert time.monotonic() - start < 30


def test_what_code_prints_and_changes_stays_in_its_process(make: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """Output, the working directory, the environment and the arguments of the check are not the flow's to change."""
    before = Path.cwd(), dict(os.environ), list(sys.argv)
    project = make()
    text = (project.root / FLOW).read_text()
    noise = "import os, sys\nprint('noise')\nos.chdir('/')\nos.environ['X'] = '1'\nsys.stdin.read()\n"
    project.write(FLOW, noise + text)
    assert project.check() == []
    assert capfd.readouterr() == ("", "")
    assert (Path.cwd(), dict(os.environ), list(sys.argv)) == before


def test_checking_writes_nothing_beside_its_memory(make: Make) -> None:
    """No bytecode, no logs, no runs: only `.typedflow` is created, and not even that without the cache."""
    project = make()
    before = set(project.root.rglob("*"))
    project.check()
    assert set(project.root.rglob("*")) == before
    project.check(cached=True)
    new = {file.relative_to(project.root).parts[0] for file in project.root.rglob("*") if file not in before}
    assert new == {".typedflow"}
