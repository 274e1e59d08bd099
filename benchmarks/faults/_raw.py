"""The verdict of raw Metaflow with a pydantic parser: ``python flow.py show`` for variants, by exit code and text.

What counts as the right line is generous: any mention of its number, and of its file where a file is named at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults._equivalent import ALLOWED, SAME
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._forks import Done, Forks
from benchmarks.faults._kinds import faults_of, sampled
from benchmarks.faults._measuring import measured
from benchmarks.faults._subject import EXAMPLES, Subject, read_subject
from benchmarks.faults._trees import Trees
from benchmarks.faults._verdict import Verdict

_ROOT = Path(__file__).parents[2]
_RAW = Path(__file__).with_name("raw")
_PROGRAM = (
    "import sys; sys.path.append(sys.argv[1]); from benchmarks.faults._raw_meaning import main; main(sys.argv[2])"
)
#: Enough to read each file.
_VARIANTS = {
    "flows/training.py": [("EXP_01", "dev"), ("EXP_02", "prod")],
    "flows/nightly.py": [("EXP_01", "prod")],
}
_LINE = re.compile(r"\bline (\d+)|[\w.]+:(\d+)")
_MEANING = "MEANING "


def verdicts(forks: Forks, most: int, seed: int, kinds: Sequence[str] = ()) -> list[Verdict]:
    """Return the verdicts on a sample of the faults of all raw counterparts."""
    subjects = {subject.name: subject for subject in raw_subjects()}
    faults = [fault for subject in subjects.values() for fault in faults_of(subject)]
    faults = [fault for fault in faults if not fault.is_slow and (not kinds or fault.kind in kinds)]
    judge = partial(verdict, forks=forks, known={})
    return measured(judge, sampled(faults, most, seed), subjects, forks, "raw Metaflow")


def raw_subjects() -> Iterator[Subject]:
    """Return the raw counterparts: their own flows, and the settings of the examples."""
    for folder in sorted(_RAW.iterdir()):
        raw = read_subject(f"raw {folder.name}", folder, is_raw=True)
        example = read_subject(folder.name, EXAMPLES / folder.name)
        yield replace(raw, files={**raw.files, **{name: example.files[name] for name in example.settings}})


def verdict(fault: Fault, trees: Trees, forks: Forks, known: dict[str, Any]) -> Verdict:
    """Return the verdict on a fault: run the flows under each variant, until one of them fails."""
    subject = trees.subject(fault.subject)
    if fault.subject not in known:
        known[fault.subject] = [_meaning(done) for done in _runs(forks, trees.root(fault.subject), subject)]
    found = []
    with trees.faulted(fault) as root:
        for done in _runs(forks, root, subject):
            if done.code:
                text = done.output + done.errors
                return Verdict(fault, is_caught=True, is_right=_is_right(text, fault.places), said=_last(text))
            found.append(_meaning(done))
    return Verdict(fault, is_caught=False, is_right=False, excuse=_excuse(fault, found, known[fault.subject]))


def _runs(forks: Forks, root: Path, subject: Subject) -> Iterator[Done]:
    for flow in subject.flows:
        for binding, environment in _VARIANTS.get(flow, [("", "")]):
            variables: Mapping[str, str] = {"BINDING": binding, "ENVIRONMENT": environment}
            yield forks.run(["-c", _PROGRAM, str(_ROOT), flow], root, variables)


def _meaning(done: Done) -> Any:
    lines = [line for line in done.output.splitlines() if line.startswith(_MEANING)]
    return json.loads(lines[-1].removeprefix(_MEANING)) if lines else None


def _excuse(fault: Fault, found: list[Any], clean: list[Any]) -> str:
    if fault.is_silent or fault.by_types:
        return ""
    if found == clean:
        return SAME
    return ALLOWED if all(not name.endswith(".py") for name in fault.edits) else ""


def _is_right(text: str, places: tuple[Place, ...]) -> bool:
    for found in _LINE.finditer(text):
        line = int(found[1] or found[2])
        if any(place.has(place.file, line) and (place.last or place.file in text) for place in places):
            return True
    return any(place.last == 0 and place.file.rpartition("/")[2] in text for place in places)


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:100] if lines else ""
