"""libyaml's events of a document, in bounds, and its errors as diagnostics.

Events rather than nodes: libyaml's composer recurses in C, and deep nesting would end the interpreter.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.reader import ReaderError

from typedflow.parsing._limits import MAX_NODES
from typedflow.parsing._problems import Range, point, problem, refusal, span_at
from typedflow.parsing._yaml_text import for_libyaml, is_regular
from typedflow.values import Diagnostic, Source

# libyaml compares each %TAG directive with all before it: a hundred thousand of them take a minute.
_MAX_TAG_DIRECTIVES = 1000
_BLOCK_STYLES = ("|", ">")


def events(source: Source) -> Iterator[Any]:
    """Give the events of a text, ``MAX_NODES`` at most; the iterator just stops there."""
    if source.text.count("%TAG") > _MAX_TAG_DIRECTIVES:
        raise refusal(source, "too-large", f"more than {_MAX_TAG_DIRECTIVES} %TAG directives", (0, 0))
    if is_regular(source.text):
        return islice(iter(CParser(source.text).get_event, None), MAX_NODES)
    text, table = for_libyaml(source.text)
    following = islice(iter(CParser(text).get_event, None), MAX_NODES)
    return map(partial(_translated, table), following) if table else following


def _translated(table: dict[int, str], event: Any) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        event.value = event.value.translate(table)
    return event


def range_of(event: Any, text: str) -> Range:
    """Give the range of an event, without the blank lines that libyaml counts to a block scalar."""
    start, last = event.start_mark.index, event.end_mark.index
    if text[:1] == "\ufeff":
        start, last = start + 1, last + 1  # libyaml skips the mark without counting it
    last = min(last, len(text))  # it may have been given one more line end
    end = last
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    if end < last and isinstance(event, yaml.ScalarEvent) and event.style in _BLOCK_STYLES:
        end = _block_end(event.value, text, end, last)
    return start, end


def _block_end(value: str, text: str, end: int, last: int) -> int:
    """Give where a block scalar ends: behind its text and all but one of the line ends that its value keeps."""
    kept = value.rstrip("\n")
    if kept.endswith((" ", "\t")):
        end += len(text[end:last].rstrip("\r\n"))
    for _ in range(len(value) - len(kept) - bool(kept)):
        end = text.find("\n", end, last) + 1 or last
    return end


def syntax_problem(source: Source, error: ReaderError | yaml.MarkedYAMLError) -> Diagnostic:
    """Give libyaml's error as a diagnostic at the place of the problem."""
    text = source.text
    if isinstance(error, ReaderError):
        # Its position counts bytes.
        offset = len(text.encode()[: error.position].decode(errors="ignore"))
        return problem(source, "invalid-syntax", "control characters are not allowed", point(text, offset))
    skipped = text[:1] == "\ufeff"
    offset = error.problem_mark.index + skipped if error.problem_mark else 0
    message, label = _readable(error.problem or "not YAML", text[offset : offset + 1])
    hint = ""
    start = error.context_mark.index + skipped if error.context_mark else offset
    if start < offset:
        span = span_at(text, point(text, start))
        hint = f"{error.context}, which starts at {span}"
    return problem(source, "invalid-syntax", message, point(text, offset), label=label, hint=hint)


def _readable(text: str, character: str) -> tuple[str, str]:
    if text == "found character that cannot start any token":
        if character == "\t":
            return "a tab cannot indent", "YAML is indented with spaces"
        return f"`{character}` cannot start a value", "quote the value"
    if text == "mapping values are not allowed in this context":
        return "a second `:` where a value stands", "quote the value, or check the indentation"
    if text == "found unexpected end of stream":
        return "the text ends inside a quoted string", ""
    for polite in ("did not find ", "could not find "):
        text = text.replace(polite, "", 1) if text.startswith(polite + "expected ") else text
    return text, ""
