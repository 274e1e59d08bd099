"""Faults of values: another type, another kind, out of range, misspelled, null, not finite, YAML 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.faults._entries import Entry, entries
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import replaced, typo

#: Plain scalars that YAML 1.1 reads differently than YAML 1.2.
_YAML_1_1 = ("no", "0777", "1_000", "12:30:45")


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every value of every settings file, and of the manifest."""
    for file in (*subject.settings, *([subject.manifest] if subject.manifest else [])):
        for entry in entries(file, subject.files[file]):
            yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[Fault]:
    value = entry.value
    for kind, new in (
        ("value of another type", _other_type(value)),
        ("value of another kind", _other_kind(value)),
        ("number too small", "-1000000" if _is_number(value) else None),
        ("number too large", "1000000000000" if _is_number(value) else None),
        ("value misspelt", _misspelt(entry)),
        ("value empty", '""' if isinstance(value, str) else "[]" if isinstance(value, list) else None),
        ("null", "null" if entry.format in {"json", "yaml"} else None),
    ):
        if new is not None:
            yield from _changed(entry, kind, new, is_silent=False)
    if _is_number(value):
        for new in {"json": ("NaN", "Infinity"), "yaml": (".nan", "-.inf"), "toml": ("nan", "inf")}.get(
            entry.format or "", ()
        ):
            yield from _changed(entry, "number not finite", new, is_silent=True)
    if entry.format == "yaml" and entry.is_leaf and not isinstance(value, list | dict):
        for new in _YAML_1_1:
            yield from _changed(entry, "scalar of YAML 1.1", new, is_silent=True)
        yield from _changed(entry, "tag of an object", "!!python/name:os.system x", is_silent=True)


def _changed(entry: Entry, kind: str, new: str, *, is_silent: bool) -> Iterator[Fault]:
    """Return the fault of another value; there is none for tables of TOML."""
    if entry.format == "toml" and not entry.is_leaf and entry.text[entry.at[0]] != "[":
        return
    if entry.format == "toml" and entry.key and entry.at[0] <= entry.key[0]:
        return
    text, (start, end) = entry.text, entry.at
    if entry.format == "yaml" and not entry.is_leaf and "\n" in text[entry.key[0] if entry.key else start : start]:
        end = len(text[:end].rstrip())  # for a block, lines after it stay
    lines = tuple(Place(entry.file, line, line) for line in dict.fromkeys((entry.line, entry.value_line)))
    what = f"{'.'.join(map(str, entry.path))}: {text[start:end].splitlines()[0] if end > start else ''} -> {new}"
    yield Fault(kind, what, {entry.file: replaced(text, (start, end), new)}, lines, is_silent)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _other_type(value: object) -> str | None:
    if isinstance(value, bool):
        return '"perhaps"'
    if _is_number(value):
        return '"many"'
    if isinstance(value, str):
        return "12345"
    return '"all"' if isinstance(value, list) else None


def _other_kind(value: object) -> str:
    if isinstance(value, dict):
        return "3"
    return "[[1]]" if isinstance(value, str | int | float) else "true"


def _misspelt(entry: Entry) -> str | None:
    value = entry.value
    if not isinstance(value, str) or not any(map(str.isalpha, value)):
        return None
    word, old = typo(value), entry.text[slice(*entry.at)]
    return word if old == value else json.dumps(word)
