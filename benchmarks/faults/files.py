"""Faults of files: removed, or renamed to a name that is not read."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_of, typo


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every settings file's name, and of missing flows and models."""
    for file in (*subject.settings, *(subject.code if subject.manifest else ())):
        named = tuple(_naming(subject, file))
        models = (Place(name) for name in subject.code if subject.manifest and file in subject.settings)
        yield Fault("file gone", file, {file: None}, (*named, Place(file), *models))
    if subject.manifest:
        for file in subject.settings:
            folder, _, name = file.rpartition("/")
            for old in name.split(".")[1:-1]:
                new = f"{folder}/{name.replace(old, typo(old))}"
                edits = {file: None, new: subject.files[file]}
                yield Fault(
                    "file misnamed", f"{name} -> {new}", edits, (Place(new), Place(file), *_naming(subject, file))
                )


def _naming(subject: Subject, file: str) -> Iterator[Place]:
    """Return the lines that name a file, or a part of its name; in a project, all lines of the manifest with names."""
    stem = file.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]
    for name in (*subject.code, *([subject.manifest] if subject.manifest else [])):
        text = subject.files[name]
        for word in (file.rpartition("/")[2], f'"{stem}"', f"{stem} import", "*"):
            at = text.find(word)
            if at >= 0 and (name.endswith(".py")) == (word.endswith("import") or not subject.manifest):
                yield Place(name, line_of(text, at), line_of(text, at))
