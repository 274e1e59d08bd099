"""Tables as data: for documents, and for spreadsheets."""

import csv
import io
from collections.abc import Sequence


def markdown(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give rows as a table of Markdown."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def comma_separated(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give rows as comma-separated values (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headers, *rows])
    return text.getvalue()
