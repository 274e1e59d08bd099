"""What a user sees of a check while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from typedflow.cli._console import say
from typedflow.cli._environment import say_environments
from typedflow.cli._fixing import say_rejected
from typedflow.cli._progress import progress
from typedflow.operations import CheckAdvanced, CheckStarts, Event, FixesTried
from typedflow.project import BINDING_VARIABLE


@contextmanager
def check_display() -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows events; progress is removed at the end."""
    with progress("checking") as tell:

        def show(event: Event) -> None:
            if isinstance(event, CheckAdvanced):
                tell(event.done, event.total)
            elif isinstance(event, CheckStarts):
                if event.binding_by_variable:
                    say(f"binding {event.binding_by_variable}: selected with {BINDING_VARIABLE}")
                say_environments(event.projects, event.environment)
            elif isinstance(event, FixesTried):
                say_rejected(event.fixes)

        yield show
