"""The results of ``typedflow fuzz``, for programs. ``schemas/fuzz.schema.json`` is generated from the classes here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from typedflow.operations import TriedLaw
from typedflow.render import json_text
from typedflow.values import Diagnostic
from typedflow.workspace import display_name


@dataclass(frozen=True, slots=True)
class FindingData:
    """What is wrong with the flow. Lines and columns count from 1."""

    code: str
    """The rule's code, as `TF407`."""
    name: str
    """The rule's name, as `decorator-refused`."""
    message: str
    file: str | None
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class BrokenData:
    """Why a law does not hold."""

    message: str
    example: Any
    """The smallest that breaks the law; null where none could be made."""
    replay: str | None
    """The file that the example is kept in, for `--replay`."""
    findings: list[FindingData]


@dataclass(frozen=True, slots=True)
class LawData:
    """What came of one law."""

    file: str
    """The flow's."""
    flow: str
    """The flow's class."""
    law: str
    """The law's name, as `settings.read-back`."""
    says: str
    """What must be true of every config."""
    examples: int
    """For how many the law held."""
    broken: BrokenData | None
    """Null where the law holds."""


@dataclass(frozen=True, slots=True)
class FuzzData:
    """What `typedflow fuzz --format json` prints. What is not known is null."""

    version: Literal[1]
    """Of this format."""
    seed: int
    """What `--seed` gives the same examples again with."""
    laws: list[LawData]


def fuzz_json(found: Sequence[TriedLaw], seed: int) -> str:
    """Return the results of all laws as one JSON object."""
    data = FuzzData(1, seed, [_law(each) for each in found])
    return json_text(asdict(data))


def _law(found: TriedLaw) -> LawData:
    verdict, broken = found.verdict, found.verdict.broken
    data = None
    if broken is not None:
        findings = [_finding(item) for item in broken.diagnostics]
        data = BrokenData(broken.message, broken.example, found.replay or None, findings)
    file = display_name(found.file, found.root)
    return LawData(file, verdict.flow, verdict.law, verdict.says, verdict.examples, data)


def _finding(item: Diagnostic) -> FindingData:
    span = item.location.span if item.location else None
    return FindingData(
        code=item.rule.code,
        name=item.rule.name,
        message=item.message,
        file=item.location.name if item.location else None,
        line=span.line if span else None,
        column=span.column if span else None,
    )
