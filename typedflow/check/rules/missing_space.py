"""TF113 missing-space: unquoted YAML strings that look like a key and a value without a space.

Source: https://yaml.org/spec/1.2.2/#733-plain-style
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from typedflow.layers import DIRECTIVES, Layer
from typedflow.models import AcceptedText, accepted_key, accepted_value
from typedflow.parsing import PlainScalar, plain_scalars
from typedflow.values import RULES, Diagnostic, KeyPath, Severity

if TYPE_CHECKING:
    from pydantic import BaseModel

#: A text without a match has no such scalar and need not be searched: the first colon of a line, or of a part of it.
_SUSPECT = re.compile(r"[\n{\[,][^\n:{}\[\],]*\w:[^\s:/\\]")
#: An item of a list: a name, a colon, and a value, which starts with a quote or a bracket, or has no colon. A number of
#: four or five digits is a port.
_ITEM = re.compile(r"(?P<key>[^\W\d][\w-]*):(?![1-9]\d{3,4}$)(?P<value>[\"'\[{].*|[^\s:/\\][^:]*)", re.DOTALL)
#: Lines below a key: several pairs form one text.
_LINES = re.compile(r"(?P<key>[^\W\d][\w-]*):(?P<value>[^\s:/\\].*)", re.DOTALL)
#: A key without a value has no meaning, so its form may be looser.
_KEY = re.compile(r"(?P<key>[^:]*\w):(?P<value>[^\s:/\\].*)", re.DOTALL)
_MOST_SHOWN = 60


def find(layer: Layer, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the plain scalars of a YAML file in which a space seems to be missing."""
    for part in (layer, *layer.inner):
        if part.source.format == "yaml" and _SUSPECT.search(part.source.text):
            for scalar in plain_scalars(part.source):
                match = _of_form(scalar)
                if match and scalar.can_be_pair and _is_accepted(scalar, (*part.prefix, *scalar.path), model):
                    yield _finding(scalar, match)


def _of_form(scalar: PlainScalar) -> re.Match[str] | None:
    if ":" not in scalar.text or not scalar.path:
        return None
    form = _KEY if scalar.is_key else _ITEM if isinstance(scalar.path[-1], int) else _LINES
    return form.fullmatch(scalar.text)


def _is_accepted(scalar: PlainScalar, path: KeyPath, model: type[BaseModel]) -> bool:
    """Return whether the model accepts text in this position, so that no other rule reports it."""
    if not DIRECTIVES.isdisjoint(path):
        return False
    if not scalar.is_key:
        return _accepts(accepted_value(model, path))
    return _accepts(accepted_key(model, path)) and accepted_value(model, path).null


def _accepts(place: AcceptedText) -> bool:
    return place.text and place.loose


def _finding(scalar: PlainScalar, match: re.Match[str]) -> Diagnostic:
    text = scalar.text if len(scalar.text) <= _MOST_SHOWN else f"{scalar.text[:_MOST_SHOWN]}..."
    read = f"`{text}` is a key without a value" if scalar.is_key else f"`{text}` is one text"
    pair = f"{match['key']}: {match['value']}"
    is_clear = len(pair) <= _MOST_SHOWN and ":" not in match["value"]
    meant = f"write `{pair}`" if is_clear else "write a space after each such colon"
    return Diagnostic(
        RULES["missing-space"],
        f"{read}: a space seems to be missing after the colon",
        scalar.location,
        hint=f"{meant}; if you mean the text, put it in quotes",
        path=scalar.path,
        severity=Severity.WARNING,
    )
