"""`faults` gives documents with one mistake, known without asking typedflow."""

import json
import random
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
import tomli
import yaml
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import Field, ValidationError

from typedflow import ConfigModel
from typedflow.hypothesis import Fault, documents, faults

QUICK = settings(max_examples=200, suppress_health_check=list(HealthCheck))
ANY = settings(max_examples=3_000, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
READERS: dict[str, Callable[[str], Any]] = {
    "toml": tomli.loads,
    "json": json.loads,
    "yaml": lambda text: yaml.load(text, yaml.CSafeLoader),
}
SYNTAX = (tomli.TOMLDecodeError, json.JSONDecodeError, yaml.YAMLError)
RULES = ("invalid-value", "unknown-key", "missing-key", "invalid-syntax")


class Optimizer(ConfigModel):
    """A part."""

    kind: Literal["adam", "sgd"]
    rate: Annotated[float, Field(gt=0)]


class Train(ConfigModel):
    """A model."""

    name: str
    optimizer: Optimizer
    layers: list[int] = []


def _at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def test_each_fault_is_one_to_the_usual_parser_or_to_plain_pydantic() -> None:
    """A fault of syntax is none of the model's; the others are read, and Pydantic refuses them."""

    @QUICK
    @given(faults(Train))
    def is_fault(fault: Fault) -> None:
        if fault.rule == "invalid-syntax":
            with pytest.raises(SYNTAX):
                READERS[fault.format](fault.text)
            return
        with pytest.raises(ValidationError):
            Train.model_validate(READERS[fault.format](fault.text))

    is_fault()


def test_a_fault_is_at_its_line() -> None:
    """The line of a wrong value or of an unknown key holds the key, or the value; a list's item stands in its list."""

    @QUICK
    @given(faults(Train))
    def is_there(fault: Fault) -> None:
        if fault.rule in {"invalid-syntax", "missing-key"}:
            assert (fault.line is None) <= (fault.rule == "missing-key")
            return
        assert fault.line is not None
        line = fault.text.split("\n")[fault.line - 1]
        value = _at(READERS[fault.format](fault.text), fault.path)
        shown = json.dumps(value)
        assert str(fault.path[-1]) in line or shown in line or shown.replace('"x": 1', "x = 1") in line

    is_there()


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("rule", RULES)
def test_faults_of_all_kinds_come_in_every_format(name: Literal["toml", "yaml", "json"], rule: str) -> None:
    """A format may be asked for; overrides hold for what is not wrong."""
    found = find(faults(Train, format=name, name=st.just("fixed")), lambda fault: fault.rule == rule, settings=ANY)
    assert found.format == name
    assert rule == "missing-key" or "fixed" in found.text or found.path == ("name",)


@pytest.mark.parametrize("seed", range(8))
def test_a_fault_shrinks_to_a_plain_document(seed: int) -> None:
    """Whatever chance begins with, the document is as short as a valid one."""
    found = find(faults(Train), lambda fault: True, random=random.Random(seed))  # noqa: ARG005, S311 # any
    plain = find(documents(Train, format="yaml"), lambda text: True)  # noqa: ARG005 # any
    assert (found.rule, found.text) == ("unknown-key", f'{plain}"name_": 1\n')


def test_a_wrong_format_is_refused() -> None:
    """The message names the formats, as that of ``documents`` does."""
    with pytest.raises(InvalidArgument, match="format='ini' must be one of 'yaml', 'toml', 'json'"):
        faults(Train, format="ini")  # type: ignore[arg-type] # on purpose


def test_a_missing_key_is_blamed_on_its_mapping() -> None:
    """The line is that of the mapping's key; where the whole document lacks it, there is none."""
    missing = {
        length: lambda fault, length=length: (fault.rule, len(fault.path)) == ("missing-key", length)
        for length in (1, 2)
    }
    nested = find(faults(Train, format="yaml"), missing[2], settings=ANY)
    assert nested.line is not None
    assert "optimizer" in nested.text.split("\n")[nested.line - 1]
    whole = find(faults(Train, format="yaml"), missing[1], settings=ANY)
    assert whole.line is None
