"""The law of mends, for models whose keys resemble each other."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from pydantic import Field

from typedflow import ConfigModel
from typedflow.hypothesis import LawBroken, replay
from typedflow.hypothesis._laws import laws_of

LAW = "mends-are-meant"
#: Set by `tox -e stress`, which tries more.
STRESS = int(os.environ.get("STRESS", "0"))


class Sub(ConfigModel):
    """Neighbors of all kinds."""

    low_freq: float = 1
    high_freq: float = 2
    learning_rate: float = Field(alias="learning-rate", default=0.1)
    train_split: float = 0.1
    test_split: float = 0.1
    beta1: float = 0.5
    beta2: float = 0.5
    alpha: int = 0
    alphas: int = 0
    num_vcpus: int = 1
    maxlen: int = 1


class Model(ConfigModel):
    """The whole."""

    source_dir: str
    target_dir: str
    sub: Sub
    subs: list[Sub] = []
    hidden_size: int = 1


class Jargon(ConfigModel):
    """Abbreviations, and words run together."""

    vcpu: int = 1
    maxlen: int = 1
    batchsize: int = 1


EXAMPLES, OF_JARGON = (next(law.examples for law in laws_of(model, {}) if law.name == LAW) for model in (Model, Jargon))


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=300 if STRESS else 60, deadline=None)
@given(example=EXAMPLES)
def test_the_law_holds(example: Any) -> None:
    """Neither slips nor words that are exchanged give a field a value that was not meant for it."""
    replay(Model, LAW, json.loads(json.dumps(example)))


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=200 if STRESS else 40, deadline=None)
@given(example=OF_JARGON)
def test_no_letter_of_jargon_is_exchanged(example: Any) -> None:
    """`vgpu` is no slip of `vcpu`, nor `maxgen` of `maxlen`."""
    replay(Jargon, LAW, json.loads(json.dumps(example)))


@pytest.mark.slow
def test_both_kinds_are_tried() -> None:
    """Misspelt keys, and keys of another meaning."""
    few = settings(phases=[Phase.generate], max_examples=10_000, deadline=None)  # the smallest would take long
    find(EXAMPLES, lambda example: example["meant"] is None, settings=few)
    slip = "high_freq_"
    find(EXAMPLES, lambda item: item["meant"] == "high_freq" and not item["path"].endswith(slip), settings=few)


def _misnamed(path: str, meant: str | None) -> dict[str, Any]:
    text = {"source_dir": "a", "target_dir": "b", "sub": {}}
    text["sub"] = {path.rpartition(".")[2]: 3}
    return {"format": "json", "text": json.dumps(text), "path": path, "meant": meant}


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (_misnamed("sub.high_freq_", None), "`sub.high_freq_` becomes `high_freq`, which has another meaning"),
        (_misnamed("sub.high_freq_", "low_freq"), "`sub.high_freq_` becomes `high_freq`, but `low_freq` was meant"),
        (
            _misnamed("sub.tset_split", "train_split"),
            "`sub.tset_split` becomes `test_split`, but `train_split` was meant",
        ),
    ],
)
def test_the_law_can_be_broken(example: dict[str, Any], message: str) -> None:
    """A mend to another field than the one that was meant breaks it, and the message says which."""
    with pytest.raises(LawBroken) as caught:
        replay(Model, LAW, example)
    assert str(caught.value) == message


@pytest.mark.parametrize("meant", ["high_freq", None])
def test_an_example_that_is_not_mended_keeps_it(meant: str | None) -> None:
    """A suggestion alone gives no field a value; nor does a key that is right."""
    replay(Model, LAW, _misnamed("sub.mid_freq", meant))
    replay(Model, LAW, _misnamed("sub.high_freq", meant))
