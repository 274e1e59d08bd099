"""JSON to plain values. The decoder's hooks only stop it; the problems are then found with their positions."""

import json
import math
from typing import Any

from typedflow.parsing import _json_positions
from typedflow.parsing._diagnostics import character_range, diagnostic_at, shorten
from typedflow.parsing._limits import TOO_DEEP, TOO_MANY, find_excess
from typedflow.values import Diagnostic, Source, TypedflowError, format_path


def read(source: Source) -> Any:
    """Return the value of a JSON text.

    Raises:
        TypedflowError: with the first syntax error, or else with all other problems.
    """
    text = source.text
    try:
        value = _DECODER.decode(text)
        _refuse_lone_surrogates(text, value)
        too_much = find_excess(value, text)
        if too_much == TOO_MANY:
            raise TypedflowError([diagnostic_at(source, "too-large", TOO_MANY, (0, 0))])
        if not too_much:
            return value
    except (_FlawError, ValueError, RecursionError):
        pass
    raise TypedflowError(_diagnose(source))


class _FlawError(Exception):
    """The text is well-formed, but has something that configs do not allow."""


def _check_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _FlawError
    return mapping


def _check_float(text: str) -> float:
    if math.isinf(value := float(text)):
        raise _FlawError
    return value


def _refuse_constant(_: str) -> Any:
    raise _FlawError


_DECODER = json.JSONDecoder(object_pairs_hook=_check_keys, parse_float=_check_float, parse_constant=_refuse_constant)


# For texts that the first decoder stopped at: numbers stay text, so only syntax errors are raised.
_SYNTAX = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def _refuse_lone_surrogates(text: str, value: Any) -> None:
    if "\\u" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise _FlawError from None


def _diagnose(source: Source) -> list[Diagnostic]:
    try:
        _SYNTAX.decode(source.text)
    except json.JSONDecodeError as error:
        return [_syntax_problem(source, error)]
    except RecursionError:
        pass
    return [_describe(source, finding) for finding in _json_positions.scan(source.text).findings]


def _describe(source: Source, finding: _json_positions.Finding) -> Diagnostic:
    rule, at, path, first = finding
    start, end = at
    text = source.text[start:end]
    match rule:
        case "duplicate-key":
            message, label = f"`{format_path(path)}` is set twice", ""
        case "not-finite":
            message, label = f"`{shorten(text)}` is not a finite number", "JSON cannot represent it"
        case "not-text":
            message, label = "an unpaired surrogate is not valid text", "escape both halves of the pair"
        case _ if text in ("[", "{"):
            message, label = TOO_DEEP, ""
        case _ if start == end:
            message, label = TOO_MANY, ""
        case _:
            message, label = f"an integer with {end - start:,} digits", ""
    return diagnostic_at(source, rule, message, at, label=label, path=path, first=first)


def _syntax_problem(source: Source, error: json.JSONDecodeError) -> Diagnostic:
    text, offset = source.text, error.pos
    before = text[:offset].rstrip()
    # Python 3.13 points at the comma, the others at the bracket after it.
    if text[offset : offset + 1] in _CLOSING and before.endswith(","):
        return _comma_problem(source, len(before) - 1)
    if text[offset : offset + 1] == "," and text[offset + 1 :].lstrip()[:1] in _CLOSING:
        return _comma_problem(source, offset)
    if not text.strip():
        return diagnostic_at(
            source, "invalid-syntax", "the text is empty", (0, 0), label="write `{}` for an empty config"
        )
    label = next((label for start, label in _LABELS.items() if text.startswith(start, offset)), "")
    message = error.msg[0].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")
    return diagnostic_at(source, "invalid-syntax", message, character_range(text, offset), label=label)


def _comma_problem(source: Source, offset: int) -> Diagnostic:
    message = "trailing comma before the closing bracket"
    return diagnostic_at(
        source, "invalid-syntax", message, (offset, offset + 1), label="JSON does not allow trailing commas"
    )


_CLOSING = ("]", "}")
_LABELS = {
    "//": "JSON does not allow comments",
    "/*": "JSON does not allow comments",
    "#": "JSON does not allow comments",
    "'": 'JSON quotes strings with `"`',
    "\ufeff": "remove the byte-order mark",
}
