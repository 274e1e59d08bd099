"""Faults of keys: misspelled, in the wrong case, duplicated, omitted, unexpected, in the wrong mapping."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults._declared import declared_places
from benchmarks.faults._entries import Entry, entries
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import Range, line_end, line_of, line_start, replaced, typo


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every key of every settings file, and of the manifest."""
    for file in (*subject.settings, *([subject.manifest] if subject.manifest else [])):
        found = entries(file, subject.files[file])
        for entry in found:
            if entry.key is not None:
                yield from _renamed(entry)
                yield from _repeated(entry)
                yield from _removed(entry, found, subject)
                yield from _added(entry)
                yield from _misplaced(entry, found)


def _renamed(entry: Entry) -> Iterator[Fault]:
    for kind, name in (
        ("key misspelled", typo(entry.name, entry.siblings)),
        ("key in the wrong case", _case(entry.name)),
    ):
        if entry.key and name != entry.name:
            written = entry.text[slice(*entry.key)].replace(entry.name, name)
            text = replaced(entry.text, entry.key, written)
            yield Fault(
                kind, f"{entry.name} -> {name}", {entry.file: text}, (Place(entry.file, entry.line, entry.line),)
            )


def _case(name: str) -> str:
    return name.capitalize() if name[:1].islower() else name.lower()


def _repeated(entry: Entry) -> Iterator[Fault]:
    """Repeat the entry, directly after the first one."""
    key = entry.key
    if key is None or key[0] >= entry.at[0] or (entry.format == "toml" and not entry.is_leaf):
        return  # a table of TOML is named in a header
    end, text = _end(entry), entry.text
    if entry.format == "json" or _is_braced(entry):
        new = f"{text[:end]}, {text[key[0] : end]}{text[end:]}"
        again = line_of(new, end + 2)
    else:
        start = line_start(text, key[0])
        if text[start : key[0]].strip():
            return
        below = line_end(text, end)
        new = f"{text[:below]}\n{text[start:end]}{text[below:]}"
        again = line_of(new, below + 1)
    places = (Place(entry.file, again, again), Place(entry.file, entry.line, entry.line))
    yield Fault("key given twice", entry.name, {entry.file: new}, places, is_silent=True)


def _removed(entry: Entry, found: list[Entry], subject: Subject) -> Iterator[Fault]:
    """Omit the entry; the line is that of its mapping, or of the field in the model."""
    at = _whole(entry)
    if at is None:
        return
    parents = tuple(
        Place(other.file, other.line, other.line)
        for other in found
        if other.path == entry.path[:-1] and other.line < entry.line
    )
    places = (*parents, *declared_places(subject, entry.path), *_same_parent_elsewhere(entry, subject))
    if not parents:
        places = (Place(entry.file), *places)
    yield Fault("key left out", entry.name, {entry.file: replaced(entry.text, at, "")}, places)


def _same_parent_elsewhere(entry: Entry, subject: Subject) -> Iterator[Place]:
    """Return the lines of the same mapping in other layers."""
    if len(entry.path) > 1 and entry.file in subject.settings:
        for file in subject.settings:
            for other in entries(file, subject.files[file]):
                if file != entry.file and other.path == entry.path[:-1]:
                    yield Place(file, other.line, other.value_line)


def _whole(entry: Entry) -> Range | None:
    """Return the range of an entry with its line, or with its comma."""
    key, text = entry.key, entry.text
    if key is None or key[0] >= entry.at[0]:
        return None
    end = _end(entry)
    if entry.format == "json" or _is_braced(entry):
        after = end + len(text[end:]) - len(text[end:].lstrip())
        if text[after : after + 1] == ",":
            return key[0], after + 1
        before = text.rfind(",", 0, key[0])
        opened = text.rfind("{", 0, key[0])
        return (before, end) if before > opened else (key[0], end)
    start = line_start(text, key[0])
    if text[start : key[0]].strip() or (entry.format == "toml" and not entry.is_leaf):
        return None
    return start, min(len(text), line_end(text, end) + 1)


def _added(entry: Entry) -> Iterator[Fault]:
    """Add an unexpected key to a mapping, before its first one."""
    key, text = entry.key, entry.text
    if key is None or entry.siblings[:1] != (entry.name,) or key[0] >= entry.at[0]:
        return
    if entry.format == "json" or _is_braced(entry):
        new = replaced(text, (key[0], key[0]), '"unexpected": 1, ')
        line = entry.line
    else:
        start = line_start(text, key[0])
        sign = " = " if entry.format in {"toml", None} else ": "
        if text[start : key[0]].strip():
            return
        new = replaced(text, (start, start), f"{text[start : key[0]]}unexpected{sign}1\n")
        line = entry.line
    yield Fault("key unexpected", f"beside {entry.name}", {entry.file: new}, (Place(entry.file, line, line),))


def _misplaced(entry: Entry, found: list[Entry]) -> Iterator[Fault]:
    """Move the last entry of a mapping of YAML to the mapping around it: one indentation too few."""
    key, text = entry.key, entry.text
    if entry.format != "yaml" or key is None or not entry.path[1:] or entry.siblings[-1] != entry.name:
        return
    parent = next((other for other in found if other.path == entry.path[:-1] and other.key), None)
    start, end = line_start(text, key[0]), _end(entry)
    if parent is None or not entry.siblings[1:] or text[start : key[0]].strip() or "\n" in text[start:end]:
        return
    indent = " " * (parent.key[0] - line_start(text, parent.key[0])) if parent.key else ""
    new = replaced(text, (start, key[0]), indent)
    yield Fault("key misplaced", entry.name, {entry.file: new}, (Place(entry.file, entry.line, entry.line),))


def _end(entry: Entry) -> int:
    """Return the end of an entry's last line that is not blank."""
    return len(entry.text[: entry.at[1]].rstrip())


def _is_braced(entry: Entry) -> bool:
    """Return whether an entry is in braces, on a line with others."""
    key = entry.key
    before = entry.text[line_start(entry.text, key[0]) : key[0]] if key else ""
    return "{" in before or "," in before
