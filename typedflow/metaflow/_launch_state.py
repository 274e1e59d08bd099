"""What this process knows about the configs of the flow that it launches or judges, beside what Metaflow keeps.

Metaflow passes texts and plain values only: where they came from is looked up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from typedflow.metaflow._results import EvaluationResults
from typedflow.values import Source


@dataclass(slots=True)
class LaunchState:
    """What is known about the configs of one flow.

    ``defaults`` are the sources of the defaults that were read, by config and text. Those that were made of a model's
    instance are in ``instances``; for those that a project resolved, ``sidecars`` makes the sidecar's content.
    ``origins`` is what the run stores: that content, by config. ``results`` is there while the flow is judged.
    """

    defaults: dict[tuple[str, str], Source] = field(default_factory=dict)
    instances: set[Source] = field(default_factory=set)
    sidecars: dict[Source, Callable[[], Any]] = field(default_factory=dict)
    origins: dict[str, Any] = field(default_factory=dict)
    results: EvaluationResults | None = None


_CURRENT: ContextVar[LaunchState] = ContextVar("launch_state", default=LaunchState())  # noqa: B039 # one for all threads


def launch_state() -> LaunchState:
    """Return the state of this process or, in a thread that judges a flow, that of the judged flow."""
    return _CURRENT.get()


def defaults_read() -> tuple[tuple[str, Source], ...]:
    """Return all defaults that this process has read: the names of their configs, and their sources."""
    return tuple((name, source) for (name, _), source in launch_state().defaults.items())


@contextmanager
def judging() -> Iterator[EvaluationResults]:
    """Collect the results of delayed values, and what is wrong with them, in place of raising it."""
    results = EvaluationResults()
    token = _CURRENT.set(replace(launch_state(), results=results))
    try:
        yield results
    finally:
        _CURRENT.reset(token)
