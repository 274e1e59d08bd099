"""JSON to plain values. The decoder's hooks only raise a hand; what is wrong is then found with positions."""

import json
import math
from typing import Any

from typedflow.parsing import _json_places
from typedflow.parsing._limits import TOO_DEEP, TOO_MANY, excess
from typedflow.parsing._problems import clipped, point, problem
from typedflow.values import Diagnostic, Source, TypedflowError, format_path


def read(source: Source) -> Any:
    """Return the value of a JSON text.

    Raises:
        TypedflowError: with the first error of syntax, or with all problems of a text without one.
    """
    text = source.text
    try:
        value = _DECODER.decode(text)
        _refuse_lone_surrogates(text, value)
        too_much = excess(value, text)
        if too_much == TOO_MANY:
            raise TypedflowError([problem(source, "too-large", TOO_MANY, (0, 0))])
        if not too_much:
            return value
    except (_FlawError, ValueError, RecursionError):
        pass
    raise TypedflowError(_problems(source))


class _FlawError(Exception):
    """Something in the text is well-formed but refused."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _FlawError
    return mapping


def _float(text: str) -> float:
    if math.isinf(value := float(text)):
        raise _FlawError
    return value


def _constant(_: str) -> Any:
    raise _FlawError


_DECODER = json.JSONDecoder(object_pairs_hook=_mapping, parse_float=_float, parse_constant=_constant)


# For texts that the first decoder left early: numbers stay text, so that only errors of syntax are raised.
_SYNTAX = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def _refuse_lone_surrogates(text: str, value: Any) -> None:
    if "\\u" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise _FlawError from None


def _problems(source: Source) -> list[Diagnostic]:
    try:
        _SYNTAX.decode(source.text)
    except json.JSONDecodeError as error:
        return [_syntax_problem(source, error)]
    except RecursionError:
        pass
    return [_described(source, finding) for finding in _json_places.scan(source.text).findings]


def _described(source: Source, finding: _json_places.Finding) -> Diagnostic:
    rule, at, path, first = finding
    start, end = at
    text = source.text[start:end]
    match rule:
        case "duplicate-key":
            message, label = f"`{format_path(path)}` is set twice", ""
        case "not-finite":
            message, label = f"`{clipped(text)}` is not a finite number", "JSON cannot hold it"
        case "not-text":
            message, label = "half a surrogate pair is not text", "escape both halves"
        case _ if text in ("[", "{"):
            message, label = TOO_DEEP, ""
        case _ if start == end:
            message, label = TOO_MANY, ""
        case _:
            message, label = f"an integer of {end - start:,} digits", ""
    return problem(source, rule, message, at, label=label, path=path, first=first)


def _syntax_problem(source: Source, error: json.JSONDecodeError) -> Diagnostic:
    text, offset = source.text, error.pos
    before = text[:offset].rstrip()
    # Python 3.13 points at the comma, the others at the bracket after it.
    if text[offset : offset + 1] in _CLOSING and before.endswith(","):
        return _comma_problem(source, len(before) - 1)
    if text[offset : offset + 1] == "," and text[offset + 1 :].lstrip()[:1] in _CLOSING:
        return _comma_problem(source, offset)
    if not text.strip():
        return problem(source, "invalid-syntax", "the text is empty", (0, 0), label="an empty config is `{}`")
    label = next((label for start, label in _LABELS.items() if text.startswith(start, offset)), "")
    message = error.msg[0].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")
    return problem(source, "invalid-syntax", message, point(text, offset), label=label)


def _comma_problem(source: Source, offset: int) -> Diagnostic:
    message = "a comma before the closing bracket"
    return problem(source, "invalid-syntax", message, (offset, offset + 1), label="JSON has no trailing commas")


_CLOSING = ("]", "}")
_LABELS = {
    "//": "JSON has no comments",
    "/*": "JSON has no comments",
    "#": "JSON has no comments",
    "'": 'JSON quotes strings with `"`',
    "\ufeff": "remove the byte-order mark",
}
