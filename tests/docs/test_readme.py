"""The README's commands do what it says, with the output that it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_MAKES_ENVIRONMENT = "python3 -m venv .venv && "
_INSTALLS = "python -m pip install ."


@pytest.mark.slow
def test_the_tour_goes_as_it_is_shown(console: Callable[[str], list[Any]], repository: Any) -> None:
    """Each command is run in a copy of the examples, and prints what the page shows."""
    pytest.importorskip("sklearn")
    tour = [command for command in console("README.md") if not command.text.startswith(("python3 ", _INSTALLS))]
    assert [command.text.split()[:2] for command in tour[:3]] == [
        ["cd", "examples/demo"],
        ["typedflow", "list"],
        ["typedflow", "show"],
    ]
    for command in tour:
        repository.check(command)


@pytest.mark.slow
def test_the_demo_is_what_the_first_command_ends_with(console: Callable[[str], list[Any]], clone: Any) -> None:
    """The commands after creating a virtual environment run the demo."""
    pytest.importorskip("sklearn")
    first = console("README.md")[0].text
    assert first.startswith(_MAKES_ENVIRONMENT)
    code, printed = clone.run(first.split(" && ")[-1].replace(".venv/bin/", ""))
    assert code == 0, printed
    assert "ols predicts `target`: " in printed


def test_the_tests_are_run_as_the_readme_says(console: Callable[[str], list[Any]]) -> None:
    """``.ci/run`` runs the README's second command, so that command is tested whenever anything is."""
    second = console("README.md")[1].text
    assert second.startswith(_MAKES_ENVIRONMENT)
    assert second.strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
