"""FlowMutators and StepMutators read configs, of the flow and of its base, and decorate and add Parameters by them."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

FACTS = {
    "bounded": [4, 64],
    "injected": 1,
    "BY_DOT": "2",
    "ITERATED": "limits later",
    "LATE": "1",
    "TOLD": "[('a', 1), ('cpu', 2), ('memory', 100), ('of_flow', 100)]",
    "value in the step": [2, 1],
}


@pytest.fixture(scope="module")
def facts(facts_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What the steps told."""
    return facts_of("mutators.py", "run")


@pytest.mark.parametrize("name", FACTS)
def test_a_mutator(facts: dict[str, Any], version: tuple[int, ...], name: str) -> None:
    """Mutators get a config by attribute and by iteration, and its values as arguments; all is plain data there."""
    if name == "LATE" and version < (2, 19, 30):
        pytest.skip("Metaflow evaluates expressions that mutators hand to decorators since 2.19.30")
    assert facts[name] == FACTS[name]


def test_every_fact_is_judged(facts: dict[str, Any]) -> None:
    """No fact that the flow tells is left out of the table."""
    assert facts.keys() == FACTS.keys()
