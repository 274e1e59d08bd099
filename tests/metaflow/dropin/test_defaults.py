"""Defaults of every kind, parsers, and configs that a flow inherits."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

FACTS = {
    "file": "file",
    "by_function": "file",
    "text": "text",
    "value": "dictionary",
    "function": "DefaultsFlow None",
    "as_text": "text of a function",
    "parsed": "parsed",
    "dotted": "dotted",
    "standard": "file",
    "needed": "file",
    "attribute": "renamed",
    "of the template": {"of": "", "made": "up"},
    "in decorators": ["renamed", "up"],
}


@pytest.fixture(scope="module")
def facts(facts_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What the steps told."""
    return facts_of("defaults.py", "run")


@pytest.mark.parametrize("name", FACTS)
def test_a_default(facts: dict[str, Any], name: str) -> None:
    """Files, values, functions of Metaflow's context, parsers by object and by name: each gives the config's value."""
    assert facts[name] == FACTS[name]


def test_every_fact_is_judged(facts: dict[str, Any]) -> None:
    """No fact that the flow tells is left out of the table."""
    assert facts.keys() == FACTS.keys()


def test_a_config_without_a_value(facts_of: Callable[..., dict[str, Any]], kind: str, version: tuple[int, ...]) -> None:
    """A config with neither default nor value is None: in steps, and in expressions."""
    if kind != "typed" and version < (2, 19):
        pytest.skip("Metaflow 2.16.8 evaluates no expression where a config is None, 2.19.0 does")
    assert facts_of("nothing.py", "run") == {"nothing": [None, None, None], "in an expression": "nothing"}
