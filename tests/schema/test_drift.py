"""Drift: exported schemas beside what the models give today."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from typedflow.schema import find_drift, schema_files, schema_text, schema_texts


class Old(BaseModel):
    """The settings."""

    alpha: float = 0.1


class New(BaseModel):
    """The settings."""

    alpha: float = 0.2


OLD, NEW = schema_files({"settings": [Old]}), schema_files({"settings": [New]})


def test_what_is_current_is_no_finding() -> None:
    """Both schemas of a model, in either draft; and nothing where nothing is exported."""
    assert find_drift(OLD, schema_texts(OLD)) == []
    assert find_drift(OLD, schema_texts(OLD, draft="7")) == []
    assert find_drift(OLD, {}) == []


def test_what_is_not_ours_is_not_judged() -> None:
    """Neither files from elsewhere, nor those of configs that are not asked for."""
    assert find_drift(OLD, {"settings.schema.json": "{}"}) == []
    assert find_drift(schema_files({"other": [Old]}), schema_texts(NEW)) == []


def test_the_first_leaf_that_differs_is_named() -> None:
    """Each file that is not current is a finding of its own, at the file."""
    found = find_drift(NEW, {f"out/{name}": text for name, text in schema_texts(OLD).items()})
    assert [str(item.location) for item in found] == ["out/settings.schema.json", "out/settings.overlay.schema.json"]
    assert {item.rule.name for item in found} == {"schema-drift"}
    assert found[0].message.endswith("`properties.alpha.default` is 0.1, but should be 0.2")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("\n", "\r\n"), "it is formatted differently"),
        (lambda text: text + "}", "it is not valid JSON"),
        (lambda text: text.replace('"title": "Old"', '"titel": "Old"'), '`titel` is "Old", but should be absent'),
    ],
    ids=["line ends", "a bracket", "a key"],
)
def test_what_somebody_changed(change: object, said: str) -> None:
    """Whatever was done to a file of ours is drift."""
    assert callable(change)
    found = find_drift(OLD, {"settings.schema.json": change(schema_text(Old))})
    assert [item.message.partition("out of date: ")[2] for item in found] == [said]


def test_a_merge_conflict_in_a_schema_is_called_that() -> None:
    """At the marker's line."""
    (found,) = find_drift(OLD, {"settings.schema.json": schema_text(Old) + "<<<<<<< HEAD\n"})
    assert found.message == "unresolved merge conflict: `<<<<<<< HEAD`"
    assert found.location
    assert found.location.span
    assert found.location.span.line == schema_text(Old).count("\n") + 1
