"""Schemas of files with parts of several models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import Field

from typedflow.hypothesis import configs
from typedflow.models import ConfigModel, file_values
from typedflow.schema import export


class Node(ConfigModel):
    """A recursive part of both."""

    name: str = ""
    inner: list[Node] = []


class Limits(ConfigModel):
    """What training may use."""

    trials: int = 10
    shared: int = 1


class Adam(ConfigModel):
    """A variant."""

    kind: Literal["adam"] = "adam"
    beta: float = 0.9


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"] = "sgd"


class Training(ConfigModel):
    """Trains."""

    project: str
    rate: float
    limits: Limits = Limits()
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam()
    size: int = 1
    stages: list[Limits] = []
    table: dict[str, int] = {}
    node: Node = Node()
    option: Limits | None = None


def _serving() -> type[ConfigModel]:
    class Limits(ConfigModel):
        requests: int = 100
        shared: str = "x"

    class Serving(ConfigModel):
        """Serves."""

        project: str
        port: int = Field(80, alias="http-port", description="Where it listens.")
        limits: Limits | None = None
        size: str = "small"
        stages: list[Limits] = []
        table: Limits = Limits()
        node: Node = Node()
        option: str | None = None

    return Serving


Serving = _serving()


class Open(ConfigModel, extra="allow"):
    """A model that keeps other keys."""

    name: str = ""


#: Documents, and whether a file of both models may be so: as overlay, and as complete file.
DOCUMENTS: dict[str, tuple[Any, bool, bool]] = {
    "the keys of both": ({"project": "p", "rate": 1, "http-port": 3}, True, True),
    "nothing": ({}, True, False),
    "what only one requires": ({"project": "p"}, True, True),
    "a key of none": ({"project": "p", "prot": 3}, False, False),
    "a field's name in place of its alias": ({"project": "p", "port": 3}, False, False),
    "a value of the wrong type": ({"project": "p", "rate": "x"}, False, False),
    "fields that differ: one type": ({"project": "p", "size": 3}, True, True),
    "fields that differ: the other": ({"project": "p", "size": "big"}, True, True),
    "fields that differ: neither": ({"project": "p", "size": []}, False, False),
    "mappings that differ": ({"project": "p", "limits": {"trials": 3, "requests": 4}}, True, True),
    "a key in mappings that differ: none": ({"project": "p", "limits": {"trails": 3}}, False, False),
    "a key in mappings that differ: each type": ({"project": "p", "limits": {"shared": 3}}, True, True),
    "a key in mappings that differ: the other": ({"project": "p", "limits": {"shared": "y"}}, True, True),
    "a key in mappings that differ: no type": ({"project": "p", "limits": {"shared": []}}, False, False),
    "null where one takes it": ({"project": "p", "limits": None}, True, True),
    "items of lists": ({"project": "p", "stages": [{"trials": 1, "requests": 2}]}, True, True),
    "a key of none in an item": ({"project": "p", "stages": [{"trial": 1}]}, False, False),
    "a dictionary and a mapping": ({"project": "p", "table": {"a": 1, "requests": 2, "shared": "s"}}, True, True),
    "a value that neither takes": ({"project": "p", "table": {"a": "x"}}, False, False),
    "a union of one": ({"project": "p", "optimizer": {"kind": "sgd"}}, True, True),
    "a key that no variant has": ({"project": "p", "optimizer": {"kind": "sgd", "gamma": 1}}, False, False),
    "a recursive part": ({"project": "p", "node": {"inner": [{"inner": [{"name": "x"}]}]}}, True, True),
    "a mistake in a recursive part": ({"project": "p", "node": {"inner": [{"iner": []}]}}, False, False),
    "an optional mapping": ({"project": "p", "option": {"trials": 1}}, True, True),
    "the other kind of it": ({"project": "p", "option": "x"}, True, True),
    "neither kind of it": ({"project": "p", "option": 3}, False, False),
    "directives": ({"project": "p", "$merge": {"delete": ["limits.requests", "rate"]}}, True, False),
    "a directive for none": ({"project": "p", "$merge": {"delete": ["limits.request"]}}, False, False),
}


@pytest.mark.parametrize(("document", "as_overlay", "as_file"), DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("models", [(Training, Serving), (Serving, Training)], ids=["", "reversed"])
def test_a_document_of_both(models: Any, document: Any, as_overlay: bool, as_file: bool) -> None:  # noqa: FBT001
    """It may have the keys of both, at every depth; each value is one that a model accepts there."""
    for overlay, expected in ((True, as_overlay), (False, as_file)):
        assert Draft202012Validator(export(*models, overlay=overlay)).is_valid(document) == expected
        assert Draft7Validator(export(*models, overlay=overlay, draft="7")).is_valid(document) == expected


def test_a_schema_is_valid_and_says_of_what_it_is() -> None:
    """Its title has the names of the models; descriptions stay."""
    schema = export(Training, Serving)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Training or Serving"
    assert schema["properties"]["http-port"]["description"] == "Where it listens."
    assert set(schema["$defs"]) == {"Limits", "Limits.or.Limits.2", "Node", "Sgd"}


def test_definitions_that_are_the_same_are_shared() -> None:
    """Three models with one part have it once."""
    kinds = [type(f"Model{number}", (Training,), {"__annotations__": {f"own{number}": int}}) for number in range(3)]
    assert set(export(*kinds)["$defs"]) == {"Limits", "Node", "Sgd"}


def test_one_model_is_as_before() -> None:
    """The union of a model with itself accepts the same, without definitions that nothing uses."""
    one, both = export(Training), export(Training, Training)
    assert {key: both[key] for key in one if key != "$defs"} == {key: one[key] for key in one if key != "$defs"}
    assert both["$defs"].items() <= one["$defs"].items()


@pytest.mark.parametrize("models", [(Training, Open), (Open, Training)], ids=["", "reversed"])
def test_a_permissive_model_opens_no_shared_file(models: Any) -> None:
    """The keys that it keeps are no fields of its, as a check has it."""
    validator = Draft202012Validator(export(*models, overlay=True))
    assert validator.is_valid({"name": "x", "rate": 1})
    assert not validator.is_valid({"nmae": "x"})
    assert not validator.is_valid({"rate": "x"})


@given(configs(Training), configs(Serving))
def test_parts_of_valid_files_are_valid(training: Any, serving: Any) -> None:
    """A file with all keys of one and other keys of the other is accepted."""
    one, other = (file_values(config, {}) for config in (training, serving))
    validator = Draft202012Validator(export(Training, Serving))
    assert validator.is_valid({**other, **one})
    assert validator.is_valid({**one, **other})
