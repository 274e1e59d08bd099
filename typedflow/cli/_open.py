"""The project that a command line names."""

import argparse
from pathlib import Path

from typedflow.operations import argument_error
from typedflow.project import LoadedProject, ManifestError, find_project, open_project
from typedflow.values import TypedflowError
from typedflow.workspace import is_there


def open_named_project(arguments: argparse.Namespace) -> LoadedProject:
    """Open the project that the command line names, or the one around the working directory.

    Raises:
        TypedflowError: ``bad-option``, ``no-project`` or what is wrong with the manifest.
    """
    name = arguments.project
    start = Path(name or ".")
    if name is not None and not is_there(start):  # a project above a missing directory is not what the user meant
        raise argument_error("the directory does not exist", option=f"--project {name}")
    return find_project(start)


def root_of(arguments: argparse.Namespace, error: TypedflowError) -> Path | None:
    """Return the directory from which an error's files are named: that of the project; None if there is none."""
    try:
        return error.root if isinstance(error, ManifestError) else open_project(Path(arguments.project or ".")).root
    except TypedflowError:
        return None
