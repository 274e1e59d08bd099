"""A config's values in decorators of flows and steps, as a whole and in expressions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

FACTS = {
    "BY_DOT": "dropin",
    "BY_KEY": "down",
    "BUILTIN": "3",
    "GLOBAL": "30",
    "FUNCTION": "6",
    "CHOICE": "long",
    "METHOD": "DROPIN",
    "SELECTED": "1",
    "project": "dropin",
    "schedule": "0 1 * * *",
    "trigger": "arrived",
    "resources": [1, 512],
    "retry": [3],
    "unpacked": [1, 512],
    "a whole dictionary": ["1", "2"],
    "an expression unpacked": [4, 512],
    "parameter rate": 0.5,
    "parameter epochs": 3,
    "parameter computed": 6,
    "parameter function": 4,
    "parameter whole": {"deeper": "down"},
    "parameter included": "what a file holds",
}


@pytest.fixture(scope="module")
def facts(facts_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What the steps told."""
    return facts_of("decorators.py", "run")


@pytest.mark.parametrize("name", FACTS)
def test_a_value_at_class_level(facts: dict[str, Any], name: str) -> None:
    """Decorators and defaults of Parameters get a config's values by dot, by key, unpacked, and by `config_expr`."""
    assert facts[name] == FACTS[name]


def test_every_fact_is_judged(facts: dict[str, Any]) -> None:
    """No fact that the flow tells is left out of the table."""
    assert facts.keys() == FACTS.keys()


def test_a_parameter_may_be_given_all_the_same(facts_of: Callable[..., dict[str, Any]]) -> None:
    """A config gives a Parameter's default; the command line gives another value."""
    facts = facts_of("decorators.py", "run", "--rate", "0.25", "--computed", "1")
    assert [facts["parameter rate"], facts["parameter computed"]] == [0.25, 1]


def test_help_of_parameters(run: Callable[..., Any]) -> None:
    """`run --help` shows defaults and help texts that come from a config."""
    shown = " ".join(run("decorators.py", "run", "--help").stdout.split())
    assert "--rate FLOAT [default: 0.5]" in shown
    assert "--helped TEXT dropin [default: x]" in shown


def test_expressions_of_either(facts_of: Callable[..., dict[str, Any]], place: Path, kind: str) -> None:
    """A flow may keep Metaflow's `config_expr` beside typedflow's Config, and have typedflow's beside Metaflow's."""
    text = (place / "decorators.py").read_text()
    line = "from typedflow import Config, config_expr\n"
    if kind == "theirs":
        text = text.replace("\nFACTOR", "\nfrom typedflow import config_expr\nFACTOR", 1)
    else:
        text = text.replace(line, "from typedflow import Config\n", 1)
    (place / "mixed.py").write_text(text.replace("DecoratorsFlow", "MixedFlow"))
    assert facts_of("mixed.py", "run") == FACTS
