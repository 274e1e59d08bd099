"""A table that is drawn again and again on a terminal, while work goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from typedflow.values import printable
from typedflow.workspace import variable

if TYPE_CHECKING:
    from rich.live import Live

#: Rows of a table; if there are more, only those of running work are shown.
MOST = 20
_COLORS = {
    **dict.fromkeys(("deployed", "succeeded"), "green"),
    **dict.fromkeys(("deploying", "running"), "cyan"),
    "failed": "red",
    "interrupted": "yellow",
}


class LiveTable:
    """A table on a terminal."""

    def __init__(self, live: Live) -> None:
        """Draw there."""
        self._live = live

    def draw(self, headers: Sequence[str], rows: Iterable[Sequence[str]], caption: str, *, flexible: str = "") -> None:
        """Draw the table; the column STATE is colored, and of the ``flexible`` columns, long cells are cut."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", caption=Text(caption, "dim"), caption_justify="left")
        for name in headers:
            table.add_column(name, no_wrap=name not in flexible.split())
        for row in rows:
            texts = [Text(printable(cell), no_wrap=True, overflow="ellipsis") for cell in row]
            for name, text in zip(headers, texts, strict=True):
                if name == "STATE":
                    text.stylize(_COLORS.get(text.plain, "dim"))
            table.add_row(*texts)
        self._live.update(table, refresh=True)


@contextmanager
def live_table() -> Iterator[LiveTable | None]:
    """Yield a table, which is removed at the end; None where nobody watches: elsewhere than on a terminal, or in CI."""
    if not sys.stderr.isatty() or variable("CI") or variable("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.live import Live

    with Live(console=Console(stderr=True), transient=True, auto_refresh=False) as live:
        yield LiveTable(live)
