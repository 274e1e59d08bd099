"""The messages of changes, for each direction."""

from __future__ import annotations

import json
from typing import Any

from typedflow.schema._changes import Direction, Kind, format_change_path
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_notes import Note
from typedflow.values import KeyPath

#: By keyword: the message if files break, if readers break, if it is safe for files, if it is safe for readers.
_GAPS = {
    "type": (
        "{where} no longer accepts {inner}: it accepts {outer}",
        "{where} may now be {inner}, but the old model accepts only {outer}",
        "{where} now also accepts {inner}",
        "{where} is now {outer}, and no longer {inner}",
    ),
    "key": (
        "{where} is no longer a field, and unknown keys are rejected",
        "{where} is a new field, and the old model rejects unknown keys",
        "{where} is a new optional field",
        "{where} is no longer written",
    ),
    "required": (
        "{where} is {change}",
        "{where} is not always written, but the old model requires it",
        "{where} is now optional",
        "{where} is now always written",
    ),
    "unread": (
        "{where} is now a field: files may already set it, with a value that was ignored",
        "{where} may be written in a form that the old model does not accept",
        "{where} is no longer a field",
        "{where} is now written",
    ),
    "unknown keys": (
        "{where} no longer accepts unknown keys",
        "{where} may now contain unknown keys, which the old model rejects",
        "{where} now accepts unknown keys",
        "{where} no longer contains unknown keys",
    ),
    "keys": (
        "{where} accepts fewer keys than before: {outer}",
        "{where} may have keys that the old model rejects: it accepts {outer}",
        "{where} accepts more keys than before",
        "{where} contains fewer keys than before",
    ),
    "uniqueItems": (
        "{where} is now a set: duplicates are dropped",
        "{where} is no longer a set: the old model drops duplicates",
        "{where} is now a list and may contain duplicates",
        "{where} is now a set",
    ),
}
_LIMIT = (
    "{where} accepts less than before: {outer}, was {inner}",
    "{where} may contain more than the old model accepts: {inner}, was {outer}",
    "{where} accepts more than before: {inner}, was {outer}",
    "{where} contains less than before: {outer}, was {inner}",
)
_LIMITS = {
    "minimum": "{}",
    "maximum": "{}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} keys",
    "maxProperties": "at most {} keys",
    "multipleOf": "multiples of {}",
    "pattern": "strings that match `{}`",
    "format": "strings in the format {}",
}
_UNKNOWN = "{where}: the schema's `{keyword}` differs, with unknown consequences"
_NOTES = {
    "ignored": "{where} is no longer a field: files that set it have no effect",
    "omitted": "{where} is no longer written: the old model falls back to its default, {old}",
    "deprecated": "{where} is now deprecated",
    "default": "{where} now has the default {new}; it was {old}",
    "hidden default": "{where} has a default that schemas do not show: it may have changed",
}


def gap_message(gap: Gap, direction: Direction, kind: Kind) -> str:
    """Return the message for a gap; a safe change has its gap in the opposite direction."""
    if gap.keyword not in _GAPS and gap.keyword not in _LIMITS:
        return _UNKNOWN.format(where=_where(gap.path), keyword=gap.keyword)
    index = (0 if direction is Direction.FILES else 1) + (2 if kind is Kind.SAFE else 0)
    text = _GAPS.get(gap.keyword, _LIMIT)[index]
    change = "new and required" if gap.inner is None else "now required"
    inner, outer = (_limit_text(gap.keyword, value) for value in (gap.inner, gap.outer))
    return text.format(where=_where(gap.path), inner=inner, outer=outer, change=change)


def note_message(note: Note) -> str:
    """Return the message for a note."""
    old, new = (json.dumps(value, ensure_ascii=False) for value in (note.old, note.new))
    return _NOTES[note.keyword].format(where=_where(note.path), old=old, new=new)


def _where(path: KeyPath) -> str:
    return f"`{format_change_path(path)}`" if path else "the config"


def _limit_text(keyword: str, value: Any) -> str:
    if keyword not in _LIMITS:
        return str(value)
    return _LIMITS[keyword].format(value) if value else "no limit"
