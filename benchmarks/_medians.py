"""Medians of things measured side by side: each round measures all of them, so that a busy moment strikes all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

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
    """Give the measure of a function's seconds."""

    def measure() -> float:
        start = perf_counter()
        function()
        return perf_counter() - start

    return measure
