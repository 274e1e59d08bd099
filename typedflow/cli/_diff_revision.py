"""A side at a git revision: its files are resolved by its own models, in a process of its own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from typedflow.cli._chosen import CommandLineError
from typedflow.cli._past import at_revision, import_as_it_was, named, refuse_todays
from typedflow.project import (
    ChosenEnvironment,
    Project,
    Revision,
    Side,
    choose_environment,
    open_project,
    resolve,
    revision,
    side_of_variant,
)
from typedflow.values import Diagnostic, KeyPath, Location, TypedflowError
from typedflow.workspace import ask_child

_PROGRAM = f"{__name__}:answer"


@dataclass(frozen=True, slots=True)
class Question:
    """Which variant of which project; ``today`` and ``tree`` are its repository as it is and as it was."""

    root: str
    today: str
    tree: str
    flow: str
    binding: str
    environment: str | None
    public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The variant's leaves, each with its path, value and origin, those that are masked, or what is wrong with it."""

    leaves: tuple[tuple[KeyPath, Any, Location | None], ...] = ()
    masked: tuple[KeyPath, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


_QUESTIONS = TypeAdapter(Question)
_ANSWERS = TypeAdapter(Answer)


def side_at_revision(project: Project, flow: str, name: str, ref: str, variant: tuple[str, str | None]) -> Side:
    """Give the side of a variant as it was.

    Raises:
        CommandLineError: there is no such revision, or the variant does not resolve there.
    """
    try:
        with revision(project.root, ref) as past:
            return replace(_asked(project, past, flow, variant), name=name)
    except TypedflowError as error:
        place = Location(name)
        raise CommandLineError(replace(item, location=item.location or place) for item in error.diagnostics) from None


def _asked(project: Project, past: Revision, flow: str, variant: tuple[str, str | None]) -> Side:
    environment = choose_environment(project, variant[1], option=f"{past.ref}:{variant[0]}@ENV").name
    trees = (str(past.root), str(past.today), str(past.tree))
    asked = Question(*trees, flow, variant[0], environment, project.manifest.public)
    line = ask_child(_PROGRAM, _QUESTIONS.dump_json(asked).decode(), past.root, project.manifest.check.timeout)
    found = _ANSWERS.validate_json(line)
    if found.diagnostics:
        raise TypedflowError(at_revision(item, past) for item in found.diagnostics)
    leaves = {path: (value, named(place, past) if place else None) for path, value, place in found.leaves}
    return Side("", leaves, frozenset(found.masked))


def answer(request: str) -> str:
    """Return the answer to a question, as JSON."""
    asked = _QUESTIONS.validate_json(request)
    before = set(sys.modules)
    import_as_it_was(asked.today, asked.tree)
    try:
        project = open_project(Path(asked.root), {})  # of the files alone
        found = resolve(project, asked.flow, asked.binding, ChosenEnvironment(asked.environment))
        refuse_todays(asked.today, asked.tree, before)
        side = side_of_variant("", found, project.root, asked.public)
        leaves = tuple((path, value, place) for path, (value, place) in side.leaves.items())
        answered = Answer(leaves, tuple(side.masked))
    except TypedflowError as error:
        answered = Answer(diagnostics=error.diagnostics)
    return _ANSWERS.dump_json(answered).decode()
