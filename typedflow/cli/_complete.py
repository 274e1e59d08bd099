"""What a shell completes from the project: nothing if the project cannot be read, as errors cannot be shown."""

import argparse
from collections.abc import Sequence

from typedflow.cli._open import open_named_project
from typedflow.values import RULES, TypedflowError


def flows(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the project's flows."""
    try:
        return list(open_named_project(arguments).manifest.flows)
    except TypedflowError:
        return []


def bindings(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the bindings of the flow that the command line names, or all."""
    try:
        project = open_named_project(arguments)
        known = project.manifest.flows
        named = getattr(arguments, "flow", None)
        names = [named] if named in known else list(known)
        found = dict.fromkeys(binding for name in names for binding in project.bindings(name))
        return [binding for binding in found if binding.isprintable()]
    except TypedflowError:
        return []


def environments(arguments: argparse.Namespace) -> Sequence[str]:
    """Return the environments that have settings."""
    try:
        return list(open_named_project(arguments).files.environments)
    except TypedflowError:
        return []


def rules(_: argparse.Namespace) -> Sequence[str]:
    """Return the codes and names of all rules; they need no project."""
    return [part for rule in RULES.values() for part in rule]
