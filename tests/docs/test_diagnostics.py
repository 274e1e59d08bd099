"""Every rule has an explanation whose example produces it; docs/diagnostics.md is made of the explanations."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from typedflow.render import explanations_page
from typedflow.values import Explanation
from typedflow.workspace import explanations, explanations_introduction

if TYPE_CHECKING:
    from tests.conftest import Start

ROOT = Path(__file__).parents[2]
ALL = explanations()
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"\b(TF\d+) ([\w-]+): ")
_HERE = "    # the example\n"
_VARIABLE = re.compile(r"[A-Z_0-9]+=")
#: The steps of the demo's flow without the libraries that it computes with: importing them takes most of a check.
_TRAINING = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.folds = [1, 2]
        self.next(self.fit, foreach="folds")

    @step
    def fit(self):
        self.next(self.gather)

    @step
    def gather(self, inputs):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
"""
_NIGHTLY = """\
[flows.nightly]
file = "flows/nightly.py"
bindings = ["EXP_01"]

"""
_MANIFEST = """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
"""
_COMMIT = "git init -q . && git add . && git -c user.name=demo -c user.email=demo@example.org commit -qm demo"
#: What must be so before some examples, as shell commands.
_BEFORE = {
    "breaking-change": _COMMIT,  # compares with a commit
    "risky-change": _COMMIT,
}
#: Programs that end in a traceback: Python is making a class, or the example is a program of one line.
_IN_PYTHON = {"used-too-early", "migration-failed", "no-origins"}
#: What Python does before the command that finds no Python.
_REMOVED = (
    "import sys; sys.executable = '/removed/python'; from typedflow.cli import main; sys.exit(main(sys.argv[1:]))"
)


class Example(NamedTuple):
    """The files of an example, lines for the flow of the introduction, and commands, of which the last reports."""

    files: dict[str, str]
    lines: str
    commands: list[str]


def _example(item: Explanation) -> Example:
    files: dict[str, str] = {}
    commands: list[str] = []
    for language, text in _BLOCK.findall(item.markdown):
        first, _, rest = text.partition("\n")
        if language == "console":
            commands += re.findall(r"^\$ (.*)$", text, re.MULTILINE)
        else:
            files[first.removeprefix("# ").removeprefix("-- ")] = rest
    lines = files.pop("in flow.py", "")
    return Example(files, lines, commands or ["typedflow check flow.py" if lines else "typedflow check"])


EXAMPLES = {item.rule.name: _example(item) for item in ALL}
_SLOW = ("typedflow check", "typedflow deploy", "python -c")


def _marks(example: Example) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if example.commands[-1].startswith(_SLOW) else []


@pytest.fixture(scope="module")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of mypy, for one example after another."""
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.parametrize(
    "item", [pytest.param(item, marks=_marks(EXAMPLES[item.rule.name]), id=item.rule.name) for item in ALL]
)
def test_an_example_produces_its_rule(item: Explanation, tmp_path: Path, start: Start, caches: Path) -> None:
    """And no other."""
    example = EXAMPLES[item.rule.name]
    _write(example, tmp_path)
    environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "MYPY_CACHE_DIR": str(caches)}
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    before = [_BEFORE[item.rule.name]] if item.rule.name in _BEFORE else []
    for command in [*before, *example.commands[:-1]]:
        subprocess.run([shutil.which("bash") or "bash", "-c", command], cwd=tmp_path, env=environ, check=True)
    variables, argv = _split(example.commands[-1])
    if item.rule.name == "launch-failed":
        argv = ["-c", _REMOVED, *argv[2:]]
    done = start(*argv, cwd=tmp_path, environ={**environ, **variables}, together=True)
    assert set(_CODE.findall(done.stdout)) == {(item.rule.code, item.rule.name)}, done.stdout
    assert done.returncode in {1, 2} or f" warning {item.rule.code} " in done.stdout
    assert ("Traceback" in done.stdout) is (item.rule.name in _IN_PYTHON)


def _write(example: Example, root: Path) -> None:
    """Write the project of an example: the demo, or one whose model is the example's, and its files over that."""
    (root / ".metaflow").mkdir()  # or the datastore of a directory above would be used
    base = {"flows/training.py": _TRAINING}
    if "flows/settings.py" in example.files:
        base |= {"typedflow.toml": _MANIFEST, "settings/settings.yaml": "{}\n"}
    else:
        ignored = shutil.ignore_patterns("__pycache__", ".metaflow", ".typedflow")
        shutil.copytree(ROOT / "examples/demo", root, dirs_exist_ok=True, ignore=ignored)
        manifest = (root / "typedflow.toml").read_text(encoding="utf-8")
        assert _NIGHTLY in manifest
        base["typedflow.toml"] = manifest if "flows/nightly.py" in example.files else manifest.replace(_NIGHTLY, "")
    if example.lines:
        base["flow.py"] = _flow().replace(_HERE, "".join(f"    {line}\n" for line in example.lines.splitlines()))
    for name, text in {**base, **example.files}.items():
        file = root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _flow() -> str:
    (flow,) = (text for language, text in _BLOCK.findall(explanations_introduction()) if language == "python")
    assert _HERE in flow
    return str(flow)


def _split(command: str) -> tuple[dict[str, str], list[str]]:
    """Return the variables that a command line sets, and the arguments of Python that it comes to."""
    words = shlex.split(command)
    assigned = [word for word in words if _VARIABLE.match(word)]
    program, *rest = words[len(assigned) :]
    assert program in {"typedflow", "python"}
    variables = dict(word.split("=", 1) for word in assigned)
    return variables, ["-m", "typedflow", *rest] if program == "typedflow" else rest


def test_the_page_is_generated() -> None:
    """docs/diagnostics.md is what `typedflow rule --all --format markdown` prints."""
    page = explanations_page(explanations_introduction(), ALL)
    assert (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8") == page
