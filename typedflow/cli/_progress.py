"""Progress of long work, for a user at a terminal; elsewhere nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from typedflow.values import printable


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Yield a function that shows how much is done, and of how much if that is known; it is removed at the end."""
    if not sys.stderr.isatty():
        yield lambda done, total: None  # noqa: ARG005 # nobody is there to see
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(printable(what), total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
