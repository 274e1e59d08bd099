"""Configs that are no mappings, and names that are no identifiers: Metaflow has both since 2.19.10."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

FACTS = {
    "text": "as it is",
    "numbers": [1, 2],
    "whole": 3,
    "mapping": {"spelled": "plainly"},
    "nothing": None,
    "dashed": "with a dash",
    "upper": ["in upper case", "in upper case"],
}


@pytest.fixture(scope="module")
def facts(version: tuple[int, ...], facts_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What the steps told; where a config has a model of a list or a scalar, they read its `root`."""
    if version < (2, 19, 10):
        pytest.skip("Metaflow has `plain`, and keeps names as they are, since 2.19.10")
    return facts_of("plain.py", "run")


@pytest.mark.parametrize("name", FACTS)
def test_a_plain_value(facts: dict[str, Any], name: str) -> None:
    """With `plain=True` a config is whatever its parser gives; with a model it needs no `plain`, and takes it."""
    assert facts[name] == FACTS[name]


def test_every_fact_is_judged(facts: dict[str, Any]) -> None:
    """No fact that the flow tells is left out of the table."""
    assert facts.keys() == FACTS.keys()
