"""TOML to plain values, with tomli. Only problems have their positions looked up."""

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import tomli

from typedflow.parsing._diagnostics import Range, character_range, diagnostic_at, error_at, shorten
from typedflow.parsing._limits import MAX_DEPTH, MAX_LINES, MAX_NODES, MAX_PROBLEMS, TOO_DEEP, TOO_MANY, find_excess
from typedflow.parsing._toml_tokens import (
    MAY_BE_MUCH,
    close_brackets,
    first_beyond,
    first_long_key,
    first_long_number,
    first_too_deep,
    may_have_long_key,
    may_have_long_number,
)
from typedflow.values import Diagnostic, KeyPath, Source, TypedflowError, format_path


def read(source: Source) -> dict[str, Any]:
    """Return the values of a TOML text.

    Raises:
        TypedflowError: with the first syntax error, or else with all other problems.
    """
    text = source.text
    is_short = len(text) < MAY_BE_MUCH
    if not is_short:
        _refuse_costly(source)
    try:
        value = tomli.loads(text, parse_float=_float)
    except _NotFiniteError:
        pass
    except (ValueError, RecursionError) as error:
        raise TypedflowError([_diagnose(source, error)]) from None
    else:
        too_much = find_excess(value, text)
        if too_much == TOO_MANY:
            raise TypedflowError([diagnostic_at(source, "too-large", TOO_MANY, (0, 0))])
        if not too_much and not (not is_short and may_have_long_number(text) and first_long_number(text)):
            return value
    raise TypedflowError(_problems(source))


def _refuse_costly(source: Source) -> None:
    """Raise for a text that would take tomli seconds or minutes."""
    text = source.text
    if may_have_long_key(text) and (at := first_long_key(text)):
        raise error_at(source, "too-large", TOO_DEEP, at)
    if text.count("\n") > MAX_LINES:
        raise error_at(source, "too-large", f"more than {MAX_LINES:,} lines", (0, 0))
    if at := first_beyond(text, MAX_NODES):
        raise error_at(source, "too-large", TOO_MANY, at)


class _NotFiniteError(Exception):
    """The text has an infinity, a NaN, or a float that overflows."""


def _float(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise _NotFiniteError
    return value


def _diagnose(source: Source, error: ValueError | RecursionError) -> Diagnostic:
    text = source.text
    if isinstance(error, RecursionError):
        return diagnostic_at(source, "too-large", TOO_DEEP, first_too_deep(text) or first_long_key(text) or (0, 0))
    if not isinstance(error, tomli.TOMLDecodeError):
        return _long_number(source, first_long_number(text) or (0, 0))
    offset = _offset(text, error.pos)
    if _DUPLICATE.match(error.msg):
        return _duplicate(source, offset)
    message = error.msg[0].lower() + error.msg[1:]
    return diagnostic_at(source, "invalid-syntax", message, character_range(text, offset))


_DUPLICATE = re.compile("Cannot (overwrite|declare|redefine|mutate)|Duplicate")


def _offset(text: str, position: int) -> int:
    """Return the offset of a position from tomli, which counts CRLF as one character."""
    for match in re.finditer("\r\n", text):
        if match.start() >= position:
            break
        position += 1
    return position


def _duplicate(source: Source, offset: int) -> Diagnostic:
    from typedflow.parsing import _toml_positions

    # tomli stops after the key or the value, so the text before that is valid, except for open brackets.
    mapped = _toml_positions.scan(close_brackets(source.text[:offset]))
    if mapped.repeat:
        path, first, second = mapped.repeat
        message = f"`{format_path(path)}` is set twice"
        return diagnostic_at(source, "duplicate-key", message, second, path=path, first=first)
    message = "this key is already set and cannot be set or extended again"
    return diagnostic_at(source, "duplicate-key", message, mapped.last_key or character_range(source.text, offset))


def _long_number(source: Source, at: Range) -> Diagnostic:
    return diagnostic_at(source, "too-large", f"an integer with {at[1] - at[0]:,} digits", at)


def _problems(source: Source) -> list[Diagnostic]:
    try:
        value = tomli.loads(source.text)
    except (ValueError, RecursionError) as error:
        return [_diagnose(source, error)]
    from typedflow.parsing import _toml_positions
    from typedflow.parsing._positions import find_deepest

    root = _toml_positions.read_positions(source.text)
    if find_excess(value, source.text) == TOO_DEEP:
        path = _first_deep_path(value)
        return [diagnostic_at(source, "too-large", TOO_DEEP, find_deepest(root, path).key, path=path)]
    problems = []
    for path in islice(_not_finite(value, ()), MAX_PROBLEMS):
        start, end = find_deepest(root, path).position.at
        message = f"`{shorten(source.text[start:end])}` is not a finite number"
        problems.append(
            diagnostic_at(source, "not-finite", message, (start, end), label="JSON cannot represent it", path=path)
        )
    if at := first_long_number(source.text):
        problems.append(_long_number(source, at))
    return problems


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _not_finite(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    for key, child in _children(value):
        yield from _not_finite(child, (*path, key))


def _first_deep_path(value: Any) -> KeyPath:
    # Iterative: a single key may have more parts than Python allows frames.
    waiting: list[tuple[KeyPath, Any]] = [((), value)]
    while len(waiting[-1][0]) < MAX_DEPTH:
        path, parent = waiting.pop()
        containers = [((*path, key), child) for key, child in _children(parent) if isinstance(child, (dict, list))]
        waiting += reversed(containers)
    return waiting[-1][0]
