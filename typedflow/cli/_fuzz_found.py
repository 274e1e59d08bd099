"""What came of a law of a flow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typedflow.hypothesis import Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a law of a flow; ``replay`` is the file in which the example is kept."""

    root: Path | None
    file: Path
    verdict: Verdict
    replay: str = ""
