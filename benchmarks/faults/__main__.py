"""``python -m benchmarks.faults``: plant faults, check, and print which share was found, and where."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults import _raw, _report, _typed
from benchmarks.faults._forks import Forks
from benchmarks.faults._kinds import faults_of, sampled
from benchmarks.faults._measuring import measured
from benchmarks.faults._subject import Subject, subjects
from benchmarks.faults._trees import Trees
from benchmarks.faults._verdict import Verdict


def main() -> None:
    """Measure what the command line requests."""
    options = _options()
    known = {subject.name: subject for subject in subjects()}
    chosen = [known[name] for name in options.subject or known]
    faults = [fault for subject in chosen for fault in faults_of(subject)]
    faults = [fault for fault in faults if not options.kind or fault.kind in options.kind]
    if options.sample:
        faults = sampled(faults, options.sample, options.seed)
    if options.list:
        print("\n".join(map(str, faults)))
        return
    with Forks() as forks:
        _alarms(chosen, forks)
        pairs = measured(partial(_typed.verdicts, forks=forks), faults, known, forks, "typedflow check")
        raw = [] if options.no_raw else _raw.verdicts(forks, options.raw_sample, options.seed, options.kind)
    _print([alone for alone, _ in pairs], [typed for _, typed in pairs], raw)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description="Seeded faults.")
    parser.add_argument(
        "--sample", type=int, default=0, help="the number of faults, at least one of each kind (default: all)"
    )
    text = "the number of faults for raw Metaflow (default: 400)"
    parser.add_argument("--raw-sample", type=int, default=400, help=text)
    parser.add_argument("--seed", type=int, default=1, help="the seed of the sample (default: 1)")
    parser.add_argument("--no-raw", action="store_true", help="do not measure raw Metaflow")
    parser.add_argument("--subject", action="append", default=[], help="only this project; can be repeated")
    parser.add_argument("--kind", action="append", default=[], help="only this kind; can be repeated")
    parser.add_argument("--list", action="store_true", help="list the faults, and check nothing")
    return parser.parse_args()


def _alarms(chosen: list[Subject], forks: Forks) -> None:
    with TemporaryDirectory(prefix="faults-") as place:
        trees = Trees(Path(place), {subject.name: subject for subject in chosen}, forks)
        names = [subject.name for subject in chosen]
        for label, options in (("check", ()), ("check --types", ("--types",))):
            found = _typed.alarms(trees, forks, names, *options)
            print(f"false alarms of {label} in {len(names)} projects without a fault: {sum(map(len, found.values()))}")
            for name, said in found.items():
                print(f"    {name}: {said}")


def _print(alone: list[Verdict], typed: list[Verdict], raw: list[Verdict]) -> None:
    read = [verdict for verdict in alone if not verdict.fault.by_types]
    print(_report.totals("typedflow check", read))
    print(_report.totals("typedflow check --types", typed))
    if raw:
        print(_report.totals("raw Metaflow, pydantic", raw, aimed=False))
    print()
    print("\n".join(_report.by_kind({"check": read, "check --types": typed, "raw Metaflow, pydantic": raw})))
    print("\nno faults, by reason:")
    print("\n".join(_report.excuses(typed)))
    print("\nmissed, or at another line, by check --types:")
    print("\n".join(_report.misses(typed)))


if __name__ == "__main__":
    main()
