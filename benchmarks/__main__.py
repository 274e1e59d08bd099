"""``python -m benchmarks``: measure, and print a table of ratios. Not a test: the exit code is 0."""

from __future__ import annotations

import argparse

from benchmarks import (
    _checking,
    _checks,
    _faults,
    _many,
    _models,
    _provenance,
    _resolving,
    _runs,
    _serialising,
    _showing,
    _sql,
    _startup,
    _strategies,
    _tasks,
)
from benchmarks._figures import heading, line


def main() -> None:
    """Print each figure as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios, medians, side by side.")
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds, bindings and faults: takes minutes, with more noise"
    )
    quick = parser.parse_args().quick
    print(heading(), flush=True)
    for figures in (
        _resolving.figures(rounds=300 if quick else 2000),
        _serialising.figures(rounds=100 if quick else 500, variants=200 if quick else 2_000),
        _many.figures(rounds=1 if quick else 3, most=1_000 if quick else 10_000),
        _models.figures(rounds=3 if quick else 9, flows=300),
        _provenance.figures(rounds=50 if quick else 300),
        _startup.figures(rounds=7 if quick else 31),
        _showing.figures(rounds=7 if quick else 31),
        _tasks.figures(rounds=3 if quick else 15),
        _runs.figures(rounds=2 if quick else 7),
        _strategies.figures(rounds=2 if quick else 5, examples=100 if quick else 500),
        _checking.figures(rounds=1 if quick else 5, flows=50 if quick else 200),
        _checks.figures(rounds=1 if quick else 3, flows=300 if quick else 1_000),
        _sql.figures(rounds=2 if quick else 9),
        _faults.figures(sample=100 if quick else 1_000),
    ):
        for figure in figures:
            print(line(figure), flush=True)


if __name__ == "__main__":
    main()
