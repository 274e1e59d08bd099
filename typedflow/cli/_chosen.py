"""What a command line chooses in a project: the flow, its bindings, the environment."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from typedflow.project import (
    BINDING_VARIABLE,
    DEFAULT_BINDING,
    ChosenEnvironment,
    ManifestError,
    Project,
    check_named,
    open_project,
)
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    KeyPathError,
    Location,
    TypedflowError,
    did_you_mean,
    listed,
    parse_path,
)
from typedflow.workspace import is_text, is_there

T = TypeVar("T")


class CommandLineError(TypedflowError):
    """The command line asks for what is not there: exit code 2."""


def wrong(message: str, *, hint: str = "", option: str = "") -> CommandLineError:
    """Give the error of one ``bad-option``."""
    place = Location(option) if option else None
    return CommandLineError([Diagnostic(RULES["bad-option"], message, place, hint=hint)])


def opened(arguments: argparse.Namespace) -> Project:
    """Open the project that the command line names, or the one around the working directory.

    Raises:
        TypedflowError: ``bad-option``, ``no-project`` or what is wrong with the manifest.
    """
    name = arguments.project
    start = Path(name or ".")
    if name is not None and not is_there(start):  # a project above what does not exist is not what was meant
        raise wrong("the directory does not exist", option=f"--project {name}")
    try:
        project = open_project(start)
    except ManifestError as error:
        arguments.root = error.root
        raise
    arguments.root = project.root
    return project


def chosen_flow(project: Project, name: str | None) -> str:
    """Give the flow that is named, or the only one of the project.

    Raises:
        TypedflowError: ``unknown-flow``; ``bad-option`` where one of several must be named.
    """
    if name is not None:
        project.unit(name)
        return name
    flows = list(project.manifest.flows)
    if len(flows) == 1:
        return flows[0]
    if not flows:
        raise wrong("the project has no flow", hint=f"add one to {project.source.name}: `[flows.NAME]` with its `file`")
    raise wrong(f"the project has several flows: {listed(flows)}", hint="name one of them")


def chosen_bindings(project: Project, flow: str, binding: str | None, *, every: bool = False) -> Sequence[str]:
    """Return the binding that is named, also by a variable, the flow's only one, or all where all are asked for.

    Raises:
        TypedflowError: ``unknown-binding``; ``bad-option`` where one of several must be named.
    """
    known = project.bindings(flow)
    if every:
        return known
    if binding is None:
        from typedflow.project import named_binding_of

        named = command_line(lambda: named_binding_of(project, flow))
        if named is not None or len(known) == 1:
            return known if named is None else [named]
        hint = f"name one with `--binding` or {BINDING_VARIABLE}"
        raise wrong(f"`{flow}` has several bindings: {listed(known)}", hint=hint)
    if binding not in (*known, DEFAULT_BINDING):
        command_line(lambda: project.binding_layer(flow, binding))
    return [binding]


def check_environment(project: Project, chosen: ChosenEnvironment | None) -> None:
    """Refuse an environment that is named and does not exist.

    Raises:
        TypedflowError: ``unknown-environment``.
    """
    if chosen is not None and chosen.name not in project.files.environments:
        command_line(lambda: check_named(project, chosen))


def check_bindings(projects: Iterable[Project], globs: Sequence[str], option: str = "--binding") -> None:
    """Refuse a glob that matches no binding of any flow: with a misspelt one, nothing would be looked at.

    ``option`` is the option, or the variable, that names the globs.

    Raises:
        TypedflowError: ``bad-option``.
    """
    known: dict[str, None] = {}
    is_complete = True
    for project in projects:
        for flow in project.manifest.flows:
            try:
                known.update(dict.fromkeys(project.bindings(flow)))
            except TypedflowError:
                is_complete = False  # a flow declares a binding that there is not: that is a finding
    for glob in globs:
        if (is_complete or not is_text(glob)) and not any(fnmatchcase(name, glob) for name in known):
            hint = did_you_mean(glob, known) or (f"the bindings: {listed(known)}" if known else "")
            raise wrong(f"no flow has a binding that matches `{glob}`", option=option, hint=hint)


def chosen_path(text: str | None) -> KeyPath:
    """Read a key path; the empty path, of everything, where none is given.

    Raises:
        TypedflowError: ``bad-option``.
    """
    try:
        return () if text is None else parse_path(text)
    except KeyPathError as error:
        raise wrong(str(error), hint='write it as in `model.layers[0]."a key"`', option=f"--path {text}") from None


def command_line(look_up: Callable[[], T]) -> T:
    """Look something up that the command line names: the fault is its own, whatever file the diagnostic points to.

    Raises:
        CommandLineError: what is wrong with it.
    """
    try:
        return look_up()
    except TypedflowError as error:
        raise CommandLineError(error.diagnostics) from None
