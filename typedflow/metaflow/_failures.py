"""Diagnostics on their way out of a flow that was started by ``python flow.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from metaflow.exception import MetaflowException

from typedflow.metaflow import _compat
from typedflow.project import terminal
from typedflow.render import text
from typedflow.values import Diagnostic, TypedflowError


class ConfigFailure(MetaflowException, TypedflowError):
    """Diagnostics as Metaflow prints an exception of its own: a headline and a message, no traceback."""

    headline = "Config problem"

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics and make their text for the terminal that standard error is."""
        TypedflowError.__init__(self, diagnostics)
        width, colour = terminal(sys.stderr)
        message = text(self.diagnostics, width=width - 4, colour=colour, root=Path.cwd())
        # Metaflow prints line and file of an exception without the column: they stay unset, the message has them.
        MetaflowException.__init__(self, msg="\n" + message.rstrip("\n"))

    def __str__(self) -> str:
        """Give the full text."""
        return str(self.message).strip("\n")


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Have diagnostics printed with those that other configs of the flow gave before.

    Raises:
        ConfigFailure: at once, where no command line is running.
    """
    earlier = _compat.delayed_failure()
    known = earlier.diagnostics if isinstance(earlier, ConfigFailure) else ()
    failure = ConfigFailure((*known, *diagnostics))
    if not _compat.delay_failure(failure):
        raise failure
