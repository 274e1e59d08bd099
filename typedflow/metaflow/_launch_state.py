"""What this process knows about the configs of the flow that it launches or checks, in addition to Metaflow.

Metaflow passes only text and plain values: their sources are looked up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from typedflow.metaflow._results import EvaluationResults
from typedflow.values import Source
from typedflow.workspace import GitFacts


@dataclass(slots=True)
class LaunchState:
    """What is known about one flow's configs.

    ``defaults`` are the sources of the defaults that were read, by config and text. Those that were made of a model's
    instance are in ``instances``; for those that a project resolved, ``sidecars`` makes the sidecar's content.
    ``origins`` is what the run stores: that content, by config. ``results`` exists while the flow is checked.
    ``facts`` are those about the flow's code, once they have been needed.
    """

    defaults: dict[tuple[str, str], Source] = field(default_factory=dict)
    instances: set[Source] = field(default_factory=set)
    sidecars: dict[Source, Callable[[], Any]] = field(default_factory=dict)
    origins: dict[str, Any] = field(default_factory=dict)
    results: EvaluationResults | None = None
    facts: GitFacts | None = None


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
    results = EvaluationResults()
    token = _CURRENT.set(replace(launch_state(), results=results))
    try:
        yield results
    finally:
        _CURRENT.reset(token)
