"""The law of reuse: what it accepts, and what it would find."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings

from typedflow import ConfigModel
from typedflow.hypothesis import stacks
from typedflow.hypothesis._law import LawBroken, NoConfig
from typedflow.hypothesis._reuse_laws import reuse_laws


class Opt(ConfigModel):
    """A model within the settings."""

    rate: float
    steps: int = 3


class Settings(ConfigModel):
    """Values that fit in each other's place."""

    opt: Opt
    rate: float = 0.5
    sizes: dict[str, int] = {}
    name: str = "x"


[LAW] = reuse_laws(Settings, {})
PLAIN = {"settings.json": '{"opt": {"rate": 2.0, "steps": 4}, "rate": 2.0}'}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(example=LAW.examples)
def test_it_holds(example: Any) -> None:
    """For files in any format and style."""
    try:
        LAW.holds(example)
    except NoConfig:
        pytest.skip("a reference cannot stand there")


@pytest.mark.slow
@pytest.mark.parametrize("directive", ["$ref", "$include"])
def test_its_examples_have_directives(directive: str) -> None:
    """Each of them in some example."""
    slow = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    found = find(LAW.examples, lambda each: any(directive in text for text in each["files"].values()), settings=slow)
    LAW.require_shape(found)
    LAW.holds(found)


@pytest.mark.slow
def test_stacks_include_files() -> None:
    """So the other laws of layers hold for them, too."""
    slow = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    found = find(stacks(Settings), lambda stack: bool(stack.included), settings=slow)
    assert any("$include" in text for text in found.files.values())
    assert found.merged(Settings).tree


#: Files that are other settings than those that are written out.
BROKEN = {
    "another value": ({"settings.json": '{"opt": {"rate": 2.0, "steps": 4}, "rate": {"$ref": "opt.steps"}}'}, {}),
    "another file": (
        {"settings.json": '{"opt": {"$include": "x.json", "steps": 4}, "rate": 2.0}'},
        {"x.json": '{"rate": 3.0}'},
    ),
    "an unknown reference": ({"settings.json": '{"opt": {"rate": 2.0, "steps": 4}, "rate": {"$ref": "opt.rat"}}'}, {}),
    "an invalid file": (
        {"settings.json": '{"opt": {"$include": "x.json", "steps": 4}, "rate": 2.0}'},
        {"x.json": '{"rate": "x"}'},
    ),
}


@pytest.mark.parametrize(("files", "included"), BROKEN.values(), ids=BROKEN)
def test_what_it_finds(files: dict[str, str], included: dict[str, str]) -> None:
    """Settings that differ, and directives that are rejected."""
    with pytest.raises(LawBroken):
        LAW.holds({"files": files, "included": included, "written": PLAIN})


def test_what_it_says_nothing_about() -> None:
    """A reference that cannot stand where it is, and settings that are no config."""
    for text in ('{"opt": {"rate": 2.0}, "rate": {"$ref": 5}}', '{"opt": {"rate": "x"}}'):
        with pytest.raises(NoConfig):
            LAW.holds({"files": {"settings.json": text}, "included": {}, "written": {"settings.json": text}})
