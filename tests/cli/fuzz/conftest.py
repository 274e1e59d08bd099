"""The law of the command line, whatever it is given and whatever a project's files hold.

No traceback, no internal error; exit code 0, 1 or 2; JSON where it is asked for, as our schemas have it; nothing is
written outside of the project, and nothing at all by a command that only looks.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCHEMAS = Path(__file__).parents[3] / "schemas"
#: What typedflow and Python keep for themselves.
OWN = {".typedflow", "__pycache__", ".metaflow", ".mypy_cache"}
#: What writes files; the options after it keep it from that.
WRITERS: dict[str, set[str]] = {
    "run": set(),
    "init": set(),
    "deploy": {"--dry-run", "--only-json"},
    "lock": {"--check"},
    "stubs": {"--check"},
    "export": {"--check"},
    "install": {"--dry-run"},
}
#: What the flow of the tests, which is no Metaflow flow, ends with.
OF_FLOW = 7
#: What is no JSON though that is asked for.
OTHER_OUTPUT = {"-h", "--help", "--version", "--diff"}
BESIDE = "beside"

Law = Callable[[list[str], Path], int]
"""Runs a command line in a project, asserts that it keeps the law, and gives its exit code."""


@dataclass(frozen=True)
class Ran:
    """The result of a command line."""

    code: int
    out: bytes
    err: str


@pytest.fixture(scope="session")
def ask() -> Iterator[Callable[[list[str], Path], Ran]]:
    """Run command lines in a process that has loaded typedflow."""
    command = [sys.executable, str(Path(__file__).with_name("serve.py"))]
    environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, text=True) as server:
        stdin, stdout = server.stdin, server.stdout
        assert stdin is not None
        assert stdout is not None

        def run(argv: list[str], root: Path) -> Ran:
            stdin.write(json.dumps({"argv": argv, "root": str(root)}) + "\n")
            stdin.flush()
            code = int(stdout.readline())
            out, err = (root.parent / name for name in ("out", "err"))
            ran = Ran(code, out.read_bytes(), err.read_text("utf-8", "backslashreplace"))
            out.unlink()
            err.unlink()
            return ran

        yield run
        stdin.close()


@pytest.fixture(scope="session")
def law(ask: Callable[[list[str], Path], Ran]) -> Law:
    """Run a command line, and check its result."""

    def run(argv: list[str], root: Path) -> int:
        before = _snapshot(root.parent)
        ran = ask(argv, root)
        assert ran.code in ({0, 1, 2, OF_FLOW} if "run" in argv else {0, 1, 2}), ran
        assert ran.code == OF_FLOW or "Traceback (most recent call last)" not in ran.err or "run" in argv, ran.err
        assert "internal error: " not in ran.err, ran.err
        _judge_json(argv, ran)
        inside = str(root) + os.sep if _may_write(argv) else None
        assert _without(_snapshot(root.parent), inside) == _without(before, inside)
        return ran.code

    return run


def _judge_json(argv: list[str], ran: Ran) -> None:
    words = argv[: argv.index("--")] if "--" in argv else argv
    joined = "\n".join(words).replace("--format\n", "--format=").split("\n")
    formats = [word for word in joined if word.startswith("--format=")]
    if not ran.out or ran.code == OF_FLOW or formats[-1:] != ["--format=json"] or OTHER_OUTPUT & set(words):
        return
    data = json.loads(ran.out.decode(), parse_constant=pytest.fail)
    if "check" in words:
        schema = json.loads((SCHEMAS / "report.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(data)


def _may_write(argv: list[str]) -> bool:
    if any(word.startswith(("--fix", "--output-file")) for word in argv):
        return True
    return any(word in argv and not unless & set(argv) for word, unless in WRITERS.items())


def _without(files: dict[str, Any], place: str | None) -> dict[str, Any]:
    return {name: content for name, content in files.items() if place is None or not name.startswith(place)}


def _snapshot(folder: Path) -> dict[str, Any]:
    """Return the content of a folder: that of files, and the targets of links."""
    found: dict[str, Any] = {}
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in OWN]
        for path in (Path(here) / name for name in (*folders, *files) if name not in OWN):
            is_link = path.is_symlink()
            found[str(path)] = path.readlink() if is_link else path.read_bytes() if path.is_file() else None
    return found


@pytest.fixture(scope="session")
def a_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Path]:
    """Make a project of files in an otherwise empty directory, with a folder beside it."""
    outer = tmp_path_factory.mktemp("outer").resolve()

    def make(files: dict[str, str]) -> Path:
        root = outer / "project"
        shutil.rmtree(root, ignore_errors=True)
        (outer / BESIDE).mkdir(exist_ok=True)
        for name, text in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return root

    return make
