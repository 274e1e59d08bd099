"""Programs beside what mypy says of them with the plugin, to the column: ``cases/*.py`` and ``cases/*.txt``.

``REGENERATE=1 pytest tests/mypy/test_cases.py`` writes the expected texts anew, to be read before they are committed.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mypy.version import __version__ as mypy_version

CASES = Path(__file__).parent / "cases"
STUBS = CASES.parents[2] / "stubs"
NAMES = sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.txt"))

_WRITTEN_WITH = "2.4"
"""The minor release of mypy whose words the expected texts repeat; others agree on places and codes."""


def judged(folder: Path, plugins: str, *files: str) -> str:
    """Return what mypy prints of some cases."""
    settings = f"[mypy]\nplugins = {plugins}\nmypy_path = {STUBS}\nstrict = true\nshow_column_numbers = true\n"
    (folder / "mypy.ini").write_text(settings + "explicit_package_bases = true\nno_error_summary = true\n")
    options = ["--config-file", str(folder / "mypy.ini"), "--cache-dir", str(folder / "cache"), "--no-fast-exit"]
    command = [sys.executable, "-m", "mypy", *options, *files]
    done = subprocess.run(command, cwd=CASES, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert not done.stderr
    return done.stdout


def places(text: str) -> list[tuple[str, str]]:
    """Return the places of the errors and their codes, without words."""
    return re.findall(r"^(\S+?:\d+:\d+): error: .*\[([\w-]+)\]$", text, re.MULTILINE)


def expected(name: str) -> str:
    """Return the text beside a case."""
    return (CASES / f"{name}.txt").read_text()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Judge all cases in one run."""
    text = judged(tmp_path_factory.mktemp("mypy"), "typedflow.mypy", *(f"{name}.py" for name in NAMES))
    if "REGENERATE" in os.environ:
        for name in NAMES:
            (CASES / f"{name}.txt").write_text(_lines_of(text, name))
    return text


def _lines_of(text: str, name: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith(f"{name}.py:"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_mistake_is_reported_at_its_column(output: str, name: str) -> None:
    """Errors of a case are those beside it, and no others."""
    found = _lines_of(output, name)
    assert places(found) == places(expected(name))
    if mypy_version.startswith(f"{_WRITTEN_WITH}."):
        assert found == expected(name)


@pytest.mark.slow
@pytest.mark.parametrize("plugins", ["typedflow.mypy, pydantic.mypy", "pydantic.mypy, typedflow.mypy"])
def test_pydantics_plugin_changes_nothing(tmp_path: Path, plugins: str) -> None:
    """Models of every kind are judged alike with Pydantic's own plugin, in either order."""
    assert places(judged(tmp_path, plugins, "models.py")) == places(expected("models"))


def test_without_the_plugin_expressions_are_not_checked(tmp_path: Path) -> None:
    """The plugin is what finds mistakes in texts: without it mypy is silent about them."""
    plain = places(judged(tmp_path, "", "expressions.py"))
    assert not [place for place, code in plain if code.startswith("config-")]
