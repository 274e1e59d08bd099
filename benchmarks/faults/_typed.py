"""The verdict of ``typedflow check``: what it reports, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.faults._equivalent import excuse
from benchmarks.faults._fault import Fault
from benchmarks.faults._forks import Done, Forks
from benchmarks.faults._trees import COMMAND, Trees
from benchmarks.faults._verdict import Verdict

_LINE = re.compile(r"^(?P<file>[^\s:]+?)(?::(?P<line>\d+):\d+)?: (?:error|warning) (?P<code>TF\d+) ", re.MULTILINE)
_SHORT = 110


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: its code and message, and all locations that it names, its own first."""

    code: str
    message: str
    places: tuple[tuple[str, int], ...]


def found(forks: Forks, root: Path, paths: tuple[str, ...], *options: str, real: bool = False) -> list[Finding]:
    """Return what a check of some paths finds; with ``real``, in a process that is not a fork."""
    arguments = ["-c", COMMAND, "check", *paths, "--format", "json", "--no-cache", "--jobs", "1", *options]
    done = forks.run_apart(arguments, root) if real else forks.run(arguments, root)
    return list(_findings(done))


def _findings(done: Done) -> Iterator[Finding]:
    try:
        report = json.loads(done.output)
    except ValueError:
        yield from _printed(done)
        return
    for item in report["diagnostics"]:
        places = [item, *item["related"]]
        at = tuple((str(place["file"]), int(place["line"] or 0)) for place in places if place["file"])
        yield Finding(item["code"], item["message"], at)


def _printed(done: Done) -> Iterator[Finding]:
    """Return the findings of a check that ended without a report: those printed as text, or the failure."""
    lines = list(_LINE.finditer(done.errors))
    for line in lines:
        yield Finding(line["code"], "(text)", ((line["file"], int(line["line"] or 0)),))
    if not lines:
        yield Finding("FAILED", f"exit code {done.code}: {done.errors[-300:]}", ())


def verdicts(fault: Fault, trees: Trees, forks: Forks, *, types: bool = True) -> tuple[Verdict, Verdict]:
    """Return the verdicts on a fault: of a check, and of one with ``--types``, which runs only if the first missed."""
    paths = trees.subject(fault.subject).paths
    with trees.faulted(fault) as root:
        options = ("--timeout", "8") if fault.is_slow else ()
        alone = _judged(fault, found(forks, root, paths, *options, real=fault.is_slow))
        typed = alone
        is_code = any(name.endswith(".py") for name in fault.edits)
        if types and is_code and not alone.is_right and not fault.is_slow:
            with_types = _judged(fault, found(forks, root, paths, "--types"))
            typed = with_types if with_types.is_right or not alone.is_caught else alone
        if not typed.is_caught:
            typed = replace(typed, excuse=excuse(fault, trees, forks, root))
    return replace(alone, excuse="" if alone.is_caught else typed.excuse), typed


def _judged(fault: Fault, findings: list[Finding]) -> Verdict:
    real = [finding for finding in findings if finding.code != "FAILED"]
    is_right = any(place.has(*at) for finding in real for at in finding.places for place in fault.places)
    said = "; ".join(_short(finding) for finding in findings[:3])
    return Verdict(fault, is_caught=bool(real), is_right=is_right, said=said)


def _short(finding: Finding) -> str:
    places = ", ".join(f"{file}:{line}" for file, line in finding.places)
    return f"{finding.code} {places} {finding.message[:_SHORT]}"


def alarms(trees: Trees, forks: Forks, names: list[str], *options: str) -> dict[str, list[Any]]:
    """Return what is found in subjects without a fault: false alarms."""
    found_in = {name: found(forks, trees.root(name), trees.subject(name).paths, *options) for name in names}
    return {name: [_short(finding) for finding in findings] for name, findings in found_in.items() if findings}
