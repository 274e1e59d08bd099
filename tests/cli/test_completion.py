"""Shell completion, by the protocol that bash speaks, and in bash itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.usefixtures("project")


def _completed(line: str, tmp_path: Path) -> list[str]:
    """Request completions as the shell's code does, with a file in place of its descriptor."""
    answer = tmp_path / "completions"
    variables = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_TYPE": "9",
    }
    done = subprocess.run([sys.executable, "-m", "typedflow"], env={**os.environ, **variables}, check=False)
    assert done.returncode == 0
    return answer.read_text().split("\n")


LINES = {
    "typedflow sh": ["show"],
    "typedflow show tr": ["training"],
    "typedflow run ": ["training", "report"],
    "typedflow run training ": ["training", "report"],
    "typedflow run report --binding ": ["default"],
    "typedflow run training report --binding ": ["EXP_01", "EXP_02", "default"],
    "typedflow run training --max": ["--max-failures"],
    "typedflow show training --binding ": ["EXP_01", "EXP_02"],
    "typedflow show report --binding ": ["default"],
    "typedflow show --binding EXP": ["EXP_01", "EXP_02"],
    "typedflow list --env ": ["dev", "production"],
    "typedflow show training --all": ["--all-bindings"],
    "typedflow show --format ": ["yaml", "json", "toml"],
    "typedflow completion ": ["bash", "zsh", "fish"],
    "typedflow rule TF30": [f"TF30{number}" for number in range(1, 10)],
    "typedflow rule unknown-k": ["unknown-key"],
}


@pytest.mark.parametrize(("line", "expected"), LINES.items(), ids=LINES)
def test_names_of_the_project_are_completed(
    tmp_path_factory: pytest.TempPathFactory, line: str, expected: list[str]
) -> None:
    """Commands, options, flows, bindings and environments complete."""
    found = [word.strip() for word in _completed(line, tmp_path_factory.mktemp("answer"))]
    assert [word for word in found if expected[0].startswith("-") or not word.startswith("-")] == expected


def test_flows_of_globs_are_completed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """By their names, and with their bindings."""
    project.write("typedflow.toml", 'model = "x:X"\n[flows."flows/t*.py"]\nbindings = ["EXP_01"]\n')
    project.write("flows/training.py", "class Training(FlowSpec): pass\n")
    lines = ("typedflow show tr", "typedflow show training --binding ")
    found = [_completed(line, tmp_path_factory.mktemp("answer")) for line in lines]
    assert [[word.strip() for word in words if not word.startswith("-")] for words in found] == [
        ["training"],
        ["EXP_01"],
    ]


@pytest.mark.parametrize("line", ["typedflow show ", "typedflow show --binding ", "typedflow list --env "])
def test_a_broken_project_completes_nothing(
    project: Project, tmp_path_factory: pytest.TempPathFactory, line: str
) -> None:
    """Completion prints no errors."""
    project.write("typedflow.toml", "broken")
    found = _completed(line, tmp_path_factory.mktemp("answer"))
    assert [word for word in found if word and not word.startswith("-")] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_code_of_a_shell_is_printed(call: Call, shell: str) -> None:
    """The code is data, for ``eval`` or a file."""
    done = call("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_ARGCOMPLETE" in done.out
    assert "typedflow" in done.out


def test_another_shell(call: Call) -> None:
    """An unknown shell is an invalid command line."""
    done = call("completion", "bsh")
    assert (done.code, done.out) == (2, "")
    assert "did you mean `bash`?" in done.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_in_bash(project: Project) -> None:
    """bash, given the printed code, completes a binding."""
    binary = project.root / "bin" / "typedflow"
    project.write("bin/typedflow", f"#!{sys.executable}\nfrom typedflow.__main__ import main\nmain()\n")
    binary.chmod(0o755)
    script = """
        eval "$(typedflow completion bash)"
        COMP_WORDS=(typedflow show training --binding E)
        COMP_CWORD=4 COMP_LINE="${COMP_WORDS[*]}" COMP_TYPE=9
        COMP_POINT=${#COMP_LINE}
        _python_argcomplete typedflow E --binding
        echo "${COMPREPLY[*]}"
    """
    environ = {**os.environ, "PATH": f"{binary.parent}{os.pathsep}{os.environ['PATH']}"}
    bash = str(shutil.which("bash"))
    done = subprocess.run([bash, "-c", script], env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["EXP_01", "EXP_02"], "")
