"""The one root of typedflow's exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedflow.values._diagnostics import Diagnostic


class TypedflowError(Exception):
    """The caller cannot continue; ``diagnostics`` has all findings that say why, in order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the exception's own text is one plain line for each."""
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        """Return a line for each diagnostic, for logs and tracebacks; ``render`` has the full text."""
        return "\n".join(_line(diagnostic) for diagnostic in self.diagnostics)


def _line(diagnostic: Diagnostic) -> str:
    from typedflow.values._printable import printable

    place = f"{diagnostic.location}: " if diagnostic.location else ""
    advice = "; ".join(part for part in (diagnostic.label, diagnostic.hint) if part)
    code, name = diagnostic.rule
    return printable(f"{place}{code} {name}: {diagnostic.message}" + (f" ({advice})" if advice else ""))
