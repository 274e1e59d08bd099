"""The documentation as tests: its commands run in a copy of their subject, its code as programs."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(
    r"(?:<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_FAILS = re.compile(r"error(?: TF\d|: )")


@dataclass(frozen=True)
class Block:
    """A fenced block; a comment before it may say what is done with it."""

    language: str
    text: str
    note: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command of a ``console`` block, and the output that the page shows."""

    text: str
    output: str


@dataclass
class Shell:
    """A shell that keeps its directory from command to command."""

    directory: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> tuple[int, str]:
        """Run a command; return its code and its output, errors included."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environ = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", **self.variables}
        where = self.directory / ".where"
        script = f"{command}\ncode=$?\npwd > {where}\nexit $code"
        done = subprocess.run(
            [shutil.which("bash") or "/bin/bash", "-c", script],
            cwd=self.directory,
            env=environ,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.directory = Path(where.read_text(encoding="utf-8").strip())
        where.unlink()
        return done.returncode, done.stdout

    def check(self, command: Command) -> None:
        """Run a command and compare what it prints with what the page shows, if it shows something."""
        code, printed = self.run(command.text)
        assert (code != 0) == bool(_FAILS.search(command.output)), printed
        if command.output:
            assert _pattern(command.output).fullmatch(printed.rstrip()), f"{command.text}\n{printed}"


def _pattern(shown: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, shown.rstrip().split("..."))), re.DOTALL)


def blocks(page: Path) -> Iterator[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Block(match["language"], match["text"], match["note"] or "", line)


def commands(block: Block) -> Iterator[Command]:
    """Return the commands of a ``console`` block: ``$`` begins one, ``>`` continues it."""
    command, output = "", ""
    for line in block.text.splitlines(keepends=True):
        if line.startswith("$ ") and not line.startswith("$ ..."):
            if command:
                yield Command(command, output)
            command, output = line[2:], ""
        elif line.startswith("> ") and not output:
            command += line[2:]
        else:
            output += line
    yield Command(command, output)


@pytest.fixture
def page_blocks() -> Callable[[str], list[Block]]:
    """Reads the fenced blocks of a page."""
    return lambda name: list(blocks(ROOT / name))


@pytest.fixture
def console() -> Callable[[str], list[Command]]:
    """Reads the commands of a page, those of all its ``console`` blocks."""

    def read(name: str) -> list[Command]:
        found = [block for block in blocks(ROOT / name) if block.language == "console" and block.note != "not run"]
        return [command for block in found for command in commands(block)]

    return read


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty directory."""
    (tmp_path / ".metaflow").mkdir()  # or the datastore of a directory above would be used
    return Shell(tmp_path)


@pytest.fixture
def clone(shell: Shell) -> Shell:
    """A shell in a copy of the repository's examples."""
    ignored = shutil.ignore_patterns("__pycache__", ".metaflow", ".typedflow")
    shutil.copytree(ROOT / "examples", shell.directory / "examples", ignore=ignored)
    return shell


@pytest.fixture
def repository(clone: Shell) -> Shell:
    """A shell in such a copy that is a repository on `main`, as its readers have it."""
    assert clone.run("git init --quiet --initial-branch=main .")[0] == 0
    return clone
