"""Plain values as TOML, with a comment beside each leaf. TOML has no null: a comment represents such a key."""

import math
import re
from collections.abc import Iterator
from typing import Any

from typedflow.render._document import Document
from typedflow.render._quoted import quoted
from typedflow.values import KeyPath, format_path, leaves_of, printable

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(document: Document, table: KeyPath = ()) -> str:
    """Return a document as TOML, in a table if one is named. A tree that is not a mapping gets its path's last key."""
    base = document.base
    if isinstance(document.tree, dict):
        tree, prefix = document.tree, 0
    else:
        last = base[-1] if base and isinstance(base[-1], str) else format_path(base)
        tree, prefix = {str(last): document.tree}, 1
    lines = list(_Writer(document, prefix).table(tree, (), table, shown=bool(table)))
    lines += [f"# {note}" for note in document.endnotes()]
    return "\n".join(lines).lstrip("\n") + "\n"


class _Writer:
    """Writes one document; ``prefix`` is the number of leading keys of a path that are not in the document."""

    def __init__(self, document: Document, prefix: int) -> None:
        self._document = document
        self._prefix = prefix

    def table(self, tree: dict[str, Any], path: KeyPath, header: KeyPath, *, shown: bool) -> Iterator[str]:
        """Return a table: its own keys first, because in TOML a key belongs to the last header."""
        if shown:
            yield f"\n[{_dotted(header)}]"
        yield from self._keys(tree, path)
        for key, value in tree.items():
            here, name = (*path, key), (*header, key)
            if isinstance(value, dict) and value:
                # A header of its own is needed only for keys that stand directly below it.
                yield from self.table(value, here, name, shown=not all(map(_has_header, value.values())))
            elif _is_tables(value):
                for index, item in enumerate(value):
                    yield f"\n[[{_dotted(name)}]]"
                    yield from self.table(item, (*here, index), name, shown=False)

    def _keys(self, tree: dict[str, Any], path: KeyPath) -> Iterator[str]:
        for key, value in tree.items():
            here = (*path, key)
            if value is None:
                yield self._null(here)
            elif not _has_header(value):
                yield from self._key(key, value, here)

    def _key(self, key: str, value: Any, path: KeyPath) -> Iterator[str]:
        if isinstance(value, list) and value and self._document.leaves is not None:
            yield f"{_key(key)} = ["
            for index, item in enumerate(value):
                if item is not None:
                    yield f"  {_value(item)},{self._comment(item, (*path, index))}"
            yield "]"
        else:
            yield f"{_key(key)} = {_value(value)}{self._comment(value, path)}"
        yield from (self._null((*path, *below)) for below, leaf in leaves_of(value) if leaf is None)

    def _null(self, path: KeyPath) -> str:
        whole = format_path((*self._document.base, *path[self._prefix :]))
        return f"# {printable(whole)} = null{self._comment(None, path)}"

    def _comment(self, value: Any, path: KeyPath) -> str:
        """Return the comment of a line: of the leaf, or of all leaves in an inline table."""
        paths = (path[self._prefix :] + below for below, _ in leaves_of(value))
        words = dict.fromkeys(filter(None, map(self._document.comment, paths)))
        return f"  # {'; '.join(words)}" if words else ""


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _has_header(value: Any) -> bool:
    return (isinstance(value, dict) and bool(value)) or _is_tables(value)


def _dotted(path: KeyPath) -> str:
    return ".".join(_key(str(key)) for key in path)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else quoted(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value if item is not None)}]"
    if isinstance(value, dict):
        pairs = [f"{_key(key)} = {_value(item)}" for key, item in value.items() if item is not None]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else f"{'-' if value < 0 else ''}inf"
    return repr(value)
