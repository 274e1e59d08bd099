"""What is true of every text: we read what the reference reads, and what is found stands where we say."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from references import STRICTER, RefusedError, read
from references import is_compared as has_reference

from typedflow.parsing import locate, locate_key, parse_any, plain_scalars
from typedflow.values import Diagnostic, KeyPath, Source, Span, TypedflowError

#: A piece of a document is read in one of these. In YAML what stands in brackets may mean something else outside.
AROUND_VALUES = {"toml": ["a = @"], "json": ["[@]"], "yaml": ["- @", "- @\n", "[@]", "[@\n]"]}
AROUND_KEYS = {"toml": ["@ = 0"], "json": ["{@: 0}"], "yaml": ["? @\n", "@: 0", "{@: 0}", "{? @\n}"]}
#: The indentation that a block scalar may name is counted from what is around it, so that it means nothing elsewhere.
RELATIVE = re.compile(r"[^\n]*[|>][-+]?[1-9]")


def check(text: str, format_name: str, *, is_compared: bool = True) -> Any:
    """Check the laws for a text and return its value, or None; without a comparison, only its positions are checked."""
    source = Source("a", text, format_name)
    value, problems = _read(source)
    _check_places(source, problems)
    rules = {diagnostic.rule.name for diagnostic in problems}
    if is_compared and has_reference(text, format_name) and (not rules or rules - STRICTER.keys()):
        found = "refused" if rules else exact(value)
        assert theirs(text, format_name) == found, (text, value, problems)
    if value:  # an empty text has no places
        _check_plain(source, value)
        _check_positions(source, value)
    return value


def exact(value: Any) -> str:
    """Return a text that distinguishes 1, 1.0 and true, but not the order of keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{exact(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(exact, value)) + "]"
    return repr(value)


def theirs(text: str, format_name: str) -> str:
    """Return what the reference reads, or `refused`."""
    try:
        return exact(read(text, format_name))
    except RefusedError:
        return "refused"


def _read(source: Source) -> tuple[Any, tuple[Diagnostic, ...]]:
    try:
        return parse_any(source), ()
    except TypedflowError as error:
        return None, error.diagnostics


def _check_places(source: Source, diagnostics: Iterable[Diagnostic]) -> None:
    """Require that each diagnostic stands in the text, and one of a key set twice at that key, behind the first."""
    for diagnostic in diagnostics:
        assert diagnostic.location is not None
        text = _text_at(source.text, diagnostic.location.span)
        for related in diagnostic.related:
            name = exact([key for key in diagnostic.path or () if isinstance(key, str)][-1])
            for piece in (text, _text_at(source.text, related.location.span)):
                # An alias, a merge key and half a surrogate pair are no keys on their own.
                is_key = not piece.startswith(("*", "<<")) and "\\ud" not in name
                assert not is_key or name in _pieces(piece, source.format, AROUND_KEYS), (source.text, diagnostic)
            assert _start(related.location.span) < _start(diagnostic.location.span), (source.text, diagnostic)


def _start(span: Span | None) -> tuple[int, int]:
    return (span.line, span.column) if span else (0, 0)


def _check_positions(source: Source, value: Any) -> None:
    """Require that the text at the place of each leaf is the leaf, and at that of each key the key."""
    for path, child in _values(value):
        text = _text_at(source.text, locate(source, path))
        is_leaf = path and not isinstance(child, (dict, list)) and not text.startswith("*") and not RELATIVE.match(text)
        assert not is_leaf or exact(child) in _pieces(text, source.format, AROUND_VALUES), (source.text, path, text)
        text = _text_at(source.text, locate_key(source, path))
        is_key = path and isinstance(path[-1], str) and not text.startswith("*")
        assert not is_key or exact(path[-1]) in _pieces(text, source.format, AROUND_KEYS), (source.text, path, text)


def _check_plain(source: Source, value: Any) -> None:
    """Require that each plain scalar of YAML that stands at a leaf is the leaf."""
    for scalar in plain_scalars(source):
        _text_at(source.text, scalar.location.span)
        if not scalar.is_key and locate(source, scalar.path) == scalar.location.span:
            leaf = value
            for key in scalar.path:
                leaf = leaf[key]
            assert exact(leaf) == exact(scalar.value), (source.text, scalar)


def _text_at(text: str, span: Span | None) -> str:
    """Return the text in a span, by lines as a person counts them, and require that the span is in the text."""
    assert span is not None
    lines = text.split("\n")
    assert 1 <= span.line <= span.end_line <= len(lines), span
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, span
    assert (span.line, span.column) <= (span.end_line, span.end_column), span
    lines = lines[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def _values(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _values(child, (*path, key))


def _pieces(text: str, format_name: str | None, around: dict[str, list[str]]) -> Iterator[str]:
    """Return each value or key that a piece of a document is in some surroundings."""
    for surroundings in around[format_name or ""]:
        with contextlib.suppress(TypedflowError):
            whole = parse_any(Source("piece", surroundings.replace("@", text), format_name))
            yield exact(next(iter(whole.values() if surroundings == "a = @" else whole)))
