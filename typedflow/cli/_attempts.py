"""Resolving several variants, each by itself: one that is wrong does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from typedflow.project import ChosenEnvironment, Project, Resolved, resolve
from typedflow.values import Diagnostic, TypedflowError


@dataclass(frozen=True, slots=True)
class Attempt:
    """A binding with its resolved config, or with what is wrong with it."""

    binding: str
    resolved: Resolved[Any] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def attempts(
    project: Project, flow: str, bindings: Sequence[str], environment: ChosenEnvironment, options: Sequence[str] = ()
) -> Iterator[Attempt]:
    """Resolve a flow under each binding, in one environment."""
    try:
        _ = project.model  # a model that cannot be loaded is not tried again for every binding
    except TypedflowError as error:
        yield from (Attempt(binding, diagnostics=error.diagnostics) for binding in bindings)
        return
    for binding in bindings:
        try:
            yield Attempt(binding, resolve(project, flow, binding, environment, options))
        except TypedflowError as error:
            yield Attempt(binding, diagnostics=error.diagnostics)
