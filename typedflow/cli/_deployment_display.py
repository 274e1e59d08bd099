"""What a user sees while variants are checked and deployed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from typedflow.cli._console import report
from typedflow.cli._deployment_table import DeploymentTable, deployment_table
from typedflow.cli._environment import say_environment
from typedflow.cli._progress import progress
from typedflow.operations import CheckAdvanced, CheckFinished, EnvironmentChosen, Event
from typedflow.units import DeploymentProgress
from typedflow.values import merge_findings


@contextmanager
def deployment_display(root: Path) -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows events; what is shown on a terminal is removed at the end."""
    with ExitStack() as stack:
        yield _Display(root, stack).show


class _Display:
    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._root, self._stack = root, stack
        self._bar: Callable[[int, int | None], None] | None = None
        self._table: DeploymentTable | None = None

    def show(self, event: Event) -> None:
        if isinstance(event, EnvironmentChosen):
            say_environment(event.environment)
        elif isinstance(event, CheckAdvanced):
            self._bar = self._bar or self._stack.enter_context(progress("checking"))
            self._bar(event.done, event.total)
        elif isinstance(event, CheckFinished):
            self._stack.close()
            report(merge_findings(event.findings), self._root)
        elif isinstance(event, DeploymentProgress):
            self._table = self._table or self._stack.enter_context(deployment_table())
            self._table.show(event)
