"""Schemas of sections: what the files of a field have, alone and in a block for each environment."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hypothesis import given
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import ConfigDict, Field

from typedflow.hypothesis import configs
from typedflow.layers import Merge
from typedflow.models import ConfigModel, file_values
from typedflow.schema import Part, export


class Node(ConfigModel):
    """A recursive part."""

    name: str
    inner: list[Node] = []


class Configuration(ConfigModel):
    """What an experiment may change."""

    target: str
    features: Annotated[list[str], Merge.append] = []
    conda: dict[str, str] = {}
    node: Node | None = None


class Environment(ConfigModel):
    """Where data is."""

    model_config = ConfigDict(populate_by_name=True)

    database: str = Field(alias="DATABASE")
    retries: int = 1


class Settings(ConfigModel):
    """The settings."""

    project: str
    configuration: Configuration
    environment: Environment | None = Field(alias="environment")
    extra: dict[str, int]


class Other(ConfigModel):
    """Settings of other units."""

    configuration: Node


SECTION = Part("configuration", extends=True)
OWN, BLOCKS = Part("environment"), Part("environment", blocks=True)
REST = Part(elsewhere=("configuration", "environment"))

ACCEPTS: list[tuple[Part, Any]] = [
    (SECTION, {}),
    (SECTION, {"target": "x", "features": ["a"], "conda": {"numpy": "1"}}),
    (
        SECTION,
        {"$schema": "x.json", "$extends": "EXP_01", "$merge": {"delete": ["conda.numpy"], "append": ["features"]}},
    ),
    (SECTION, {"node": {"name": "a", "inner": [{"name": "b"}]}}),
    (OWN, {"DATABASE": "a"}),
    (OWN, {"$schema": "x.json", "$merge": {"replace": ["database"]}, "database": "a"}),
    (BLOCKS, {}),
    (BLOCKS, {"$schema": "x.json", "dev": {"DATABASE": "a"}, "prod.eu-1": {"$merge": {"delete": ["retries"]}}}),
    (REST, {"project": "x", "extra": {}}),
    (REST, {"project": "x", "extra": {}, "configuration": {"conda": {}}, "environment": {}}),
]
REJECTS: list[tuple[Part, Any]] = [
    (SECTION, {"targt": "x"}),
    (SECTION, {"features": [1]}),
    (SECTION, {"configuration": {"target": "x"}}),
    (SECTION, {"$merge": {"delete": ["configuration.conda.numpy"]}}),
    (SECTION, {"node": {"inner": [{}]}}),
    (OWN, {"$extends": "EXP_01"}),
    (OWN, {"dev": {"DATABASE": "a"}}),
    (BLOCKS, {"DATABASE": "a"}),
    (BLOCKS, {"dev": {"DATABSE": "a"}}),
    (BLOCKS, {"dev": {"$extends": "EXP_01"}}),
    (BLOCKS, {"dev": {"$schema": "x.json"}}),
    (BLOCKS, {"$merge": {"delete": ["retries"]}}),
    (BLOCKS, {"a b": {"DATABASE": "a"}}),
    (BLOCKS, {"dev": 1}),
    (REST, {"extra": {}}),
    (REST, {"project": "x"}),
    (REST, {"project": "x", "extra": {}, "configuration": {"targt": "x"}}),
    (REST, {"project": "x", "extra": {}, "$merge": {"delete": ["extra"]}}),
]


def _is_valid(part: Part, document: Any, *models: type[ConfigModel]) -> bool:
    overlay = part != REST
    results = [
        Draft202012Validator(export(*models, overlay=overlay, part=part)).is_valid(document),
        Draft7Validator(export(*models, overlay=overlay, part=part, draft="7")).is_valid(document),
    ]
    assert len(set(results)) == 1
    return results[0]


@pytest.mark.parametrize(("part", "document"), ACCEPTS)
def test_what_files_may_have(part: Part, document: Any) -> None:
    """Parts of a section, with directives that are relative to it."""
    assert _is_valid(part, document, Settings)


@pytest.mark.parametrize(("part", "document"), REJECTS)
def test_what_files_may_not_have(part: Part, document: Any) -> None:
    """Other keys, those of the whole settings, and what is of another kind of file."""
    assert not _is_valid(part, document, Settings)


def test_a_section_of_several_models_has_the_keys_of_each() -> None:
    """As the file that their units share."""
    assert _is_valid(SECTION, {"target": "x", "name": "y"}, Settings, Other)
    assert not _is_valid(SECTION, {"target": "x", "port": 1}, Settings, Other)


@given(configs(Settings))
def test_every_config_is_made_of_valid_files(config: Settings) -> None:
    """Its sections, in files of their own, and the rest of it."""
    tree = file_values(config, {})
    blocks = {"dev": tree["environment"]} if tree["environment"] else {}
    rest = {key: value for key, value in tree.items() if key not in REST.elsewhere}
    for part, document in ((SECTION, tree["configuration"]), (BLOCKS, blocks), (REST, rest)):
        assert Draft202012Validator(_SCHEMAS[part]).is_valid(document)


_SCHEMAS = {part: export(Settings, overlay=part != REST, part=part) for part in (SECTION, BLOCKS, REST)}


def test_definitions_that_nothing_uses_are_left_out() -> None:
    """A section's schema has no more than the section needs."""
    assert export(Settings, overlay=True, part=OWN)["$defs"].keys() == {
        "Environment.overlay",
        "merge.list",
        "merge.path",
    }
