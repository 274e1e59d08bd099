"""Tables for terminals and pipes."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from typedflow.render._color import Painter
from typedflow.values import printable

_GAP = "  "
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_NARROWEST = 8


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None, color: bool = False) -> str:
    """Return rows under headers, aligned to terminal cells.

    Shape: ``width`` in cells; the widest columns are cut to fit. None cuts nothing.
    """
    lines = [list(map(printable, row)) for row in (headers, *rows)]
    sizes = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    if width is not None:
        _shrink(sizes, width - len(_GAP) * (len(sizes) - 1))
    paint = Painter(color)
    first, *others = (_GAP.join(map(_fitted, line, sizes)).rstrip() for line in lines)
    return "\n".join([paint(first, "bold"), *others]) + "\n"


def _shrink(sizes: list[int], space: int) -> None:
    """Shrink the widest column until the table fits, but leave every column printable_finding."""
    while sum(sizes) > space and max(sizes) > _NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1


def _fitted(cell: str, size: int) -> str:
    if cell_len(cell) <= size:
        return set_cell_size(cell, size)
    return set_cell_size(cell, size - 1) + _ELLIPSIS
