"""What cannot be said in SQL, or not in that of an engine."""

from __future__ import annotations

from typedflow.values import Span


class SqlError(ValueError):
    """A sentence says what cannot be written or bound; ``span`` is the place in the file, if it is about one."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        """Keep the sentence and the place."""
        super().__init__(message)
        self.span = span
