"""Mistakes in giving configs: the run does not start, and the message names what is wrong."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("options", "variables", "named"),
    [
        pytest.param(
            '--config first other.json --config-value first {"a":3}',
            {},
            ["both a value and a file", "first"],
            id="file and value",
        ),
        pytest.param("--config third other.json", {}, ["third", "choose from", "first", "second"], id="unknown name"),
        pytest.param("--config first absent.json", {}, ["absent.json"], id="missing file"),
        pytest.param("", {"FIRST_FILE": "absent.json"}, ["absent.json", "first"], id="missing default file"),
        pytest.param("--config-value first {", {}, ["first"], id="no JSON"),
        pytest.param("--config first bad.json", {}, ["'first'|bad.json"], id="no JSON in a file"),
        pytest.param("", {"MORE": "needed"}, ["third"], id="missing"),
        pytest.param("", {"MORE": "twice"}, ["first"], id="one name for two configs"),
        pytest.param("", {"MORE": "parser"}, ["mapping|'items'"], id="a parser that gives no mapping"),
        pytest.param("", {"MORE": "unknown"}, ["absent"], id="an expression with an unknown name"),
        pytest.param('--config-value first {"b":3}', {}, ["a"], id="an expression with an unknown key"),
    ],
)
def test_a_mistake(run: Run, place: Path, options: str, variables: dict[str, str], named: list[str]) -> None:
    """No run is made, and the message names the config, the file or the option."""
    done = run("options.py", *options.split(), "run", **variables)
    assert done.returncode != 0
    assert [word for word in named if not re.search(word, done.stdout)] == [], done.stdout
    assert not list(place.glob(".metaflow/OptionsFlow/*/start"))


@pytest.mark.parametrize("given", ['{"a":3,"b":4}', '{"a":"x"}'])
def test_a_model_is_stricter(run: Run, kind: str, given: str) -> None:
    """On purpose: a key that no model declares, or a value that does not fit, is refused where there is a model."""
    done = run("options.py", "--config-value", "first", given, "run", "--help")
    assert "Traceback" not in done.stdout
    assert ("TF30" in done.stdout) is (kind == "typed"), done.stdout


def test_tracebacks(run: Run, kind: str) -> None:
    """On purpose: a parser that fails is a traceback of Metaflow's, and a diagnostic where there is a model."""
    done = run("options.py", "run", MORE="parser")
    assert ("Traceback" in done.stdout) is (kind != "typed")
