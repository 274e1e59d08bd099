"""The share of seeded faults that ``typedflow check`` misses or reports at another line, compared with raw Metaflow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._figures import Figure
from benchmarks.faults import Forks, Trees, Verdict, alarms, faults_of, measured, raw, sampled, subjects, verdicts

_MISSED, _ELSEWHERE = 0.01, 0.02


def figures(sample: int) -> Iterator[Figure]:
    """Return the shares for a sample of the faults, and the false alarms."""
    known = {subject.name: subject for subject in subjects()}
    faults = sampled((fault for subject in known.values() for fault in faults_of(subject)), sample, seed=1)
    with Forks() as forks, TemporaryDirectory() as place:
        found = alarms(Trees(Path(place), known, forks), forks, list(known), "--types")
        yield Figure(f"false alarms in {len(known)} projects without a fault", sum(map(len, found.values())), 0.0)
        pairs = measured(partial(verdicts, forks=forks), faults, known, forks, "faults")
        read = [alone for alone, _ in pairs if not alone.fault.by_types]
        yield from _shares("check", read, _MISSED, _ELSEWHERE)
        yield from _shares("check --types", [typed for _, typed in pairs], _MISSED, _ELSEWHERE)
        yield from _shares("raw Metaflow with pydantic", raw(forks, sample // 4, seed=1), None, None)


def _shares(name: str, found: Sequence[Verdict], missed: float | None, elsewhere: float | None) -> Iterator[Figure]:
    counted = [verdict for verdict in found if verdict.counts]
    caught, right = sum(each.is_caught for each in counted), sum(each.is_right for each in counted)
    yield Figure(f"share of {len(counted)} faults that {name} misses", 1 - caught / len(counted), missed)
    yield Figure(f"share that {name} does not show at its line", 1 - right / len(counted), elsewhere)
