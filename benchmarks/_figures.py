"""Figures: a ratio, its upper limit, and its line in the table."""

from __future__ import annotations

from dataclasses import dataclass

_WIDTH = 76


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured ratio; without a target it is for information."""

    name: str
    ratio: float
    target: float | None = None


def heading() -> str:
    """Return the head of the table."""
    return f"{'':{_WIDTH}} {'ratio':>6}  target"


def line(figure: Figure) -> str:
    """Return the line of a figure in the table."""
    text = f"{figure.name:{_WIDTH}} {figure.ratio:6.2f}"
    if figure.target is None:
        return text
    return f"{text}  {figure.target:.2f} {'met' if figure.ratio <= figure.target else 'not met'}"
