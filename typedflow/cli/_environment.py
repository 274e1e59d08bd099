"""Prints which environment a command uses, and why, and which variant."""

from __future__ import annotations

from collections.abc import Iterable

from typedflow.cli._console import say
from typedflow.project import ChosenEnvironment, LoadedProject
from typedflow.values import TypedflowError


def say_environment(chosen: ChosenEnvironment) -> None:
    """Print which environment a command uses, and why; nothing if the environment of the project never changes."""
    if chosen.reason:
        reason = chosen.reason if chosen.path else f"selected with {chosen.reason}"
        say(f"environment {chosen.name}: {reason}" if chosen.name else f"no environment: {reason}")


def say_variant(identity: str | None, digest: str | None) -> None:
    """Print the identity of a variant and the digest of its settings; nothing if it has no identity."""
    if identity is not None:
        say(f"{identity}, digest {digest}" if digest else identity)


def say_environments(projects: Iterable[LoadedProject], named: ChosenEnvironment | None) -> None:
    """Print which environments of some projects are checked, and why: the named one, or all."""
    if named is not None:
        say_environment(named)
        return
    chosen = (project for project in projects if project.manifest.environments.by_checkout)
    for names in dict.fromkeys(tuple(_possible(project)) for project in chosen):
        if not any(names):
            continue
        shown = ", ".join(name or "none" for name in names)
        say(f"environment{'' if len(names) == 1 else 's'} {shown}: all, because none is selected")


def _possible(project: LoadedProject) -> list[str | None]:
    try:
        return project.possible_environments()
    except TypedflowError:  # the settings directory cannot be read: that is a finding
        return []
