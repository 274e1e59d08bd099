"""Variables and options that set a part of a field with a default."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.test_default_keys import ALI, Keys
from typedflow.layers import Layer, merge
from typedflow.models import plan_of, validate
from typedflow.project import overrides
from typedflow.values import Source


@pytest.mark.parametrize(
    ("tree", "environ", "options", "expected"),
    [
        ({}, {"TYPEDFLOW__SETTINGS__ALI__LR": "0.7"}, [], {**ALI, "lr": 0.7}),
        ({}, {"TYPEDFLOW__SETTINGS__THEALI__LEARNING_RATE": "0.7"}, [], {**ALI, "lr": 0.7}),
        ({"ali": {"wd": 1.0}}, {"TYPEDFLOW__SETTINGS__ALI__LR": "0.7"}, [], {**ALI, "lr": 0.7, "wd": 1.0}),
        (
            {"theAli": {"wd": 1.0}},
            {},
            ["ali.inner.warm_up=4"],
            {**ALI, "wd": 1.0, "inner": {"warm_up": 4, "decay": 0.5}},
        ),
        ({}, {"TYPEDFLOW__SETTINGS__ALI__TAGS": '["b"]'}, ["ali.labels=[c]"], {**ALI, "tags": ["a", "b", "c"]}),
    ],
)
def test_a_part_by_a_variable_or_an_option(
    tree: dict[str, Any], environ: dict[str, str], options: list[str], expected: dict[str, Any]
) -> None:
    """They are layers as files are, with any key of a field."""
    base = Layer(Source("a.yaml", ""), tree)
    merged = merge([base, *overrides("settings", Keys, environ, options, below=(base,))], plan_of(Keys))
    assert validate(merged, Keys).ali.model_dump() == expected
