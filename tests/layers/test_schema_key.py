"""``$schema`` at the top of a file: for editors, and nothing of a config."""

from __future__ import annotations

import pytest

from typedflow.layers import layer, without_schema
from typedflow.parsing import parse
from typedflow.values import Source

TEXTS = {
    "json": '{"$schema": "../schemas/settings.schema.json", "a": 1}',
    "toml": '"$schema" = "../schemas/settings.schema.json"\na = 1',
    "yaml": "$schema: ../schemas/settings.schema.json\na: 1",
}


@pytest.mark.parametrize("form", TEXTS)
def test_the_schema_of_a_file_is_no_setting(form: str) -> None:
    """In each format the key may stand at the top, and is gone from the layer."""
    source = Source(f"settings.{form}", TEXTS[form], form)
    assert layer(source, parse(source)).tree == {"a": 1}


def test_directives_stand_beside_it() -> None:
    """A file may have both."""
    source = Source("a.json", '{"$schema": "x", "$merge": {"delete": ["b"]}, "a": 1}', "json")
    made = layer(source, parse(source))
    assert (made.tree, [item.path for item in made.directives.deletes]) == ({"a": 1}, [("b",)])


@pytest.mark.parametrize("tree", [{"$schema": 1}, {"$schema": None}, {"a": {"$schema": "x"}}, ["$schema"], "$schema"])
def test_what_is_no_schemas_name_stays(tree: object) -> None:
    """Only text, and only at the top: the model judges everything else."""
    assert without_schema(tree) == tree


def test_a_value_that_is_set_from_outside_stays() -> None:
    """An option's or a variable's text is one value, not a file."""
    source = Source("--set", "x", "yaml")
    assert layer(source, {"$schema": "x"}, prefix=("a",)).tree == {"$schema": "x"}
