"""Reports as JSON, and their schema."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from typedflow.render import report
from typedflow.values import Report

ROOT = Path(__file__).parents[2]


def _validator() -> Draft202012Validator:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_all_that_is_known_is_data(findings: Report, root: Path) -> None:
    """A finding with everything: its place and others, its key path as text, whether it can be mended."""
    data = json.loads(report(findings, format="json", root=root))
    assert {key: data[key] for key in ("version", "flows", "variants", "files")} == {
        "version": 2,
        "flows": 2,
        "variants": 4,
        "files": 3,
    }
    assert data["diagnostics"][0] == {
        "code": "TF302",
        "name": "unknown-key",
        "severity": "error",
        "message": "`data.targt` is not a field of Data",
        "file": "settings/a.yaml",
        "line": 3,
        "column": 3,
        "end_line": 3,
        "end_column": 8,
        "path": "data.targt",
        "cases": [{"unit": "training", "kind": "flow", "binding": "EXP_02", "environment": "dev", "identity": None}],
        "label": "did you mean `target`?",
        "hint": None,
        "related": [
            {"role": "declared at", "file": "flows/settings.py", "line": 28, "column": 1, "detail": "(class Data)"},
            {"role": "shadows", "file": "/elsewhere/base.toml", "line": None, "column": None, "detail": None},
        ],
        "fixable": True,
    }


def test_what_is_not_known_is_null(findings: Report) -> None:
    """A finding without a place has null for it; the path of the whole is an empty text."""
    bare = json.loads(report(findings, format="json"))["diagnostics"][2]
    assert {key for key, value in bare.items() if value is None} == {
        *("file", "line", "column", "end_line", "end_column"),
        *("label", "hint"),
    }
    assert (bare["path"], bare["fixable"], bare["related"], bare["cases"]) == ("", False, [], [])


@given(data=st.data())
def test_reports_are_of_their_schema(reports: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """Every report is valid."""
    _validator().validate(json.loads(report(data.draw(reports), format="json")))


_BREAKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a key too many": lambda data: data.update(more=1),
    "another version": lambda data: data.update(version=1),
    "a count that is text": lambda data: data.update(flows="2"),
    "a finding's key too many": lambda data: data["diagnostics"][0].update(more=1),
    "another severity": lambda data: data["diagnostics"][0].update(severity="note"),
    "a case's key too many": lambda data: data["diagnostics"][0]["cases"][0].update(more=1),
    "a related place's key too many": lambda data: data["diagnostics"][0]["related"][0].update(more=1),
}


@pytest.mark.parametrize("name", _BREAKS)
def test_what_no_report_is_the_schema_refuses(name: str, findings: Report) -> None:
    """The schema is strict about keys and values."""
    data = json.loads(report(findings, format="json"))
    _BREAKS[name](data)
    assert not _validator().is_valid(data)


_OBJECTS: dict[str, list[str | int]] = {
    "report": [],
    "finding": ["diagnostics", 0],
    "related place": ["diagnostics", 0, "related", 0],
    "case": ["diagnostics", 0, "cases", 0],
}


@pytest.mark.parametrize("where", _OBJECTS.values(), ids=_OBJECTS)
def test_no_key_may_be_missing(where: list[str | int], findings: Report) -> None:
    """Whoever reads a report can rely on every key."""
    whole = json.loads(report(findings, format="json"))
    for key in reduce(getitem, where, whole):
        data = copy.deepcopy(whole)
        del reduce(getitem, where, data)[key]
        assert not _validator().is_valid(data), key
