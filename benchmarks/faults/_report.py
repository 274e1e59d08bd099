"""The figures of faults as text: shares of all and of each kind, missed faults, and mutants that are not faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.faults._verdict import Verdict

_CAUGHT, _RIGHT = 0.99, 0.98
_WIDTH = 34


def totals(name: str, verdicts: Sequence[Verdict], *, aimed: bool = True) -> str:
    """Return one line: the number of faults, the share that was caught, the share at the right line."""
    counted = [verdict for verdict in verdicts if verdict.counts]
    caught = sum(verdict.is_caught for verdict in counted)
    right = sum(verdict.is_right for verdict in counted)
    shares = f"caught {_share(caught, len(counted))}{_aim(caught, len(counted), _CAUGHT) if aimed else ''}"
    lines = f"at the right line {_share(right, len(counted))}{_aim(right, len(counted), _RIGHT) if aimed else ''}"
    return f"{name:{_WIDTH}} {len(counted):5} faults, {shares}, {lines}; {len(verdicts) - len(counted)} are none"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def _aim(part: int, whole: int, aim: float) -> str:
    return f" ({aim:.0%} {'met' if part >= aim * whole else 'not met'})"


def by_kind(columns: dict[str, Sequence[Verdict]]) -> Iterator[str]:
    """Return a table: how many faults of each kind each tool caught, and reported at the right line."""
    grouped: dict[str, dict[str, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    for name, verdicts in columns.items():
        for verdict in verdicts:
            if verdict.counts:
                grouped[verdict.fault.kind][name].append(verdict)
    yield f"{'':{_WIDTH}}" + "".join(f"{name:>34}" for name in columns)
    for kind in sorted(grouped):
        cells = [_cell(grouped[kind][name]) for name in columns]
        yield f"{kind:{_WIDTH}}" + "".join(f"{cell:>34}" for cell in cells)


def _cell(verdicts: list[Verdict]) -> str:
    if not verdicts:
        return "-"
    caught, right = sum(item.is_caught for item in verdicts), sum(item.is_right for item in verdicts)
    return f"{caught} caught, {right} right of {len(verdicts)}"


def excuses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Return the reasons why mutants are not faults, with their numbers by kind."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        if not verdict.counts:
            found[verdict.excuse][verdict.fault.kind] += 1
    for reason, kinds in found.items():
        yield f"{sum(kinds.values())}: {reason}"
        yield "    " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())


def misses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Return each fault that was not caught, or not at the right line."""
    for verdict in verdicts:
        if verdict.counts and not verdict.is_right:
            word = "wrong line" if verdict.is_caught else "missed"
            yield f"{word}: {verdict.fault}" + (f"\n    said: {verdict.said}" if verdict.said else "")
