"""What this process knows about the configs of the flow that it launches or checks, in addition to Metaflow.

Metaflow passes only text and plain values: their sources are looked up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typedflow.metaflow._results import EvaluationResults
    from typedflow.values import Source
    from typedflow.workspace import GitFacts


class LaunchState:
    """What is known about one flow's configs.

    ``defaults`` are the sources of the defaults that were read, by config and text. Those that were made of a model's
    instance are in ``instances``; for those that a project resolved, ``sidecars`` makes the sidecar's content.
    ``origins`` is what the run stores: that content, by config. ``results`` exists while the flow is checked.
    ``facts`` are those about the flow's code, once they have been needed.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self.defaults: dict[tuple[str, str], Source] = {}
        self.instances: set[Source] = set()
        self.sidecars: dict[Source, Callable[[], Any]] = {}
        self.origins: dict[str, Any] = {}
        self.results: EvaluationResults | None = None
        self.facts: GitFacts | None = None


_CURRENT: ContextVar[LaunchState] = ContextVar("launch_state", default=LaunchState())  # noqa: B039 # one for all threads


def launch_state() -> LaunchState:
    """Return the state of this process or, in a thread that checks a flow, that of the checked flow."""
    return _CURRENT.get()


def defaults_read() -> tuple[tuple[str, Source], ...]:
    """Return all defaults that this process has read: config names and sources."""
    return tuple((name, source) for (name, _), source in launch_state().defaults.items())


@contextmanager
def checking() -> Iterator[EvaluationResults]:
    """Collect the results of delayed values and their problems, instead of raising errors."""
    from typedflow.metaflow._results import EvaluationResults

    results = EvaluationResults()
    state = copy(launch_state())
    state.results = results
    token = _CURRENT.set(state)
    try:
        yield results
    finally:
        _CURRENT.reset(token)
