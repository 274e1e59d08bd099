"""The style of a document: everything that does not change its values."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Style:
    """The style of a document; the defaults are the simplest.

    ``order`` and ``mix`` are random seeds; 0 keeps the order of the keys, and uses one style throughout.
    """

    order: int = 0
    mix: int = 0
    quotes: int = 0
    nesting: int = 0
    numbers: int = 0
    indent: int = 2
    comments: bool = False
    crlf: bool = False

    @cached_property
    def _random(self) -> random.Random:
        return random.Random(self.mix)  # noqa: S311 # a style is no secret

    def pick(self, choice: int, ways: int) -> int:
        """Return one of several ways to write something: the document's choice, or a random one if it mixes styles."""
        return self._random.randrange(ways) if self.mix else choice % ways

    def keys(self, tree: dict[str, T]) -> list[tuple[str, T]]:
        """Return the items of a mapping in the order of the document."""
        items = list(tree.items())
        if self.order:
            random.Random(self.order).shuffle(items)  # noqa: S311 # the same
        return items

    def comment(self) -> str:
        """Return a comment for the end of a line, or nothing."""
        return "  # as agreed: {x} [y] 'z'" if self.comments and self.pick(1, 3) == 1 else ""

    def with_line_ends(self, text: str) -> str:
        """Return the text with the document's line ends."""
        return text.replace("\n", "\r\n") if self.crlf else text


class Raw(str):
    """A key or a value that is written to the document verbatim."""

    __slots__ = ()


STYLES = st.builds(
    Style,
    order=st.integers(0, 7),
    mix=st.integers(0, 255),
    quotes=st.integers(0, 3),
    nesting=st.integers(0, 2),
    numbers=st.integers(0, 2),
    indent=st.sampled_from([2, 4, 0, 1, 8]),
    comments=st.booleans(),
    crlf=st.booleans(),
)
