"""Mutants that are not faults: they mean the same, or something else that is valid. Found by running them."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

from benchmarks.faults._fault import Fault
from benchmarks.faults._forks import Forks
from benchmarks.faults._trees import Trees

_ROOT = Path(__file__).parents[2]
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from benchmarks.faults._meaning import main; main(sys.argv[2:])"
SAME = "all configs, and all that decorators and Parameters get, are the same"
ALLOWED = "another value that the model allows, and that nothing in the flow contradicts"

_known: dict[str, object] = {}
_lock = Lock()


def excuse(fault: Fault, trees: Trees, forks: Forks, root: Path) -> str:
    """Return why a mutant that was not caught is not a fault; an empty text if there is no reason.

    A fault that is wrong whatever the values are (``is_silent``) has no excuse, and neither has a step's.
    """
    if fault.reason:
        return fault.reason
    if fault.is_silent or fault.by_types:
        return ""
    subject = trees.subject(fault.subject)
    with _lock:
        if subject.name not in _known:
            clean = root.parent / f"{root.name}.clean"
            subject.write(clean)
            _known[subject.name] = _meaning(forks, clean, subject.paths)
    meaning = _meaning(forks, root, subject.paths)
    if meaning is None:
        return ""
    if meaning == _known[subject.name]:
        return SAME
    if all(not name.endswith(".py") and name != subject.manifest for name in fault.edits):
        return ALLOWED
    return ""


def _meaning(forks: Forks, root: Path, paths: tuple[str, ...]) -> object:
    """Return the meaning of a project, or None if it has none."""
    done = forks.run(["-c", _PROGRAM, str(_ROOT), *paths], root)
    return json.loads(done.output.splitlines()[-1]) if done.code == 0 else None
