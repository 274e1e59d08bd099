"""Hypothesis for configs: strategies of configs, files, layers and faults, and laws that hold for all of them.

``from typedflow.hypothesis import configs, laws`` needs ``typedflow[hypothesis]``. Nothing is registered with
Hypothesis, and nothing runs because somebody imports it.
"""

from typing import TYPE_CHECKING

from typedflow.hypothesis._configs import configs
from typedflow.hypothesis._documents import documents
from typedflow.hypothesis._faults import Fault, faults
from typedflow.hypothesis._overlays import overlays
from typedflow.hypothesis._stacks import Stack, stacks
from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.hypothesis._fuzz import Verdict as Verdict
    from typedflow.hypothesis._fuzz_worker import Asked as Asked
    from typedflow.hypothesis._fuzz_worker import verdicts as verdicts
    from typedflow.hypothesis._law import LawBroken as LawBroken
    from typedflow.hypothesis._laws import laws as laws
    from typedflow.hypothesis._replay import Replay as Replay
    from typedflow.hypothesis._replay import read_replay as read_replay
    from typedflow.hypothesis._replay import replay as replay
    from typedflow.hypothesis._replay import replay_text as replay_text
    from typedflow.hypothesis._replay import test_text as test_text

__all__ = [
    "Asked",
    "Fault",
    "LawBroken",
    "Replay",
    "Stack",
    "Verdict",
    "configs",
    "documents",
    "faults",
    "laws",
    "overlays",
    "read_replay",
    "replay",
    "replay_text",
    "stacks",
    "test_text",
    "verdicts",
]

__getattr__ = lazily(
    __name__,
    {
        "Asked": "_fuzz_worker",
        "LawBroken": "_law",
        "Replay": "_replay",
        "Verdict": "_fuzz",
        "laws": "_laws",
        "read_replay": "_replay",
        "replay": "_replay",
        "replay_text": "_replay",
        "test_text": "_replay",
        "verdicts": "_fuzz_worker",
    },
)
