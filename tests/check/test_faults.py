"""Seeded faults: one of each kind, in the demo and the examples, is caught at its line.

`python -m benchmarks.faults` plants all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from benchmarks.faults import Forks

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="checks are forks of one process, which sends files to the next"
    ),
]

_ROOT = str(Path(__file__).parents[2])
_SEED = 1


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Return forks of one warm Python; the benchmarks are not an installed package."""
    if _ROOT not in sys.path:
        sys.path.append(_ROOT)
    from benchmarks.faults import Forks

    with Forks() as forks:
        yield forks


def test_a_fault_of_each_kind_is_caught_at_its_line(forks: Forks) -> None:
    """A check reports every kind of mistake, at the line that was edited or at one that it names beside it."""
    from benchmarks.faults import faults_of, measured, misses, sampled, subjects, verdicts

    known = {subject.name: subject for subject in subjects()}
    faults = [fault for subject in known.values() for fault in faults_of(subject)]
    quick = [fault for fault in faults if not fault.is_slow and not fault.by_types]
    judge = partial(verdicts, forks=forks, types=False)
    found = measured(judge, sampled(quick, 0, _SEED), known, forks, "faults")
    assert list(misses(alone for alone, _ in found)) == []


def test_projects_without_a_fault_raise_no_alarm(forks: Forks, tmp_path: Path) -> None:
    """The demo, with settings in any format, and the examples have no findings."""
    from benchmarks.faults import Trees, alarms, subjects

    known = {subject.name: subject for subject in subjects()}
    assert alarms(Trees(tmp_path, known, forks), forks, list(known)) == {}
