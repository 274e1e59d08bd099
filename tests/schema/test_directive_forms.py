"""Schemas for editors accept directives where files may have them, and nowhere else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import Field

from typedflow import ConfigModel, Merge
from typedflow.schema import Draft, export

VALIDATORS: dict[Draft, Any] = {"2020-12": Draft202012Validator, "7": Draft7Validator}


class Ols(ConfigModel):
    """A member of a union."""

    kind: Literal["ols"]


class Ridge(ConfigModel):
    """Another."""

    kind: Literal["ridge"]
    alpha: float


class Opt(ConfigModel):
    """A model within the settings."""

    lr: float
    steps: list[int] = []


class Settings(ConfigModel):
    """Everything."""

    opt: Opt = Opt(lr=1)
    maybe: Opt | None = None
    model: Annotated[Ols | Ridge, Field(discriminator="kind")] = Ols(kind="ols")
    stages: list[Opt] = []
    labels: Annotated[list[str], Merge.append] = []
    env: dict[str, str] = {}
    colours: dict[Literal["a", "b"], str] = {}
    extras: dict[str, Any] = {}
    anything: Any = None
    name: str = "x"


GOOD: dict[str, dict[str, Any]] = {
    "a reference for a number": {"opt": {"lr": {"$ref": "a.b"}}},
    "a reference for a text": {"name": {"$ref": "a.b"}},
    "a reference for a mapping": {"opt": {"$ref": "maybe"}},
    "a reference for a union": {"model": {"$ref": "a.b"}},
    "a reference for a list": {"labels": {"$ref": "a"}},
    "a reference for an item": {"stages": [{"$ref": "opt"}, {"lr": 1}], "labels": ["a", {"$ref": "name"}]},
    "a reference for a value of a dictionary": {"env": {"A": {"$ref": "name"}}},
    "an include": {"opt": {"$include": "opt.yaml"}},
    "an include with keys beside it": {"opt": {"$include": "opt.yaml", "steps": [1]}},
    "an include for a union": {"model": {"$include": "m.yaml", "alpha": 3}},
    "an include for an item": {"stages": [{"$include": "opt.yaml"}]},
    "an include for a dictionary": {"env": {"$include": "env.yaml", "A": "b"}, "colours": {"$include": "c.yaml"}},
    "an include at the top": {"$include": "all.yaml", "name": "y"},
    "a literal": {"env": {"$literal": {"$ref": "x"}}, "name": {"$literal": "y"}},
    "data": {"extras": {"$ref": 5, "x": {"$include": 1}}, "anything": {"$ref": []}},
}
BAD: dict[str, dict[str, Any]] = {
    "a key beside a reference": {"opt": {"$ref": "maybe", "lr": 1}},
    "a number for a path": {"opt": {"lr": {"$ref": 5}}},
    "an include for a number": {"opt": {"lr": {"$include": "x.yaml"}}},
    "an include for a list": {"labels": {"$include": "x.yaml"}},
    "a number for a file": {"opt": {"$include": 5}},
    "another directive": {"opt": {"lr": {"$reff": "a.b"}}},
    "an unknown key": {"opt": {"lr": 1, "$foo": 2}},
    "a wrong value": {"opt": {"lr": "x"}},
    "the whole file": {"$ref": "a.b"},
}


@pytest.mark.parametrize("draft", VALIDATORS)
@pytest.mark.parametrize("overlay", [False, True], ids=["full", "overlay"])
def test_where_directives_may_stand(overlay: bool, draft: Draft) -> None:  # noqa: FBT001 # a parameter
    """In full schemas and in overlays, of both drafts."""
    schema = export(Settings, overlay=overlay, directives=True, draft=draft)
    VALIDATORS[draft].check_schema(schema)
    judge = VALIDATORS[draft](schema)
    assert [name for name, document in GOOD.items() if not judge.is_valid(document)] == []
    assert [name for name, document in BAD.items() if judge.is_valid(document)] == []


def test_a_schema_without_them_is_as_before() -> None:
    """Contracts compare what files say, not how."""
    judge = Draft202012Validator(export(Settings))
    assert [name for name, document in GOOD.items() if judge.is_valid(document)] == ["data"]


def test_descriptions_stay_with_the_key() -> None:
    """Editors show them, and complete the keys beside an include."""
    opt = export(Settings, overlay=True, directives=True)["$defs"]["Opt.overlay"]
    assert set(opt["properties"]) == {"lr", "steps", "$include"}
    assert opt["properties"]["lr"]["title"] == "Lr"
    assert opt["properties"]["steps"]["default"] == []
