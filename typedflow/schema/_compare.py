"""Compares two contracts of a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from typedflow.schema._changes import Change, Direction, Kind
from typedflow.schema._compare_gap_finder import GapFinder
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_messages import gap_message, note_message
from typedflow.schema._compare_notes import Note, find_file_notes, find_reader_notes, find_renamed_fields
from typedflow.schema._contract import Contract
from typedflow.values import KeyPath

Document: TypeAlias = "dict[str, Any]"

_ALL = (Direction.FILES, Direction.READERS)
_SEVERITY = {Kind.BREAKING: 0, Kind.RISKY: 1, Kind.SAFE: 2}


def compare(old: Contract, new: Contract, directions: Iterable[Direction] = _ALL) -> list[Change]:
    """Return every change of a model for each direction, the most severe first.

    ``files``: does the new model accept every file that the old model accepts? ``readers``: does the old model accept
    everything that the new model writes? If no change is breaking or risky, it does.
    """
    found: list[Change] = []
    for direction in directions:
        if direction is Direction.FILES:
            notes = list(find_file_notes(old.files, new.files))
            changes = _changes(direction, (old.files, new.files), (new.files, old.files), notes)
            found += _add_rename_hints(changes, find_renamed_fields(old.files, new.files))
        else:
            notes = list(find_reader_notes(old.read, new.read))
            found += _changes(direction, (new.written, old.read), (old.written, new.read), notes)
    return sorted(found, key=lambda change: _SEVERITY[change.kind])


def _changes(
    direction: Direction, way: tuple[Document, Document], back: tuple[Document, Document], notes: list[Note]
) -> Iterator[Change]:
    """Return the changes of one direction, each path with its most severe kind.

    A gap from ``way``'s inner schema to its outer one breaks or is risky; a gap in ``back`` alone is safe.
    """
    gaps = _gaps(*way)
    paths = {gap.path for gap in gaps}
    for gap in gaps:
        yield _gap_change(gap, direction, Kind.BREAKING if gap.is_certain else Kind.RISKY)
    seen: dict[KeyPath, set[str]] = {}
    for note in notes:
        known = seen.setdefault(note.path, set())
        if note.keyword not in known and not (note.path in paths and note.keyword in {"omitted", "ignored"}):
            known.add(note.keyword)
            yield Change(note.kind, direction, note.path, note.keyword, note_message(note), note.old, note.new)
    risky = {note.path for note in notes if note.kind is Kind.RISKY}
    for gap in _gaps(*back):
        if gap.path not in paths and gap.path not in risky:
            yield _gap_change(gap, direction, Kind.SAFE)


def _gaps(inner: Document, outer: Document) -> list[Gap]:
    found = GapFinder(inner, outer).find_gaps(inner, outer)
    return list({(gap.path, gap.keyword): gap for gap in found}.values())


def _gap_change(gap: Gap, direction: Direction, kind: Kind) -> Change:
    forwards = (direction is Direction.FILES) is not (kind is Kind.SAFE)
    old, new = (gap.inner, gap.outer) if forwards else (gap.outer, gap.inner)
    return Change(kind, direction, gap.path, gap.keyword, gap_message(gap, direction, kind), old, new)


def _add_rename_hints(changes: Iterable[Change], names: dict[KeyPath, str]) -> Iterator[Change]:
    """Add a hint to each field that was probably renamed."""
    for change in changes:
        name = names.get(change.path)
        if name is None or change.kind is Kind.SAFE:
            yield change
            continue
        choices = f'AliasChoices("{name}", "{change.path[-1]}")'
        yield replace(
            change, hint=f"if you renamed it to `{name}`, keep the old key: `Field(validation_alias={choices})`"
        )
