"""Measure many faults in two threads, each with its own trees, and show the progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import local
from typing import TypeVar

from benchmarks.faults._fault import Fault
from benchmarks.faults._forks import Forks
from benchmarks.faults._subject import Subject
from benchmarks.faults._trees import Trees

V = TypeVar("V")
_EVERY = 25


def measured(
    judge: Callable[[Fault, Trees], V],
    faults: Sequence[Fault],
    subjects: Mapping[str, Subject],
    forks: Forks,
    label: str,
) -> list[V]:
    """Return the verdict on each fault, in their order."""
    own = local()
    done = 0

    def one(fault: Fault) -> V:
        nonlocal done
        if not hasattr(own, "trees"):
            own.trees = Trees(Path(mkdtemp(dir=place)), subjects, forks)
        verdict = judge(fault, own.trees)
        done += 1
        if done % _EVERY == 0 or done == len(faults):
            sys.stderr.write(f"\r{label}: {done} of {len(faults)}")
            sys.stderr.flush()
        return verdict

    with TemporaryDirectory(prefix="faults-") as place, ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        verdicts = list(threads.map(one, faults))
    sys.stderr.write("\n")
    return verdicts
