"""Fixtures that check positions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from typedflow.parsing import locate, locate_key, parse_any
from typedflow.values import KeyPath, Source, Span


@pytest.fixture(scope="session")
def leaves() -> Callable[[Any], Iterator[tuple[KeyPath, Any]]]:
    """Return a function that yields the scalars of a document with their paths."""
    return _leaves


@pytest.fixture(scope="session")
def text_at() -> Callable[[str, Span], str]:
    """Return a function that returns the text in a span."""
    return _text_at


@pytest.fixture(scope="session")
def assert_located() -> Callable[[Source], None]:
    """Return a function that requires the text at each leaf's and key's position to be that leaf or key."""
    return _assert_located


def _text_at(text: str, span: Span) -> str:
    """Return the text in a span; only a line feed ends a line."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def _leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the scalars of a document with their paths."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _leaves(child, (*path, index))
    else:
        yield path, value


def _read_back(text: str, format_name: str) -> Any:
    """Return the value of a piece of a document on its own."""
    if format_name == "toml":
        return parse_any(Source("piece", f"piece = {text}", "toml"))["piece"]
    value = parse_any(Source("piece", f"{text}\n", format_name))
    return None if text == "" else value


def _assert_located(source: Source) -> None:
    """Require the text at each leaf's position to be the leaf, and at each key's position the key."""
    assert source.format is not None
    for path, value in _leaves(parse_any(source)):
        span = locate(source, path)
        assert span is not None, path
        text = _text_at(source.text, span)
        if not text.startswith("*"):
            assert _read_back(text, source.format) == value, path
        key = locate_key(source, path)
        assert key is not None
        if path and isinstance(path[-1], str):
            text = _text_at(source.text, key)
            assert path[-1] == (
                text if source.format == "toml" and text[0] not in "\"'" else _read_back(text, source.format)
            )
