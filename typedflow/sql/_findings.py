"""Findings in a SQL file, as plain values, and the list that collects them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal, TypeAlias

from typedflow.values import Span

SqlRule: TypeAlias = Literal[
    "unreadable-sql",
    "unknown-table",
    "unknown-column",
    "ambiguous-column",
    "unbound-placeholder",
    "missing-output",
    "unknown-output",
    "output-order",
    "output-type",
    "external-write",
    "unchecked-sql",
]

DeclaredColumn: TypeAlias = tuple[str, str]
"""The name of a declared table, and of a column of it."""


@dataclass(frozen=True, slots=True)
class SqlFinding:
    """A mistake in a SQL file, or with the rule ``unchecked-sql``, what cannot be judged.

    ``label`` stands beside the caret (did-you-mean), ``hint`` is the one thing to do, ``others`` are more places of the
    same mistake. ``declared`` are the columns of tables that it is about; an empty one is the table as a whole.
    """

    rule: SqlRule
    message: str
    span: Span
    label: str = ""
    hint: str = ""
    others: tuple[Span, ...] = ()
    declared: tuple[DeclaredColumn, ...] = ()


@dataclass(slots=True)
class Findings:
    """Collects the findings of one text; equal ones become one. ``count`` is how many mistakes were added."""

    text: str
    count: int = 0
    _found: dict[tuple[str, str], SqlFinding] = field(default_factory=dict)
    _lines: list[int] = field(default_factory=list)

    def add(
        self,
        rule: SqlRule,
        message: str,
        place: tuple[int, int],
        *,
        label: str = "",
        hint: str = "",
        declared: Iterable[DeclaredColumn] = (),
    ) -> None:
        """Add a finding at a place in the text: its first character, and the one after its last."""
        self.count += rule != "unchecked-sql"
        span = self.span(*place)
        found = SqlFinding(rule, message, span, label, hint, declared=tuple(dict.fromkeys(declared)))
        first = self._found.setdefault((rule, message), found)
        if span != first.span and span not in first.others:
            spans = sorted({first.span, span, *first.others}, key=_position)
            self._found[rule, message] = replace(first, span=spans[0], others=tuple(spans[1:]))

    def sorted(self) -> list[SqlFinding]:
        """Return the findings in the order of the text."""
        return sorted(self._found.values(), key=lambda finding: _position(finding.span))

    def span(self, start: int, end: int) -> Span:
        """Return the lines and columns of a range of characters."""
        if not self._lines:
            self._lines = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        lines = [bisect_right(self._lines, at, hi=len(self._lines) - 1) for at in (start, end)]
        columns = [at - self._lines[line - 1] + 1 for at, line in zip((start, end), lines, strict=True)]
        return Span(lines[0], columns[0], lines[1], columns[1])


def _position(span: Span) -> tuple[int, int]:
    return span.line, span.column
