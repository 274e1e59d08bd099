"""Common to all commands: help, global options, exit codes, streams."""

from __future__ import annotations

import importlib.metadata
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call, Project

COMMANDS = [
    *("check", "rule", "show", "list", "diff", "fuzz", "run", "runs", "deploy", "lock", "init", "stubs", "completion"),
    *("table", "table types", "schema", "schema export", "schema install", "schema breaking"),
]


def test_version(call: Call) -> None:
    """``--version`` prints the installed version."""
    done = call("--version")
    assert (done.code, done.out) == (0, f"typedflow {importlib.metadata.version('typedflow')}\n")


@pytest.mark.parametrize("arguments", [(), *(tuple(name.split()) for name in COMMANDS)], ids=["typedflow", *COMMANDS])
def test_help_ends_with_examples(call: Call, arguments: tuple[str, ...]) -> None:
    """Every help says what the command does, and ends with examples."""
    done = call(*arguments, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: {' '.join(('typedflow', *arguments))} ")
    _, _, examples = done.out.partition("\nexamples:\n")
    assert examples
    assert all(line.startswith("  typedflow ") for line in examples.splitlines() if line and "eval" not in line)


def test_help_loads_nothing_heavy() -> None:
    """``--help`` loads nothing but argparse."""
    heavy = ["pydantic", "metaflow", "yaml", "rich", "argcomplete", "dataclasses", "pathlib"]
    code = (
        "import sys; from typedflow.cli import main; main(['--help']); "
        "values = {name for name in sys.modules if name.startswith('typedflow.values.')}; "
        f"print(*values, *(name for name in {heavy} if name in sys.modules), file=sys.stderr)"
    )
    bare = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True)
    if b"pathlib" in bare.stdout.split():
        pytest.skip("the interpreter itself loads much here")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "typedflow.values._lazy_names\n")


def test_a_command_looks_for_no_garbage(project: Project) -> None:
    """What a command makes while it starts stays: Python does not search it for reference cycles, nor when it ends."""
    code = (
        "import gc, sys; from typedflow.__main__ import main; sys.argv = ['typedflow', 'show', 'report']; "
        "searches = []; gc.callbacks.append(lambda *each: searches.append(each)); import atexit; "
        "atexit.register(lambda: print(searches, len(gc.get_objects()) < gc.get_freeze_count(), file=sys.stderr)); "
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[] True\n")


MEANT = {
    "command": (("shwo",), "did you mean `show`?"),
    "option": (("show", "--bindng", "EXP_01"), "did you mean `--binding`?"),
    "option-with-value": (("show", "--bindng=EXP_01"), "did you mean `--binding`?"),
    "choice": (("show", "--format", "jsn"), "did you mean `json`?"),
    "abbreviation": (("show", "--bind", "EXP_01"), "did you mean `--binding`?"),
    "nothing-near": (("list", "--xyzzy"), "unrecognized arguments: --xyzzy\n"),
    "metaflows-option": (
        ("run", "training", "--binding", "EXP_01", "--max-workers", "2"),
        (
            "unrecognized arguments: --max-workers 2; did you mean `--max-failures`? if they are Metaflow's, put them "
            "after `--`: typedflow run ... -- --max-workers 2\n"
        ),
    ),
    "metaflows-option-in-between": (
        ("deploy", "training", "--max-workers=2", "--to", "airflow"),
        (
            "unrecognized arguments: --max-workers=2; put Metaflow's arguments after `--`: "
            "typedflow deploy ... -- --max-workers=2\n"
        ),
    ),
    "a-flow-behind-options": (
        ("run", "training", "--binding", "*", "nightly"),
        "put Metaflow's arguments after `--`: typedflow run ... -- nightly; several flows are named before the options",
    ),
    "own-option-of-run": (("run", "--bindng", "EXP_01"), "did you mean `--binding`?"),
    "word": (("lock", "a", "b"), "unrecognized arguments: a b\n"),
    "no-environment": (("show", "--env", ""), "argument --env: must not be empty\n"),
    "no-environment-of-runs": (("runs", "x", "--env="), "argument --env: must not be empty\n"),
    "no-environment-of-check": (("check", "--env="), "argument --env: must not be empty\n"),
    "no-binding": (("run", "x", "--binding="), "argument --binding: must not be empty\n"),
    "no-binding-of-runs": (("runs", "x", "--binding="), "argument --binding: must not be empty\n"),
    "no-binding-of-check": (("check", "--binding="), "argument --binding: must not be empty\n"),
    "no-binding-of-deploy": (("deploy", "--binding="), "argument --binding: must not be empty\n"),
    "no-command": ((), "the following arguments are required: COMMAND"),
    "not-for-metaflow": (
        ("list", "--", "x"),
        "only `typedflow run` and `typedflow deploy` accept arguments after `--`",
    ),
    "two-things": (("show", "--binding", "a", "--all-bindings"), "not allowed with argument"),
}


@pytest.mark.parametrize(("arguments", "expected"), MEANT.values(), ids=MEANT)
def test_a_wrong_command_line(call: Call, arguments: tuple[str, ...], expected: str) -> None:
    """Usage and error go to standard error, with a suggestion; the code is 2."""
    done = call(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("usage: typedflow ")
    assert expected in done.err


def test_no_project(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a project there is a hint, and the code is 2."""
    monkeypatch.chdir(tmp_path)
    done = call("list")
    assert (done.code, done.out) == (2, "")
    assert "error TF501 no-project" in done.err
    assert "`typedflow init` creates a project" in done.err


@pytest.mark.parametrize("before", [True, False])
def test_project_may_stand_anywhere(project: Project, call: Call, before: bool) -> None:  # noqa: FBT001 # a case
    """``--project DIR`` works before and after the command, from anywhere."""
    os.chdir("/")
    option = ("--project", str(project.root))
    done = call(*option, "list") if before else call("list", *option)
    assert (done.code, done.out.count(" EXP_01.training ")) == (0, 1)


@pytest.mark.usefixtures("project")
def test_a_project_that_does_not_exist(call: Call) -> None:
    """A missing directory is an error, even below a project."""
    done = call("--project", "nowhere", "list")
    assert done.code == 2
    assert done.err == "--project nowhere: error TF507 bad-option: the directory does not exist\n"


def test_pyproject_is_a_manifest_too(project: Project, call: Call) -> None:
    """A project may be described in ``pyproject.toml``."""
    (project.root / "typedflow.toml").unlink()
    table = '[tool.typedflow]\nmodel = "flows/settings.py:Settings"\n'
    project.write("pyproject.toml", table + '[tool.typedflow.flows.report]\nfile = "flows/report.py"\n')
    assert call("show", "--path", "title").out == "Diabetes\n"


BUG = """\
from pydantic import BaseModel

class Settings(BaseModel):
    model: dict = {}

    def __getattribute__(self, name):
        if name == "model":
            raise SystemError("unforeseen")
        return super().__getattribute__(name)
"""


def test_an_internal_error_is_one_sentence(project: Project, call: Call) -> None:
    """An internal error is one line that asks for a report, without a traceback; the code is 2."""
    project.write("flows/settings.py", BUG)
    done = call("show", "report")
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("typedflow: internal error: ")
    assert line.endswith("this is a bug, please report it with what `--traceback` shows")


def test_a_traceback_is_there_for_the_asking(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--traceback`` and ``TYPEDFLOW_TRACEBACK`` show where an internal error comes from."""
    project.write("flows/settings.py", BUG)
    assert "Traceback (most recent call last)" in call("show", "report", "--traceback").err
    monkeypatch.setenv("TYPEDFLOW_TRACEBACK", "1")
    assert "Traceback (most recent call last)" in call("show", "report").err


@pytest.mark.usefixtures("project")
def test_a_reader_that_leaves_is_no_error() -> None:
    """A closed pipe ends the command quietly, as other tools do."""
    command = [sys.executable, "-m", "typedflow", "show", "training", "--all-bindings"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.usefixtures("project")
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")  # noqa: PTH110 # short
def test_a_full_disk_is_a_diagnostic() -> None:
    """Data that cannot be written is not lost silently."""
    with open("/dev/full", "w") as full:  # noqa: PTH123 # the same
        done = subprocess.run(
            [sys.executable, "-m", "typedflow", "show", "report"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error TF511 unwritable-file: cannot write to standard output")


def test_data_is_utf_8(project: Project, spawn: Call) -> None:
    """Data is UTF-8 in every locale, as files are."""
    project.write("settings/settings.yaml", "model: {alpha: 1, optimizer: {kind: sgd}}\ntitle: Größe \N{SNOWMAN}\n")
    done = spawn("show", "report", "--path", "title", PYTHONIOENCODING="ascii")
    assert done.out == '"Größe \N{SNOWMAN}"\n'


def _on_a_terminal(*arguments: str, **variables: str) -> str:
    """Run a command line on a new terminal, and return what it shows."""
    environ = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    main, side = pty.openpty()
    command = [sys.executable, "-m", "typedflow", *arguments]
    subprocess.run(command, stdin=side, stdout=side, stderr=side, env={**environ, **variables}, check=False)
    os.close(side)
    shown = b""
    try:
        while chunk := os.read(main, 10_000):
            shown += chunk
    except OSError:  # Linux says so at the end
        pass
    os.close(main)
    return shown.decode()


@pytest.mark.usefixtures("project")
def test_color_is_for_terminals(spawn: Call) -> None:
    """A terminal gets color unless NO_COLOR is set; a pipe gets none unless FORCE_COLOR is set."""
    assert "\x1b[" in _on_a_terminal("list")
    assert "\x1b[" not in _on_a_terminal("list", NO_COLOR="1")
    assert "\x1b[" in spawn("list", NO_COLOR="", FORCE_COLOR="1").out
    assert "\x1b[" not in spawn("list", NO_COLOR="").out
    assert "\x1b[" in spawn("show", "nothing", NO_COLOR="", FORCE_COLOR="1").err


@pytest.mark.usefixtures("project")
def test_a_table_fits_the_terminal(spawn: Call) -> None:
    """Cells are cut on a terminal only."""
    narrow = _on_a_terminal("list", NO_COLOR="1", COLUMNS="60").splitlines()
    assert max(map(len, narrow)) == 60
    assert "…" in narrow[1]
    assert "EXP_01.training  5f680d187297  flows/training.py" in spawn("list", COLUMNS="60").out


def test_ctrl_c_is_130(project: Project) -> None:
    """An interrupted command prints nothing, and exits with 130."""
    project.write("flows/settings.py", "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)\n")
    done = subprocess.run([sys.executable, "-m", "typedflow", "show", "report"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("stream", [1, 2])
def test_a_closed_stream_is_no_error(stream: int) -> None:
    """What is written to it is discarded, and the exit code stays the same."""
    command = [sys.executable, "-m", "typedflow", "check"]
    closed = ["/bin/sh", "-c", f'"$@" {stream}>&-', "sh", *command]
    usual, done = (subprocess.run(each, capture_output=True, text=True, check=False) for each in (command, closed))
    assert done.returncode == usual.returncode
    assert "internal error" not in done.stderr
