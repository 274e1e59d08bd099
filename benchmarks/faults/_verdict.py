"""The verdict on a fault."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.faults._fault import Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fault, whether it was caught, whether at the right line; and why it is not a fault, if it is none.

    ``said`` is what was found, in short.
    """

    fault: Fault
    is_caught: bool
    is_right: bool
    said: str = ""
    excuse: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a fault: a mutant that means the same, or something else that is valid, is not."""
        return self.is_caught or not self.excuse
