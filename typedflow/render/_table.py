"""Tables for terminals and pipes."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from typedflow.render._colour import Painter
from typedflow.values import printable

_GAP = "  "
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_NARROWEST = 8


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None, colour: bool = False) -> str:
    """Return rows under headers, aligned by terminal cells.

    Shape: ``width`` in cells, the widest columns are cut to fit into it; None cuts nothing.
    """
    lines = [list(map(printable, row)) for row in (headers, *rows)]
    sizes = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    if width is not None:
        _shrink(sizes, width - len(_GAP) * (len(sizes) - 1))
    paint = Painter(colour)
    first, *others = (_GAP.join(map(_fitted, line, sizes)).rstrip() for line in lines)
    return "\n".join([paint(first, "bold"), *others]) + "\n"


def _shrink(sizes: list[int], room: int) -> None:
    """Take from the widest column, as often as needed, and leave every column readable."""
    while sum(sizes) > room and max(sizes) > _NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1


def _fitted(cell: str, size: int) -> str:
    if cell_len(cell) <= size:
        return set_cell_size(cell, size)
    return set_cell_size(cell, size - 1) + _ELLIPSIS
