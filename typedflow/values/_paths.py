"""Key paths: ``a.b[0]."scikit-learn"``, written the same in messages, options and documentation."""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_NAME = re.compile(r"[^\W\d]\w*")
_STEP = re.compile(
    r"""\[(?P<index>-?[0-9]{1,18})\]|(?P<dot>\.)?(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<bare>[^\s."\[\]=,]+))"""
)


class KeyPathError(ValueError):
    """Text that is not a key path; ``offset`` is where parsing stopped."""

    def __init__(self, text: str, offset: int) -> None:
        """Keep the text and the place as data."""
        super().__init__(f"`{text}` is not a key path (at character {offset + 1})")
        self.text = text
        self.offset = offset


def format_path(path: KeyPath) -> str:
    """Return the text of a key path; keys that are not identifiers are quoted as JSON strings."""
    parts: list[str] = []
    for key in path:
        if isinstance(key, int):
            parts.append(f"[{key}]")
            continue
        text = key if _NAME.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        parts.append(f".{text}" if parts else text)
    return "".join(parts)


def has_item(value: object, key: str | int) -> bool:
    """Return whether a plain value has an item at a key: a mapping by its keys, a list by its indices."""
    if isinstance(value, list):
        return isinstance(key, int) and 0 <= key < len(value)
    return isinstance(value, dict) and isinstance(key, str) and key in value


def has_path(value: Any, path: KeyPath) -> bool:
    """Return whether a plain value has an item at a key path."""
    for key in path:
        if not has_item(value, key):
            return False
        value = value[key]
    return True


def leaves_of(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield each leaf of plain values with its key path; empty mappings and lists count as leaves."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves_of(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves_of(item, (*path, index))
    else:
        yield path, value


def parse_path(text: str) -> KeyPath:
    """Read a key path; the inverse of ``format_path``.

    Bare keys may also carry dashes (``conda.scikit-learn``), as in TOML.

    Raises:
        KeyPathError: where the text stops being a key path.
    """
    path: list[str | int] = []
    offset = 0
    while offset < len(text):
        match = _STEP.match(text, offset)
        if match is None or (match["index"] is None and bool(match["dot"]) != bool(path)):
            raise KeyPathError(text, offset)
        path.append(_key(match, text))
        offset = match.end()
    if not path:
        raise KeyPathError(text, 0)
    return tuple(path)


def _key(match: re.Match[str], text: str) -> str | int:
    if match["index"] is not None:
        return int(match["index"])
    if match["quoted"] is None:
        return match["bare"]
    try:
        return str(json.loads(match["quoted"]))
    except ValueError:
        raise KeyPathError(text, match.start("quoted")) from None
