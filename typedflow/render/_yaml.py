"""Plain values as YAML that YAML 1.1 and 1.2 read alike, with a comment beside each leaf."""

import math
import re
from collections.abc import Iterator
from typing import Any

from typedflow.render._document import Document
from typedflow.render._quoted import quoted
from typedflow.values import KeyPath

# Words that one of the two versions reads as something else than text; the rest of what they disagree about
# (sexagesimals, dates, `=`, `<<`) does not begin with a letter.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_PLAIN = re.compile(r"[^\W\d_][\w./-]*(?: [\w./-]+)*")


def yaml_text(document: Document) -> str:
    """Return a document as YAML: block style, indented by two spaces, strings quoted only where necessary."""
    lines = []
    for line, path in _lines(document.tree, ()):
        comment = "" if path is None else document.comment(path)
        lines.append(f"{line}  # {comment}" if comment else line)
    lines += [f"# {note}" for note in document.endnotes()]
    return "\n".join(lines) + "\n"


def block_lines(value: Any) -> list[str]:
    """Return the lines of a value in block style."""
    return [line for line, _ in _lines(value, ())]


def _lines(value: Any, path: KeyPath) -> Iterator[tuple[str, KeyPath | None]]:
    """Return each line, with the path of the leaf that ends on it, if any."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _entry(scalar(key), item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _item(item, (*path, index))
    else:
        yield scalar(value), path


def _entry(key: str, item: Any, path: KeyPath) -> Iterator[tuple[str, KeyPath | None]]:
    lines = _lines(item, path)
    if isinstance(item, dict | list) and item:
        yield f"{key}:", None
        yield from ((f"  {line}", leaf) for line, leaf in lines)
    else:
        yield from ((f"{key}: {line}", leaf) for line, leaf in lines)


def _item(item: Any, path: KeyPath) -> Iterator[tuple[str, KeyPath | None]]:
    margin = "- "
    for line, leaf in _lines(item, path):
        yield margin + line, leaf
        margin = "  "


def scalar(value: Any) -> str:
    """Return a scalar, or an empty mapping or list, on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, dict | list):
        return "[]" if isinstance(value, list) else "{}"
    if not isinstance(value, str):
        return str(value)
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and value.isprintable() else quoted(value)


def _float(value: float) -> str:
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else f"{'-' if value < 0 else ''}.inf"
    digits, exponent, power = repr(value).partition("e")
    # YAML 1.1 wants a point in every float: `1e-05` is text there.
    return f"{digits if '.' in digits else digits + '.0'}{exponent}{power}"
