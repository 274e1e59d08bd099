"""Reporting diagnostics in a flow that was started by ``python flow.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NoReturn

from typedflow import render
from typedflow.metaflow import _compat
from typedflow.values import Diagnostic, TypedflowError
from typedflow.workspace import terminal, working_directory


class ConfigFailure(TypedflowError, _compat.ClickException):  # noqa: N818 # named like click's exceptions
    """Diagnostics that end a command.

    Metaflow reports mistakes in configs as click's ``UsageError``; this is a sibling of it. Not a MetaflowException,
    because Metaflow removes asterisks from their text and prints them without color.
    """

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """``diagnostics`` are all the problems to print."""
        TypedflowError.__init__(self, diagnostics)
        self.message = TypedflowError.__str__(self)

    def __str__(self) -> str:
        """Return the full text, without color."""
        return "\n" + render.text(self.diagnostics, root=working_directory())

    def show(self, file: object = None) -> None:  # noqa: ARG002 # click's signature
        """Print the diagnostics to standard error; click calls this, and exits."""
        width, color = terminal(sys.stderr)
        sys.stderr.write(render.text(self.diagnostics, width=width, color=color, root=working_directory()))
        sys.stderr.flush()


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Report diagnostics together with earlier ones of the flow's other configs; ``--help`` still works.

    Raises:
        ConfigFailure: immediately, if no command line is running.
    """
    earlier = _compat.delayed_failure()
    known = earlier.diagnostics if isinstance(earlier, ConfigFailure) else ()
    failure = ConfigFailure((*known, *diagnostics))
    if _compat.help_is_asked():
        failure.show()
    elif not _compat.delay_failure(failure):
        raise failure


def exit_with(failure: ConfigFailure) -> NoReturn:
    """End a flow's script before Metaflow's command line exists."""
    failure.show()
    raise SystemExit(failure.exit_code)
