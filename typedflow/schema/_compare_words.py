"""What is said of a change, for each direction: of what no longer fits, and of what fits still."""

from __future__ import annotations

import json
from typing import Any

from typedflow.schema._changes import Direction, Kind, shown
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_notes import Note
from typedflow.values import KeyPath

#: By keyword: said where files no longer fit, where readers are lost, and where files and readers gain.
_GAPS = {
    "type": (
        "{where} no longer takes {inner}: it takes {outer}",
        "{where} may now be {inner}, and yesterday's model takes {outer}",
        "{where} now also takes {inner}",
        "{where} is {outer}, never {inner} any more",
    ),
    "key": (
        "{where} is no field any more, and unknown keys are refused",
        "{where} is a new field, and yesterday's model refuses unknown keys",
        "{where} is a new field that files may leave out",
        "{where} is not written any more",
    ),
    "required": (
        "{where} is {change}",
        "{where} is not always written, and yesterday's model needs it",
        "{where} may be left out now",
        "{where} is always written now",
    ),
    "unread": (
        "{where} is read now: files may hold it already, unheeded till now",
        "{where} is not written as yesterday's model reads it",
        "{where} is not read any more",
        "{where} is written now",
    ),
    "unknown keys": (
        "{where} no longer takes unknown keys",
        "{where} may hold unknown keys now, which yesterday's model refuses",
        "{where} now takes unknown keys",
        "{where} no longer holds unknown keys",
    ),
    "keys": (
        "{where} takes fewer keys than before: {outer}",
        "{where} may have keys that yesterday's model refuses: it takes {outer}",
        "{where} takes more keys than before",
        "{where} has fewer keys than before",
    ),
    "uniqueItems": (
        "{where} is a set now: what is there twice counts once",
        "{where} is no set any more: yesterday's model drops what is there twice",
        "{where} is a list now, where an item may be there twice",
        "{where} is a set now",
    ),
}
_LIMIT = (
    "{where} takes less than before: {outer}, was {inner}",
    "{where} may hold more than yesterday's model takes: {inner}, was {outer}",
    "{where} takes more than before: {inner}, was {outer}",
    "{where} holds less than before: {outer}, was {inner}",
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
    "pattern": "text like `{}`",
    "format": "text of the format {}",
}
_UNKNOWN = "{where}: `{keyword}` of the schema differs, and what follows from that is not known"
_NOTES = {
    "unheeded": "{where} is no field any more: files that set it set nothing",
    "unwritten": "{where} is not written any more: yesterday's model falls back to its default, {old}",
    "deprecated": "{where} is deprecated now",
    "default": "{where} is {new} where a file leaves it out; it was {old}",
    "hidden default": "{where} has a default that no schema shows: files that leave it out may mean another value now",
}


def of_gap(gap: Gap, direction: Direction, kind: Kind) -> str:
    """Return the message of a gap; for a safe change the gap is that of the other way round."""
    if gap.keyword not in _GAPS and gap.keyword not in _LIMITS:
        return _UNKNOWN.format(where=_where(gap.path), keyword=gap.keyword)
    index = (0 if direction is Direction.FILES else 1) + (2 if kind is Kind.SAFE else 0)
    text = _GAPS.get(gap.keyword, _LIMIT)[index]
    change = "new and required" if gap.inner is None else "required now"
    inner, outer = (_limit(gap.keyword, value) for value in (gap.inner, gap.outer))
    return text.format(where=_where(gap.path), inner=inner, outer=outer, change=change)


def of_note(note: Note) -> str:
    """Return the message of a note."""
    old, new = (json.dumps(value, ensure_ascii=False) for value in (note.old, note.new))
    return _NOTES[note.keyword].format(where=_where(note.path), old=old, new=new)


def _where(path: KeyPath) -> str:
    return f"`{shown(path)}`" if path else "the whole"


def _limit(keyword: str, value: Any) -> str:
    if keyword not in _LIMITS:
        return str(value)
    return _LIMITS[keyword].format(value) if value else "no limit"
