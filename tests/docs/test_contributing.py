"""The page for contributors: its picture of the packages is current, and the files that it names exist."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generator() -> dict[str, Any]:
    """Return the functions of the program that makes the picture."""
    return runpy.run_path(str(ROOT / "docs/images/packages.py"))


@pytest.mark.parametrize("part", ["picture", "table"])
def test_packages_are_those_of_the_import_contract(generator: dict[str, Any], part: str) -> None:
    """Otherwise, run `python docs/images/packages.py` and copy what it prints."""
    assert generator[part]() in PAGE


def test_files_that_the_page_names_exist() -> None:
    """Names in capitals and the rule's code stand for what a contributor writes."""
    named = {name for name in re.findall(r"`((?:typedflow|tests|docs|schemas)/[\w./-]*)`", PAGE) if "NAME" not in name}
    new = {"typedflow/explanations/TF999-its-name.md", "typedflow/check/rules/its_name.py"}
    assert {name for name in named - new if not (ROOT / name).exists()} == set()


def test_environments_that_the_page_names_exist() -> None:
    """Each is a section of tox.ini, or the one that tox has without a section."""
    tox = (ROOT / "tox.ini").read_text(encoding="utf-8")
    for name in re.findall(r"`tox -e (\w+)", PAGE):
        assert name in re.findall(r"\w+", re.sub(r"#.*", "", tox)), name
