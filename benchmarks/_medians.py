"""Medians of interleaved measurements: each round measures all of them, so that noise affects all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, process_time

Measure = Callable[[], float]


def medians(measures: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """Return the median of each measure; a first round is not counted."""
    seen: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            value = measure()
            if number:
                seen[name].append(value)
    return {name: median(values) for name, values in seen.items()}


def timed(function: Callable[[], object]) -> Measure:
    """Return the measure of a function's seconds by the clock, which includes other processes."""
    return _measured_by(perf_counter, function)


def cpu_timed(function: Callable[[], object]) -> Measure:
    """Return the measure of a function's CPU seconds, which depend less on the load of the machine."""
    return _measured_by(process_time, function)


def _measured_by(clock: Callable[[], float], function: Callable[[], object]) -> Measure:
    def measure() -> float:
        start = clock()
        function()
        return clock() - start

    return measure
