"""Typed values in steps, at class level, and in what a run persists."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

VALUES = {
    "KEY": "v",
    "ALIAS": "7",
    "NAME": "hello",
    "KWARGS": "a field named like an attribute of Parameter",
    "SIZE": "large",
    "DAY": "2024-02-29",
    "PATH_": "data/x.csv",
    "LAYER": "4",
    "NEGATIVE": "-4",
    "REFLECTED": "97",
    "JOINED": "x-hello",
    "SELECTED": "v",
    "CALL": "HELLO",
    "SHORT_CIRCUIT": "none",
    "SHADOWED": "['AGE', 'BMI']",
    "COMPREHENSION": "[30, 40]",
    "PROPERTY": "2",
    "COMPUTED": "4",
    "MINUTES": "5.0",
}


def test_typed_values_everywhere(flow: Flow, artifact: Callable[[str, str], str]) -> None:
    """One run: models in steps and joins, every kind of class-level access, and a plain dictionary for the Client."""
    run = flow("typed.py", "run")
    assert run.returncode == 0, run.stdout
    lines = _printed(run)
    assert "type TrainConfig Size 2024-02-29" in lines
    assert "packages layers metaflow models values workspace" in lines, "a task of every run pays for what it loads"
    assert "lr 0.5 doubled 6" in lines
    assert {name: value for name, value in map(_variable, lines) if name} == VALUES
    assert "cron 0 * * * *" in lines
    assert "joined ['age/2:TrainConfig:0.5', 'bmi/2:TrainConfig:0.5']" in lines
    assert "unpacked {'cpu': 1, 'memory': 1000} TypedFlow" in lines
    kind, _, stored = artifact("TypedFlow", "config").partition(" ")
    assert kind == "dict"
    assert json.loads(stored)["model"] == {"learning_rate": 0.5, "layers": [3, 4]}
    assert json.loads(stored)["tuned_key"] == 7


@pytest.mark.usefixtures("has_mutators")
def test_spin_takes_the_config(flow: Flow) -> None:
    """`spin` runs one step again, although it describes decorators that it never evaluates."""
    assert flow("inherited.py", "run").returncode == 0
    run = flow("inherited.py", "spin", "start")
    assert run.returncode == 0, run.stdout
    assert "inherited hello 5 2.5 hello" in run.stdout


def test_two_configs_in_one_flow(flow: Flow) -> None:
    """Typed and raw configs stand side by side; expressions see the names given to Config."""
    run = flow("two.py", "run")
    assert "two hello 3 1 4 hello" in _printed(run), run.stdout


@pytest.mark.usefixtures("has_plain")
def test_a_config_name_with_a_dash(flow: Flow) -> None:
    """A config's name need not be an identifier; its attribute is."""
    run = flow("two.py", "run", CONFIG_NAME="Train-Config")
    assert "two hello 3 1 4 hello" in _printed(run), run.stdout


def test_inherited_and_mixed_in(flow: Flow) -> None:
    """A base flow's config and a mixin's are found by expressions, class-level access and steps."""
    run = flow("inherited.py", "run")
    assert "inherited hello 5 2.5 hello" in _printed(run), run.stdout


@pytest.mark.usefixtures("has_mutators")
def test_a_flow_mutator_reads_the_config(flow: Flow) -> None:
    """A mutator sees the stored values, and may hand delayed ones to the decorators that it adds."""
    run = flow("mutated.py", "run")
    assert "mutator sees config ConfigValue 0.5" in run.stdout
    assert "mutated hello TrainConfig" in _printed(run), run.stdout


def test_resume_keeps_the_config_of_the_origin_run(flow: Flow, here: Path) -> None:
    """A run that failed is resumed with the config it had, even when the default file is gone."""
    failed = flow(
        "small.py", "--config-value", "config", '{"schedule": {"cron": "x"}, "model": {"learning_rate": 2}}', "run"
    )
    assert failed.returncode != 0
    (here / "myconfig.toml").unlink()
    (here / "small.py").write_text((here / "small.py").read_text().replace("> 1", "> 10"))
    resumed = flow("small.py", "resume")
    assert resumed.returncode == 0, resumed.stdout
    assert "in start unnamed 2.0" in _printed(resumed)


@pytest.mark.usefixtures("has_plain")
def test_defaults_and_parsers(flow: Flow) -> None:
    """Default files, values and functions, instances of models, parsers and lists: each reaches the step typed."""
    run = flow("defaults.py", "run", LISTS="1")
    assert run.returncode == 0, run.stdout
    assert _printed(run) == [
        "none None",
        "file_function Plain(a=11, b=['q'])",
        "value_function Small(size=12)",
        "instance Small(size=8)",
        "text Plain(a=2, b=['x'])",
        "pairs Plain(a=3, b=[])",
        "dotted Plain(a=4, b=[])",
        "validated Small(size=9)",
        "names ['a', 'b']",
    ]


def test_runner_takes_files_and_values(python: Callable[[str], subprocess.CompletedProcess[str]]) -> None:
    """Metaflow's Runner passes files and values to typed configs."""
    code = (
        "from metaflow import Runner\n"
        "for given in ({'config': [('config', 'other.yaml')]}, {'config_value': [('config', VALUE)]}, {}):\n"
        "    with Runner('small.py', show_output=False, **given).run() as running:\n"
        "        print('ran', running.status, running.run['end'].task['config'].data['name'])\n"
    ).replace("VALUE", "{'schedule': {'cron': 'x'}, 'name': 'by value'}")
    done = python(code)
    assert [line for line in done.stdout.splitlines() if line.startswith("ran")] == [
        "ran successful from yaml",
        "ran successful by value",
        "ran successful hello",
    ], done.stdout


def _printed(run: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines that steps printed, without Metaflow's prefix and its own messages."""
    lines = re.findall(r"^[^\[\n]*\[\d+/\w+/\d+ \(pid \d+\)\] (.*)$", run.stdout, re.MULTILINE)
    return [line for line in lines if not line.startswith(("Task ", "Foreach yields", "Internal error"))]


def _variable(line: str) -> tuple[str, str]:
    kind, _, rest = line.partition(" ")
    name, _, value = rest.partition(" ")
    return (name, value) if kind == "var" else ("", "")
