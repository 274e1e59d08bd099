"""What a shell completes from the project: nothing if the project cannot be read, as errors cannot be shown."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli._open import open_named_project
from typedflow.operations import choose_unit
from typedflow.values import RULES, TypedflowError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.project import LoadedProject, Unit


def units(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the project's units; the kind is written before a name that several have."""
    try:
        found = open_named_project(arguments).units
        names = [unit.name for unit in found]
        return [unit.name if names.count(unit.name) == 1 else f"{unit.kind}:{unit.name}" for unit in found]
    except TypedflowError:
        return []


def tables(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the project's tables."""
    try:
        return [unit.name for unit in open_named_project(arguments).units if unit.kind == "table"]
    except TypedflowError:
        return []


def bindings(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the bindings of the unit that the command line names, or of all."""
    try:
        project = open_named_project(arguments)
        found = dict.fromkeys(binding for unit in _meant(project, arguments) for binding in project.bindings(unit))
        return [binding for binding in found if binding.isprintable()]
    except TypedflowError:
        return []


def _meant(project: LoadedProject, arguments: argparse.Namespace) -> Sequence[Unit]:
    named = getattr(arguments, "flow", None) or getattr(arguments, "tables", None) or ()
    try:
        return [choose_unit(project, name) for name in ([named] if isinstance(named, str) else named)] or project.units
    except TypedflowError:
        return project.units


def environments(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the environments that have settings."""
    try:
        return list(open_named_project(arguments).environments)
    except TypedflowError:
        return []


def rules(_: argparse.Namespace) -> Sequence[str]:
    """Return the codes and names of all rules; they need no project."""
    return [part for rule in RULES.values() for part in rule]
