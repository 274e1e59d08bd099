"""A report as SARIF 2.1.0, which GitHub's code scanning and other tools read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from typedflow.render._case_data import case_data
from typedflow.render._explanation import explanation_text
from typedflow.render._finding_text import file_name, headline, printable_finding, relative_name
from typedflow.render._fingerprints import fingerprints
from typedflow.render._json import json_text
from typedflow.values import Diagnostic, Environments, Explanation, Location, Related, Report, Rule, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "typedflow/v1"


def sarif(found: Report, root: Path | None = None, version: str = "", explanations: Iterable[Explanation] = ()) -> str:
    """Return a log with one run, with typedflow's ``version``, and its rules' explanations as help."""
    rules = sorted({item.rule for item in found.diagnostics})
    marks = zip(found.diagnostics, fingerprints(found, root), strict=True)
    driver: dict[str, Any] = {"name": "typedflow", **({"version": version} if version else {})}
    explained = {item.rule: item for item in explanations}
    driver["rules"] = [_rule(rule, explained.get(rule)) for rule in rules]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, found.environments, rules.index(item.rule), mark, root) for item, mark in marks],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, explanation: Explanation | None) -> dict[str, Any]:
    if explanation is None:
        words = rule.name.replace("-", " ").capitalize()
        return {"id": rule.code, "name": rule.name, "shortDescription": {"text": words}}
    text = explanation_text(explanation)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": explanation.summary},
        "help": {"text": text, "markdown": explanation.markdown},
    }


def _result(item: Diagnostic, environments: Environments, index: int, mark: str, root: Path | None) -> dict[str, Any]:
    shown = printable_finding(item, root)
    said = headline(shown, environments) + (f"\n{shown.hint}" if shown.hint else "")
    result = {
        "ruleId": item.rule.code,
        "ruleIndex": index,
        "level": item.severity.value,
        "message": _message(said),
        "locations": [{"physicalLocation": _primary(item, root)}],
        "partialFingerprints": {_FINGERPRINT: mark},
    }
    if item.cases:
        result["properties"] = {"cases": [asdict(case_data(case)) for case in item.cases]}
    if item.related:
        places = [_place(other.location, root) for other in item.related]
        result["relatedLocations"] = [_related(*each) for each in zip(count(1), places, shown.related)]
    return result


def _primary(item: Diagnostic, root: Path | None) -> dict[str, Any]:
    """Return the location of a finding; GitHub rejects a whole log if one result has no file or line."""
    region = _region(item.location.span) if item.location and item.location.span else {"startLine": 1}
    return {"artifactLocation": _artifact(file_name(item, root)), "region": region}


def _related(number: int, place: dict[str, Any], shown: Related) -> dict[str, Any]:
    said = f"{shown.role} {shown.detail}" if shown.detail else shown.role
    return {"id": number, "physicalLocation": place, "message": _message(said)}


def _message(said: str) -> dict[str, str]:
    """Return a message in which text from files makes no links (3.11.6 of the specification)."""
    return {"text": said.replace("](", "]\\(")}


def _place(location: Location, root: Path | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(relative_name(location.name, root))}
    if location.span is not None:
        place["region"] = _region(location.span)
    return place


def _artifact(name: str) -> dict[str, str]:
    uri = quote(name, errors="replace")
    return {"uri": f"file://{uri}"} if Path(name).is_absolute() else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
