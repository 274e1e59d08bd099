"""Comparing what a model promised yesterday with what it promises today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from typedflow.schema._changes import Change, Direction, Kind
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_notes import Note, notes_of_files, notes_of_readers, renamed
from typedflow.schema._compare_walk import Walk
from typedflow.schema._compare_words import of_gap, of_note
from typedflow.schema._contract import Contract
from typedflow.values import KeyPath

Document: TypeAlias = "dict[str, Any]"

_ALL = (Direction.FILES, Direction.READERS)
_WEIGHT = {Kind.BREAKING: 0, Kind.RISKY: 1, Kind.SAFE: 2}


def compare(old: Contract, new: Contract, directions: Iterable[Direction] = _ALL) -> list[Change]:
    """Return every change of a model, what hurts most first, each as each direction sees it.

    ``files``: does what yesterday's model took from files fit today's? ``readers``: does what today's model writes fit
    yesterday's? Where no change is breaking or risky, everything does.
    """
    found: list[Change] = []
    for direction in directions:
        if direction is Direction.FILES:
            notes = list(notes_of_files(old.files, new.files))
            changes = _changes(direction, (old.files, new.files), (new.files, old.files), notes)
            found += _advised(changes, renamed(old.files, new.files))
        else:
            notes = list(notes_of_readers(old.read, new.read))
            found += _changes(direction, (new.written, old.read), (old.written, new.read), notes)
    return sorted(found, key=lambda change: _WEIGHT[change.kind])


def _changes(
    direction: Direction, way: tuple[Document, Document], back: tuple[Document, Document], notes: list[Note]
) -> Iterator[Change]:
    """Return the changes of one direction, each place as what it is at worst.

    What does not fit on the way hurts; where only the way back has a gap, more fits than before.
    """
    gaps = _gaps(*way)
    places = {gap.path for gap in gaps}
    for gap in gaps:
        yield _of_gap(gap, direction, Kind.BREAKING if gap.is_certain else Kind.RISKY)
    seen: dict[KeyPath, set[str]] = {}
    for note in notes:
        known = seen.setdefault(note.path, set())
        if note.keyword not in known and not (note.path in places and note.keyword in {"unwritten", "unheeded"}):
            known.add(note.keyword)
            yield Change(note.kind, direction, note.path, note.keyword, of_note(note), note.old, note.new)
    risky = {note.path for note in notes if note.kind is Kind.RISKY}
    for gap in _gaps(*back):
        if gap.path not in places and gap.path not in risky:
            yield _of_gap(gap, direction, Kind.SAFE)


def _gaps(inner: Document, outer: Document) -> list[Gap]:
    found = Walk(inner, outer).gaps(inner, outer)
    return list({(gap.path, gap.keyword): gap for gap in found}.values())


def _of_gap(gap: Gap, direction: Direction, kind: Kind) -> Change:
    forwards = (direction is Direction.FILES) is not (kind is Kind.SAFE)
    old, new = (gap.inner, gap.outer) if forwards else (gap.outer, gap.inner)
    return Change(kind, direction, gap.path, gap.keyword, of_gap(gap, direction, kind), old, new)


def _advised(changes: Iterable[Change], names: dict[KeyPath, str]) -> Iterator[Change]:
    """Add what to do about a field that seems to have another name now."""
    for change in changes:
        name = names.get(change.path)
        if name is None or change.kind is Kind.SAFE:
            yield change
            continue
        choices = f'AliasChoices("{name}", "{change.path[-1]}")'
        yield replace(change, hint=f"renamed to `{name}`? then keep the old key: `Field(validation_alias={choices})`")
