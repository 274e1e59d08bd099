"""What a config is to steps: nested, read by dot and by key, a mapping, read-only, the same in every task."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

NESTED = {"deep": {"deeper": "down"}, "sizes": [1, 2], "stages": [{"kind": "warm"}, {"kind": "hot"}]}
RESOURCES = {"cpu": 1, "memory": 512}

SAME = {
    "by dot": "down",
    "by brackets": "down",
    "by both": ["down", "down"],
    "by a key that is no identifier": 7,
    "in a list": [2, "hot"],
    "falsy values": [False, None],
    "unknown attribute": "raises AttributeError",
    "unknown key": "raises KeyError",
    "unknown nested attribute": "raises AttributeError",
    "hasattr": [True, False],
    "shown": [True] * 6,
    "is a mapping": True,
    "in": [True, False, True],
    "get": [0.5, None, 1],
    "length": [14, 2],
    "iterated": ["cpu", "memory"],
    "keys": ["cpu", "memory"],
    "values": [1, 512],
    "items": [["cpu", 1], ["memory", 512]],
    "unpacked": [RESOURCES, RESOURCES, RESOURCES],
    "to_dict": [NESTED],
    "types in to_dict": ["dict"],
    "dumped": NESTED,
    "set the config": "raises AttributeError",
    "set an item": "raises TypeError",
    "delete an item": "raises TypeError",
    "unchanged": [0.5, "down", 14],
    "copied": True,
    "copied deeply": True,
    "pickled": True,
    "in a foreach": ["a 0.5", "b 0.5"],
    "inputs of a join": ["down", "down"],
    "at the end": [0.5, "down"],
    "a part as an artifact": "down",
}

PICKLING = {"copied deeply", "pickled", "a part as an artifact"}

DIFFERENT = {
    "type": ("ConfigValue", "Settings"),
    "is a dict": (True, False),
    "equals a dict": (True, False),
    "dumped as it is": (RESOURCES, "raises TypeError"),
    "set an attribute": ("raises TypeError", "raises ValidationError"),
    "set a nested attribute": ("raises TypeError", "raises ValidationError"),
    "set a new attribute": ("raises TypeError", "raises ValidationError"),
    "delete an attribute": ("raises TypeError", "raises ValidationError"),
    **{
        f"call {method}": ("raises TypeError", "raises AttributeError")
        for method in ("update", "pop", "setdefault", "clear", "popitem")
    },
}


@pytest.fixture(scope="module")
def facts(facts_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What the steps told; the first one emptied the config's file."""
    return facts_of("values.py", "run")


@pytest.mark.parametrize("name", SAME)
def test_a_config_in_steps(facts: dict[str, Any], kind: str, version: tuple[int, ...], name: str) -> None:
    """Whatever reads Metaflow's ConfigValue reads an instance of the model, and nothing changes either."""
    if name in PICKLING and kind != "typed" and version < (2, 19):
        pytest.skip("Metaflow 2.16.8 cannot pickle a ConfigValue, 2.19.0 can")
    assert facts[name] == SAME[name]


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_model_is_no_dictionary(facts: dict[str, Any], kind: str, name: str) -> None:
    """On purpose: an instance of a model is a mapping and no `dict`, and refuses changes as Pydantic does."""
    assert facts[name] == DIFFERENT[name][kind == "typed"]


def test_every_fact_is_judged(facts: dict[str, Any]) -> None:
    """No fact that the flow tells is left out of the tables."""
    assert facts.keys() == SAME.keys() | DIFFERENT.keys()


def test_the_client_reads_a_dictionary(facts: dict[str, Any], run: Callable[..., Any], kind: str) -> None:
    """`Flow(...).latest_run.data.config` is a dictionary; on purpose, a typed one has fields' names for aliases."""
    assert facts
    code = (
        "import json; from metaflow import Flow, namespace; namespace(None); run = Flow('ValuesFlow').latest_run; "
        "found = [run.data.config, run['start'].task.data.config, run['end'].task['config'].data]; "
        "print(json.dumps([[type(each).__name__, each] for each in found]))"
    )
    kinds, values = zip(*json.loads(run("-c", code).stdout), strict=True)
    assert set(kinds) == {"dict"}
    assert values[0] == values[1] == values[2]
    assert values[0]["nested"] == NESTED
    assert values[0]["special" if kind == "typed" else "my special value!"] == 7
