"""Diagnostics for people: where, what, the line with a caret, the other locations, one thing to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.cells import cell_len

from typedflow.render._case_label import case_label, listed_few
from typedflow.render._color import Painter
from typedflow.render._finding_text import printable_finding
from typedflow.values import Diagnostic, Environments, Excerpt, Related, Span, format_location, printable

_TAB = "    "


def text(
    diagnostics: Iterable[Diagnostic],
    *,
    width: int = 120,
    color: bool = False,
    root: Path | None = None,
    count: bool = True,
    environments: Environments | None = None,
) -> str:
    """Return the text of diagnostics, one block each, and their number; files below the root are shown relative to it.

    ``environments`` are those in which each unit was checked; without them, no environment is named.

    Shape: ``width`` in terminal cells; source lines are cut around the caret, prose is wrapped.
    """
    items = [printable_finding(item, root) for item in dict.fromkeys(diagnostics)]
    paint = Painter(color)
    blocks = ["\n".join(_block(item, environments, width, paint)) for item in items]
    if count and len(items) > 1:
        blocks.append(f"{len(items)} problems")
    return "\n".join(blocks) + "\n" if blocks else ""


def _block(item: Diagnostic, environments: Environments | None, width: int, paint: Painter) -> Iterator[str]:
    code, name = item.rule
    place = f"{item.location}: " if item.location else ""
    weight = paint(item.severity.value, "bold red" if item.severity.value == "error" else "bold yellow")
    yield f"{paint(place, 'bold')}{weight} {paint(f'{code} {name}', 'bold')}: {item.message}"
    label = item.label
    if item.location and item.location.span and item.location.excerpt:
        yield from _excerpt(item.location.span, item.location.excerpt, label, width, paint)
        label = ""
    notes = [_related(role, places) for role, places in _by_role(item.related).items()]
    if cases := case_label(item.cases, environments):
        notes.append(f"binding {cases}")
    if notes:
        yield from _wrapped("; ".join(notes), width, paint)
    for advice in (label, item.hint):
        if advice:
            yield from _wrapped(f"help: {advice}", width, paint)


def _excerpt(span: Span, excerpt: Excerpt, label: str, width: int, paint: Painter) -> Iterator[str]:
    gutter = f"{span.line:>3} | "
    line, start, end = _window(_shown(excerpt), max(20, width - len(gutter)))
    carets = "^" * max(1, cell_len(line[start:end]))
    yield paint(gutter, "blue") + line
    margin = paint(" " * (len(gutter) - 2) + "| ", "blue") + " " * cell_len(line[:start])
    yield margin + paint(carets + (f" {label}" if label else ""), "red")


def _window(excerpt: Excerpt, space: int) -> tuple[str, int, int]:
    """Cut a long line so that its marked part is visible."""
    line, start, end = excerpt.line, excerpt.start, excerpt.end
    if len(line) <= space:
        return line, start, end
    first = max(0, min(start - space // 3, len(line) - space))
    return line[first : first + space], start - first, min(end, first + space) - first


def _shown(excerpt: Excerpt) -> Excerpt:
    """Return a printable excerpt with tabs replaced by spaces."""
    line = excerpt.line
    whole, before, marked = (_plain(part) for part in (line, line[: excerpt.start], line[: excerpt.end]))
    return Excerpt(whole, len(before), len(marked))


def _plain(line: str) -> str:
    return printable(line.replace("\t", _TAB))


def _by_role(related: Iterable[Related]) -> dict[str, list[Related]]:
    found: dict[str, list[Related]] = {}
    for item in related:
        found.setdefault(item.role, []).append(item)
    return found


def _related(role: str, places: list[Related]) -> str:
    shown = [
        format_location(item.location, column=False) + (f" {item.detail}" if item.detail else "") for item in places
    ]
    return f"{role} {listed_few(shown)}"


def _wrapped(note: str, width: int, paint: Painter) -> Iterator[str]:
    lines = textwrap.wrap(note, max(40, width - 4), break_long_words=False, break_on_hyphens=False)
    for index, line in enumerate(lines):
        yield (paint("  = ", "blue") if index == 0 else "    ") + line
