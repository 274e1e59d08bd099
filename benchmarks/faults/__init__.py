"""Seeded faults: the share of mistakes that `typedflow check` finds, and at the right line, compared with raw Metaflow.

A *subject* is a project without mistakes; a *fault* is one edit of it, with the lines where it may be reported. Each
module without an underscore makes one kind of fault, or a few that are alike; ``_kinds`` has the table of them.
"""

from benchmarks.faults._fault import Fault
from benchmarks.faults._forks import Forks
from benchmarks.faults._kinds import faults_of, sampled
from benchmarks.faults._measuring import measured
from benchmarks.faults._raw import verdicts as raw
from benchmarks.faults._report import misses
from benchmarks.faults._subject import subjects
from benchmarks.faults._trees import Trees
from benchmarks.faults._typed import alarms, verdicts
from benchmarks.faults._verdict import Verdict

__all__ = [
    "Fault",
    "Forks",
    "Trees",
    "Verdict",
    "alarms",
    "faults_of",
    "measured",
    "misses",
    "raw",
    "sampled",
    "subjects",
    "verdicts",
]
