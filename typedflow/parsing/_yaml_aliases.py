"""YAML's anchors, and the size and depth of the values that their aliases repeat."""

from typing import Any, NamedTuple


class Anchored(NamedTuple):
    """An anchored value; ``size`` counts its values with aliases expanded, ``height`` is its depth of nesting."""

    value: Any
    size: int
    height: int


class Anchors:
    """The anchors of a document so far. An anchor whose value is still being read is None."""

    __slots__ = ("_measured", "by_name")

    def __init__(self) -> None:
        """Start without anchors."""
        self.by_name: dict[str, Anchored | None] = {}
        # By identity; each entry keeps its value alive, so that no identity is reused.
        self._measured: dict[int, Anchored] = {}

    def open(self, name: str) -> None:
        """Begin the value of an anchor; it replaces an earlier anchor of that name."""
        self.by_name[name] = None

    def close(self, name: str, value: Any) -> None:
        """End the value of an anchor, unless a node inside it has reused its name."""
        anchored = Anchored(value, *self._measure(value))
        if self.by_name[name] is None:
            self.by_name[name] = anchored
        if anchored.height:
            self._measured[id(value)] = anchored

    def _measure(self, value: Any) -> tuple[int, int]:
        # Inner anchors have been measured, so nothing is counted twice and a bomb costs no more than its text.
        if value.__class__ not in (dict, list):
            return 1, 0
        known = self._measured.get(id(value))
        if known is not None:
            return known.size, known.height
        items = value.values() if value.__class__ is dict else value
        measures = [self._measure(item) for item in items]
        return 1 + sum(size for size, _ in measures), 1 + max((height for _, height in measures), default=0)
