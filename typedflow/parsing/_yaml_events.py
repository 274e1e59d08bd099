"""libyaml's events for a document, within limits, and its errors as diagnostics.

Events rather than nodes: libyaml's composer recurses in C, and deep nesting would crash the interpreter.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.reader import ReaderError

from typedflow.parsing._diagnostics import Range, character_range, diagnostic_at, error_at, span_at
from typedflow.parsing._limits import MAX_NODES
from typedflow.parsing._yaml_text import for_libyaml, is_regular
from typedflow.values import Diagnostic, Source

# libyaml compares each %TAG directive with all before it: a hundred thousand of them take a minute.
_MAX_TAG_DIRECTIVES = 1000
_BLOCK_STYLES = ("|", ">")


def events(source: Source) -> Iterator[Any]:
    """Return the events of a text, at most ``MAX_NODES``."""
    if source.text.count("%TAG") > _MAX_TAG_DIRECTIVES:
        raise error_at(source, "too-large", f"more than {_MAX_TAG_DIRECTIVES} %TAG directives", (0, 0))
    if is_regular(source.text):
        return islice(iter(CParser(source.text).get_event, None), MAX_NODES)
    text, table = for_libyaml(source.text)
    following = islice(iter(CParser(text).get_event, None), MAX_NODES)
    return map(partial(_restore_line_ends, table), following) if table else following


def _restore_line_ends(table: dict[int, str], event: Any) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        event.value = event.value.translate(table)
    return event


def range_of(event: Any, text: str) -> Range:
    """Return the range of an event, without the blank lines that libyaml counts as part of a block scalar."""
    start, last = event.start_mark.index, event.end_mark.index
    if text[:1] == "\ufeff":
        start, last = start + 1, last + 1  # libyaml skips the mark without counting it
    last = min(last, len(text))  # libyaml may have read an additional line end
    end = last
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    if end < last and isinstance(event, yaml.ScalarEvent) and event.style in _BLOCK_STYLES:
        end = _block_end(event.value, text, end, last)
    return start, end


def _block_end(value: str, text: str, end: int, last: int) -> int:
    """Return where a block scalar ends: after its text and all but one of the line ends that its value keeps."""
    kept = value.rstrip("\n")
    if kept.endswith((" ", "\t")):
        end += len(text[end:last].rstrip("\r\n"))
    for _ in range(len(value) - len(kept) - bool(kept)):
        end = text.find("\n", end, last) + 1 or last
    return end


def syntax_problem(source: Source, error: ReaderError | yaml.MarkedYAMLError) -> Diagnostic:
    """Return libyaml's error as a diagnostic at the position of the problem."""
    text = source.text
    if isinstance(error, ReaderError):
        # Its position counts bytes.
        offset = len(text.encode()[: error.position].decode(errors="ignore"))
        return diagnostic_at(
            source, "invalid-syntax", "control characters are not allowed", character_range(text, offset)
        )
    skipped = text[:1] == "\ufeff"
    offset = error.problem_mark.index + skipped if error.problem_mark else 0
    message, label = _reword(error.problem or "not YAML", text[offset : offset + 1])
    hint = ""
    start = error.context_mark.index + skipped if error.context_mark else offset
    if start < offset:
        span = span_at(text, character_range(text, start))
        hint = f"{error.context}, which starts at {span}"
    return diagnostic_at(source, "invalid-syntax", message, character_range(text, offset), label=label, hint=hint)


def _reword(text: str, character: str) -> tuple[str, str]:
    if text == "found character that cannot start any token":
        if character == "\t":
            return "tabs cannot be used for indentation", "indent with spaces"
        return f"a value cannot start with `{character}`", "quote the value"
    if text == "mapping values are not allowed in this context":
        return "unexpected second `:` in a value", "quote the value, or check the indentation"
    if text == "found unexpected end of stream":
        return "the text ends inside a quoted string", ""
    for polite in ("did not find ", "could not find "):
        text = text.replace(polite, "", 1) if text.startswith(polite + "expected ") else text
    return text, ""
