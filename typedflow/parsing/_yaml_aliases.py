"""YAML's anchors, and how large and how deep the values are that their aliases repeat."""

from typing import Any, NamedTuple


class Anchored(NamedTuple):
    """An anchored value; ``size`` counts its values with aliases expanded, ``height`` its levels of nesting."""

    value: Any
    size: int
    height: int


class Anchors:
    """The anchors of a document so far. An anchor whose value is still being read is None."""

    __slots__ = ("_measured", "by_name")

    def __init__(self) -> None:
        """Start without anchors."""
        self.by_name: dict[str, Anchored | None] = {}
        # By identity, and holding the value, so that an identity is never used again.
        self._measured: dict[int, Anchored] = {}

    def open(self, name: str) -> None:
        """Begin the value of an anchor; an earlier anchor of that name is no longer meant."""
        self.by_name[name] = None

    def close(self, name: str, value: Any) -> None:
        """End the value of an anchor, whose name may be another's since: that of a later node inside it."""
        anchored = Anchored(value, *self._measure(value))
        if self.by_name[name] is None:
            self.by_name[name] = anchored
        if anchored.height:
            self._measured[id(value)] = anchored

    def _measure(self, value: Any) -> tuple[int, int]:
        # Inner anchors are measured already, so nothing is counted twice and a bomb costs no more than its text.
        if value.__class__ not in (dict, list):
            return 1, 0
        known = self._measured.get(id(value))
        if known is not None:
            return known.size, known.height
        items = value.values() if value.__class__ is dict else value
        measures = [self._measure(item) for item in items]
        return 1 + sum(size for size, _ in measures), 1 + max((height for _, height in measures), default=0)
