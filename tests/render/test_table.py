"""Tables: aligned by cells, cut only to a width."""

import pytest
from rich.cells import cell_len

from typedflow.render import table


def test_columns_are_aligned() -> None:
    """A column is as wide as its widest cell; nothing trails."""
    assert table(["A", "LONG"], [["first", "x"], ["b", "yy"]], width=None) == "A      LONG\nfirst  x\nb      yy\n"


def test_wide_characters_count_twice() -> None:
    """Cells are counted as terminals count them."""
    assert table(["A", "B"], [["日本", "x"], ["a", "y"]], width=None) == "A     B\n日本  x\na     y\n"


def test_without_a_width_nothing_is_cut() -> None:
    """A pipe gets whole cells."""
    assert table(["A"], [["x" * 500]], width=None) == f"A\n{'x' * 500}\n"


@pytest.mark.parametrize("width", [20, 30, 39])
def test_the_widest_column_is_cut(width: int) -> None:
    """Lines fit into the width, and a cut cell says so."""
    lines = table(["NAME", "IDENTITY"], [["training", "x" * 40], ["日本語", "日" * 20]], width=width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert lines[1].startswith("training  x")
    assert all(line.endswith("…") for line in lines[1:])


def test_a_hopeless_width_keeps_columns_readable() -> None:
    """A terminal too narrow for anything gets eight cells a column."""
    assert table(["A", "B"], [["x" * 20, "y" * 20]], width=1) == "A         B\nxxxxxxx…  yyyyyyy…\n"


def test_headers_alone() -> None:
    """A table without rows has its headers."""
    assert table(["A", "B"], [], width=80) == "A  B\n"


def test_cells_cannot_move_the_cursor() -> None:
    """What a terminal would act on is escaped, in headers as well."""
    assert table(["A\r"], [["a\x1b[2Jb\nc"]], width=None) == "A\\r\na\\x1b[2Jb\\nc\n"


def test_color_only_when_asked() -> None:
    """Headers are bold in color; cells are as ever."""
    assert table(["A"], [["a"]], width=None, color=True) == "\x1b[1mA\x1b[0m\na\n"
