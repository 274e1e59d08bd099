"""What a user sees while variants are checked, and then deployed or run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from typedflow.cli._console import report
from typedflow.cli._environment import say_environment
from typedflow.cli._progress import progress
from typedflow.operations import CheckAdvanced, CheckFinished, EnvironmentChosen, Event
from typedflow.units import DeploymentProgress, RunsProgress
from typedflow.values import merge_findings


class _Table(Protocol):
    """Shows how far the work is."""

    def show(self, progress: Any, /) -> None: ...


@contextmanager
def variants_display(
    root: Path, open_table: Callable[[], AbstractContextManager[_Table]]
) -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows events; what is shown on a terminal is removed at the end."""
    with ExitStack() as stack:
        yield _Display(root, stack, open_table).show


class _Display:
    def __init__(self, root: Path, stack: ExitStack, open_table: Callable[[], AbstractContextManager[_Table]]) -> None:
        self._root, self._stack, self._open_table = root, stack, open_table
        self._bar: Callable[[int, int | None], None] | None = None
        self._table: _Table | None = None

    def show(self, event: Event) -> None:
        if isinstance(event, EnvironmentChosen):
            say_environment(event.environment)
        elif isinstance(event, CheckAdvanced):
            self._bar = self._bar or self._stack.enter_context(progress("checking"))
            self._bar(event.done, event.total)
        elif isinstance(event, CheckFinished):
            self._stack.close()
            report(merge_findings(event.findings), self._root)
        elif isinstance(event, DeploymentProgress | RunsProgress):
            self._table = self._table or self._stack.enter_context(self._open_table())
            self._table.show(event)
