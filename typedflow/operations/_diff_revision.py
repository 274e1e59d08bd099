"""A side at a git revision: its files are resolved by its own models, in a child process."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from typedflow.operations._errors import ArgumentError
from typedflow.operations._past_project import (
    import_as_it_was,
    name_by_revision,
    place_at_revision,
    refuse_current_modules,
)
from typedflow.project import (
    ChosenEnvironment,
    LoadedProject,
    Revision,
    Side,
    Unit,
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
class VariantRequest:
    """A variant of a project; ``today`` and ``tree`` are its repository as it is and as it was."""

    root: str
    today: str
    tree: str
    kind: str
    unit: str
    binding: str
    environment: str | None
    public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariantResponse:
    """The variant's leaves, each with its path, value and origin, those that are masked, or what is wrong with it."""

    leaves: tuple[tuple[KeyPath, Any, Location | None], ...] = ()
    masked: tuple[KeyPath, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


_request_adapter = TypeAdapter(VariantRequest)
_response_adapter = TypeAdapter(VariantResponse)


def side_at_revision(project: LoadedProject, unit: Unit, name: str, ref: str, variant: tuple[str, str | None]) -> Side:
    """Return the side of a variant as it was.

    Raises:
        ArgumentError: the revision does not exist, or the variant does not resolve there.
    """
    try:
        with revision(project.root, ref) as past:
            return replace(_ask(project, past, unit, variant), name=name)
    except TypedflowError as error:
        place = Location(name)
        raise ArgumentError(replace(item, location=item.location or place) for item in error.diagnostics) from None


def _ask(project: LoadedProject, past: Revision, unit: Unit, variant: tuple[str, str | None]) -> Side:
    environment = choose_environment(project, variant[1], option=f"{past.ref}:{variant[0]}@ENV").name
    trees = (str(past.root), str(past.today), str(past.tree))
    request = VariantRequest(*trees, unit.kind, unit.name, variant[0], environment, project.manifest.public)
    line = ask_child(_PROGRAM, _request_adapter.dump_json(request).decode(), past.root, project.manifest.check.timeout)
    found = _response_adapter.validate_json(line)
    if found.diagnostics:
        raise TypedflowError(place_at_revision(item, past) for item in found.diagnostics)
    leaves = {path: (value, name_by_revision(place, past) if place else None) for path, value, place in found.leaves}
    return Side("", leaves, frozenset(found.masked))


def answer(line: str) -> str:
    """Return the response to a request, as JSON."""
    request = _request_adapter.validate_json(line)
    before = set(sys.modules)
    import_as_it_was(request.today, request.tree)
    try:
        project = open_project(Path(request.root), {})  # from files only
        unit = project.unit(request.unit, (request.kind,))
        found = resolve(project, unit, request.binding, ChosenEnvironment(request.environment))
        refuse_current_modules(request.today, request.tree, before)
        side = side_of_variant("", found, project.root, request.public)
        leaves = tuple((path, value, place) for path, (value, place) in side.leaves.items())
        response = VariantResponse(leaves, tuple(side.masked))
    except TypedflowError as error:
        response = VariantResponse(diagnostics=error.diagnostics)
    return _response_adapter.dump_json(response).decode()
