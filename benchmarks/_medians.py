"""Medians of things measured side by side: each round measures all of them, so that a busy moment strikes all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, process_time

Measure = Callable[[], float]


def medians(measures: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """Give the median of each measure; one round before the first is not counted."""
    seen: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            value = measure()
            if number:
                seen[name].append(value)
    return {name: median(values) for name, values in seen.items()}


def timed(function: Callable[[], object]) -> Measure:
    """Return the measure of a function's seconds by the clock, as for what other processes do."""
    return _measured_by(perf_counter, function)


def cpu_timed(function: Callable[[], object]) -> Measure:
    """Return the measure of a function's seconds of CPU: what else the machine does counts less."""
    return _measured_by(process_time, function)


def _measured_by(clock: Callable[[], float], function: Callable[[], object]) -> Measure:
    def measure() -> float:
        start = clock()
        function()
        return clock() - start

    return measure
