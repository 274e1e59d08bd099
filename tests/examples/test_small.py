"""The small examples: each runs, prints what it should, and leaves a config that anybody can read."""

import importlib.metadata
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"

#: Directory, arguments of `run`, flow, config, what is printed, the config as a plain dictionary.
FLOWS: dict[str, tuple[list[str], str, str, str, dict[str, Any]]] = {
    "toml_file": (
        [],
        "TomlFlow",
        "train",
        "3 layers, rate 0.05, cpu 2",
        {"layers": [64, 32, 8], "learning_rate": 0.05, "resources": {"cpu": 2, "memory": 1000}},
    ),
    "parameter_default": (
        ["--steps", "7"],
        "ParameterFlow",
        "train",
        "rate 0.01, steps 7",
        {"rate": 0.01, "epochs": 3},
    ),
    "flow_decorator": (
        [],
        "DecoratedFlow",
        "job",
        "project nightly_sales",
        {"name": "nightly_sales", "schedule": {"hour": 6, "days": ["MON", "THU"]}},
    ),
    "base_flow": (
        [],
        "SalesFlow",
        "warehouse",
        "reading analytics.fct_sales_v2 (database analytics)",
        {"database": "analytics", "tables": {"sales": "fct_sales_v2"}},
    ),
    "two_configs": ([], "TwoConfigsFlow", "team", "1000 of 2500 rows", {"max_rows": 1000}),
    "custom_parser": (
        [],
        "ParserFlow",
        "servers",
        "tracking on localhost, port 5000",
        {"tracking": {"host": "localhost", "port": 5000}},
    ),
    "mutator": ([], "MutatedFlow", "job", "GREETING is hello", {"env": {"start": {"GREETING": "hello"}}}),
}
MUTATORS_READ_CONFIGS = (2, 19, 30)


def test_every_example_is_tested_and_listed() -> None:
    """No directory of ``examples/`` is forgotten, by the tests or by the list of examples."""
    found = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert found == {*FLOWS, "demo", "forecast", "generated_config"}
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert {name for name in found if f"| [{name}](" not in text} == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOWS)
def test_a_small_flow_runs(name: str, example: Callable[[str], Any]) -> None:
    """The flow prints what its config says; its config is a plain dictionary to readers without typedflow."""
    if name == "mutator" and _metaflow() < MUTATORS_READ_CONFIGS:
        pytest.skip("mutators read configs since Metaflow 2.19.30")
    arguments, flow, config, printed, stored = FLOWS[name]
    here = example(name)
    assert printed in here.python("flow.py", "run", *arguments)
    assert here.artifact(flow, config) == stored


@pytest.mark.slow
def test_a_generated_config_is_fixed_at_launch(example: Callable[[str], Any]) -> None:
    """The function asks git once; the run keeps the answer."""
    here = example("generated_config")
    commit = _committed(here.directory)
    assert f"commit {commit[:8]} of trunk, clean: " in here.python("flow.py", "run")
    assert here.artifact("GeneratedFlow", "source")["commit"] == commit


def _metaflow() -> tuple[int, ...]:
    return tuple(int(part) for part in importlib.metadata.version("metaflow").split(".")[:3])


def _committed(directory: Path) -> str:
    git = ["git", "-C", str(directory), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q", "-b", "trunk"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], check=True)
    return subprocess.check_output([*git, "rev-parse", "HEAD"], text=True).strip()
