"""Where a config is given: options, variables, defaults, and how they rank. `run --help` shows what was given."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

FILES, VALUES = "METAFLOW_FLOW_CONFIG", "METAFLOW_FLOW_CONFIG_VALUE"


@pytest.mark.parametrize(
    ("options", "variables", "shown"),
    [
        pytest.param("", {}, "1 and 0", id="defaults"),
        pytest.param("--config first other.json", {}, "2 and 0", id="a file"),
        pytest.param("--config first other.json --config second first.json", {}, "2 and 1", id="two files"),
        pytest.param('--config-value first {"a":3}', {}, "3 and 0", id="a value"),
        pytest.param('--config-value first {"a":3} --config-value second {"a":4}', {}, "3 and 4", id="two values"),
        pytest.param('--config second other.json --config-value first {"a":3}', {}, "3 and 2", id="a file and a value"),
        pytest.param("", {FILES: '{"second": "other.json"}'}, "1 and 2", id="the variable for files"),
        pytest.param("", {VALUES: '{"first": {"a": 5}}'}, "5 and 0", id="the variable for values"),
        pytest.param("", {VALUES: '{"first": {"a": 5}, "second": {"a": 6}}'}, "5 and 6", id="two in one variable"),
        pytest.param("", {VALUES: '{"first": "{\\"a\\": 7}"}'}, "7 and 0", id="text in the variable for values"),
        pytest.param(
            "", {FILES: '{"first": "other.json"}', VALUES: '{"second": {"a": 6}}'}, "2 and 6", id="both variables"
        ),
        pytest.param(
            "--config first other.json", {FILES: '{"first": "absent.json"}'}, "2 and 0", id="option above variable"
        ),
        pytest.param(
            '--config-value first {"a":3}', {VALUES: '{"first": {"a": 5}}'}, "3 and 0", id="value above variable"
        ),
        pytest.param("", {"FIRST_FILE": "other.json"}, "2 and 0", id="another default"),
        pytest.param(
            "--config first other.json", {"FIRST_FILE": "absent.json"}, "2 and 0", id="no need of the default"
        ),
        pytest.param("--config third other.json", {"MORE": "needed"}, "1 and 0", id="a required one"),
        pytest.param("--quiet --no-pylint --config first other.json", {}, "2 and 0", id="among other options"),
    ],
)
def test_a_config_is_given(run: Run, options: str, variables: dict[str, str], shown: str) -> None:
    """Files and values, by option or variable, for one config or several; options above variables above defaults."""
    done = run("options.py", *options.split(), "run", "--help", **variables)
    found = re.search(r"--shown TEXT\s+\[default: (.*?)\]", done.stdout)
    assert found, done.stdout
    assert found[1] == shown


def test_help_of_configs(run: Run) -> None:
    """`--help` describes both options, and each config by its name and help text."""
    help_text = " ".join(run("options.py", "--help").stdout.split())
    assert help_text.count("Multiple configurations can be specified.") == 2
    assert help_text.count("- first: The first.") == 2
    assert help_text.count("- second: The second.") == 2
    assert "Cannot be used with resume." in help_text


@pytest.mark.parametrize("command", ["show", "check", "output-dot", "--help", "run --help"])
def test_every_command_works_with_a_config(run: Run, command: str) -> None:
    """Configs are options of the flow, before its command; no command minds them."""
    done = run("options.py", "--config", "first", "other.json", *command.split())
    assert done.returncode == 0, done.stdout


def test_help_of_the_flow_needs_no_config(run: Run) -> None:
    """`--help` is shown where a required config is missing, too."""
    done = run("options.py", "--help", MORE="needed")
    assert done.returncode == 0, done.stdout
    assert "Usage: options.py" in done.stdout


def test_help_of_a_command_needs_no_config(run: Run, kind: str) -> None:
    """On purpose: without a required config Metaflow has no help of its commands; where it is typed there is help."""
    done = run("options.py", "run", "--help", MORE="needed")
    assert (done.returncode == 0) is (kind == "typed"), done.stdout
    assert "third" in done.stdout


def test_help_names_the_default_file(run: Run, kind: str) -> None:
    """On purpose: `--help` shows the default file where a config is typed."""
    assert ("[default: first.json]" in run("options.py", "--help").stdout) is (kind == "typed")


def test_a_file_by_any_name(run: Run, place: Path, kind: str) -> None:
    """On purpose: without a parser Metaflow reads every file as JSON; a model's format is that of the file's suffix."""
    (place / "first.cfg").write_text('{"a": 8}')
    done = run("options.py", "--config", "first", "first.cfg", "run", "--help")
    assert ("[default: 8 and 0]" in done.stdout) is (kind != "typed")
    assert ("unknown-format" in done.stdout) is (kind == "typed")
    (place / "first.toml").write_text("a = 9")
    done = run("options.py", "--config", "first", "first.toml", "run", "--help")
    assert ("[default: 9 and 0]" in done.stdout) is (kind == "typed")
