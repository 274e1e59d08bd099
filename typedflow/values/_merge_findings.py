"""Findings of many variants as few: a mistake in a global file is one mistake, whatever variants have it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from typedflow.values._cases import case_order
from typedflow.values._diagnostics import Diagnostic, reading_order


def merge_findings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings in reading order, those that say the same of the same place as one.

    It has the cases and the related places of all. A fix is kept where all agree: what mends a finding in one case must
    mend it in every case.
    """
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for item in diagnostics:
        alike.setdefault((item.rule, item.severity, item.message, item.location), []).append(item)
    return tuple(sorted(map(_merged, alike.values()), key=reading_order))


def _merged(items: Sequence[Diagnostic]) -> Diagnostic:
    first = items[0]
    cases = sorted({case for item in items for case in item.cases}, key=case_order)
    related = dict.fromkeys(other for item in items for other in item.related)
    fix = first.fix if all(item.fix == first.fix for item in items) else None
    return replace(first, cases=tuple(cases), related=tuple(related), fix=fix)
