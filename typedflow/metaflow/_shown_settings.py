"""The settings of a flow as the lines of a step's log, without the key paths that match a glob."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from typedflow.render import setting_line
from typedflow.values import KeyPath, did_you_mean, format_path, printable


def shown_lines(name: str, tree: Any, patterns: Sequence[str]) -> Iterator[str]:
    """Yield a line for each setting that no pattern matches, and one for each pattern that matches no setting.

    Shape: ``name`` is what the key paths begin with; the patterns are of what follows.
    """
    nodes = list(_nodes(tree, ()))
    texts = {path: format_path(path) for path, _ in nodes if path}
    hidden = {path for path, text in texts.items() if any(fnmatchcase(text, pattern) for pattern in patterns)}
    for path, value in nodes:
        if _is_line(value) and not any(path[:end] in hidden for end in range(len(path) + 1)):
            yield setting_line((name, *path), value)
    for pattern in dict.fromkeys(patterns):
        if not any(fnmatchcase(text, pattern) for text in texts.values()):
            advice = _advice(name, pattern, texts.values())
            yield f"show_settings: no setting matches {printable(repr(pattern))}{advice}"


def _nodes(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the mappings, lists and values of a tree, by key path; a list of plain values is one value."""
    yield path, value
    if not _is_line(value):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _nodes(item, (*path, key))


def _is_line(value: Any) -> bool:
    if isinstance(value, dict):
        return not value
    return not (isinstance(value, list) and any(isinstance(item, dict | list) for item in value))


def _advice(name: str, pattern: str, texts: Collection[str]) -> str:
    own = pattern.removeprefix(f"{name}.")
    if own != pattern and any(fnmatchcase(text, own) for text in texts):
        return f"; did you mean {printable(repr(own))}?"
    stem = pattern.rstrip("*?.")
    found = did_you_mean(stem, texts) if stem else ""
    return f"; {found}" if found else ""
