"""Type checkers judge programs that use the public API: four of them, and each must find each mistake."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STUBS = ROOT / "stubs"
EXAMPLES = HERE / "examples"
CLEAN = ("api.py", "models.py", "table_flows.py")
_MARK = re.compile(r"# wrong(?: for (?P<names>[a-z ]+))?$")

Place: TypeAlias = tuple[str, int]
Checker: TypeAlias = Callable[[list[Path], Path], set[Place]]


def _mypy(files: list[Path], folder: Path) -> set[Place]:
    config = folder / "mypy.ini"
    lines = ("[mypy]", "strict = true", f"mypy_path = {STUBS}", "follow_imports = silent", f"cache_dir={folder}/cache")
    config.write_text("\n".join(lines))
    options = ("--config-file", str(config), "--no-error-summary", "--hide-error-context")
    printed = _run(sys.executable, "-m", "mypy", *options, *map(str, files))
    return _places(r"^(?P<file>.+?\.pyi?):(?P<line>\d+): error: ", printed)


def _pyright(files: list[Path], folder: Path) -> set[Place]:
    config = folder / "pyrightconfig.json"
    settings = {"include": [str(file) for file in files], "stubPath": str(STUBS), "typeCheckingMode": "strict"}
    config.write_text(json.dumps(settings))
    printed = _run(_program("basedpyright"), "-p", str(config), "--pythonpath", sys.executable, "--outputjson")
    found = json.loads(printed)["generalDiagnostics"]
    return {(Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in found}


def _ty(files: list[Path], folder: Path) -> set[Place]:
    if find_spec("metaflow-stubs") is not None:
        pytest.skip("ty prefers metaflow-stubs to any search path")
    config = folder / "ty.toml"
    config.write_text(f'[environment]\nextra-paths = ["{STUBS}", "{folder}"]\npython = "{sys.prefix}"\n')
    options = ("--config-file", str(config), "--output-format", "concise")
    printed = _run(_program("ty"), "check", *options, *map(str, files))
    return _places(r"^(?P<file>.+?\.pyi?):(?P<line>\d+):\d+: (?:error|warning)\[", printed)


def _pyrefly(files: list[Path], folder: Path) -> set[Place]:
    config = folder / "pyrefly.toml"
    config.write_text(f'search-path = ["{STUBS}", "{folder}"]\npython-interpreter-path = "{sys.executable}"\n')
    options = ("-c", str(config), "--output-format", "min-text")
    printed = _run(_program("pyrefly"), "check", *options, *map(str, files))
    return _places(r"^ *(?:ERROR|WARN) (?P<file>.+?\.pyi?):(?P<line>\d+):", printed)


CHECKERS: dict[str, Checker] = {"mypy": _mypy, "pyright": _pyright, "ty": _ty, "pyrefly": _pyrefly}
#: What is true of the examples: nothing is sure to be there in the Client, and `loose.py` has no annotations.
HONEST = {("loose.py", line) for line in (13, 18)} | {("outside.py", line) for line in (17, 18, 19, 27, 35)}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKERS)
def test_programs_are_right(name: str, tmp_path: Path) -> None:
    """A checker finds nothing in programs that use all of the API, and every type is the one that they assert."""
    assert _judged(name, [HERE / file for file in CLEAN], tmp_path) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKERS)
def test_mistakes_are_found(name: str, tmp_path: Path) -> None:
    """Each line that is marked has an error, and no other line."""
    file = HERE / "mistakes.py"
    assert sorted(_judged(name, [file], tmp_path)) == [("mistakes.py", line) for line in _marked(file, name)]


@pytest.mark.slow
def test_examples_of_flows_are_right(tmp_path: Path) -> None:
    """In flows as Metaflow's documentation shows them, a strict mypy finds only what is true."""
    assert _judged("mypy", sorted(EXAMPLES.glob("*.py")), tmp_path) == HONEST


def test_every_checker_has_mistakes_to_find() -> None:
    """The marks are read as they are meant."""
    file = HERE / "mistakes.py"
    assert all(len(list(_marked(file, name))) > 20 for name in CHECKERS)
    assert not any(_MARK.search(line) for name in CLEAN for line in (HERE / name).read_text().splitlines())


def _judged(name: str, files: list[Path], folder: Path) -> set[Place]:
    pytest.importorskip("basedpyright" if name == "pyright" else name)
    return CHECKERS[name](files, folder)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def _program(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def _places(pattern: str, printed: str) -> set[Place]:
    found = re.finditer(pattern, printed, re.MULTILINE)
    return {(Path(match["file"]).name, int(match["line"])) for match in found}


def _marked(file: Path, checker: str) -> Iterator[int]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        mark = _MARK.search(line)
        if mark and checker in (mark["names"] or checker).split():
            yield number
