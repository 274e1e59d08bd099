"""``faults``: documents with one mistake at a known position."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from typedflow.hypothesis._configs import lay_on_defaults, paths_of, read_config
from typedflow.hypothesis._documents import FORMATS, Format, document, document_trees
from typedflow.hypothesis._paths import paths, replace_at, value_at
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES, Raw, Style
from typedflow.values import KeyPath, has_item

_MARK = Raw("@@fault@@")
#: Values that most fields reject.
WRONG = st.sampled_from(["no value", "-1", 10**9, 3.5, True, None, [], {}, ["x"], {"x": 1}, ""])
KINDS = ("unknown-key", "missing-key", "invalid-value", "invalid-syntax")
_TYPES = {"missing": "missing-key", "extra_forbidden": "unknown-key", "union_tag_not_found": "missing-key"}
_SYNTAX = {"yaml": "@@: 1\n", "toml": "= 1\n", "json": "@@"}


@dataclass(frozen=True)
class Fault:
    """A document with one mistake.

    Shape: ``rule`` is the name of the rule that reports it (``invalid-value``, ``unknown-key``, ``missing-key``,
    ``invalid-syntax``); ``path`` its key path; ``line`` its line, from 1. For a missing key, ``line`` is that of the
    mapping around it, or None if that is the whole document.
    """

    text: str
    format: Format
    rule: str
    path: KeyPath
    line: int | None


def faults(
    model: type[BaseModel],
    /,
    *,
    format: Format | None = None,  # noqa: A002 # the word of the command line
    **overrides: st.SearchStrategy[Any],
) -> st.SearchStrategy[Fault]:
    """Return a strategy for documents with one mistake that the model, or the format, rejects at a known position.

    ``format``: one format, or None for any. Overrides are as in ``configs``.

    Raises:
        InvalidArgument: as ``documents`` does.
    """
    chosen: tuple[Format, ...] = (format,) if format else FORMATS
    given = paths_of(model, overrides)
    return faults_of(model, document_trees(model, given, chosen))


@st.composite
def faults_of(
    draw: st.DrawFn, model: type[BaseModel], trees: dict[Format, Values], kinds: Sequence[str] = KINDS
) -> Fault:
    """Return faults of the kinds in documents of the trees."""
    name = draw(st.sampled_from(list(trees)))
    tree, style = draw(trees[name]), draw(STYLES)
    kind = draw(st.sampled_from(kinds))
    if kind == "invalid-syntax":
        return _with_syntax_error(document(tree, name, style), name, last=draw(st.booleans()))
    places = paths(tree)
    assume(places)
    path = draw(st.sampled_from(places))
    if kind == "unknown-key":
        return _with_unknown_key(model, tree, path, name, style)
    if kind == "missing-key":
        return _with_missing_key(model, tree, path, name, style)
    wrong = draw(WRONG)
    assume(name != "toml" or wrong is not None)
    return _with_invalid_value(model, tree, path, wrong, name, style)


def _with_invalid_value(
    model: type[BaseModel], tree: Any, path: KeyPath, wrong: Any, name: Format, style: Style
) -> Fault:
    rule = _broken_rule(model, replace_at(tree, path, wrong), path)
    assume(rule is not None and rule != "unknown-key")
    text = document(replace_at(tree, path, _MARK), name, style)
    shown = json.dumps(wrong) if name != "toml" or not isinstance(wrong, dict) else "{" + ", ".join(_pairs(wrong)) + "}"
    return _replace_mark(text, shown, name, str(rule), path)


def _pairs(wrong: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in wrong.items()]


def _with_unknown_key(model: type[BaseModel], tree: Any, path: KeyPath, name: Format, style: Style) -> Fault:
    """Misspell a key."""
    key = path[-1]
    assume(isinstance(key, str))
    misspelt = f"{re.sub(r'[^a-z0-9_]', '', str(key).lower())}_"
    around = value_at(tree, path[:-1])
    assume(misspelt not in around)
    rule = _broken_rule(model, replace_at(tree, path[:-1], {**around, misspelt: 1}), (*path[:-1], misspelt))
    assume(rule == "unknown-key")
    text = document(replace_at(tree, path[:-1], {**around, _MARK: 1}), name, style)
    return _replace_mark(text, f'"{misspelt}"', name, "unknown-key", (*path[:-1], misspelt))


def _with_missing_key(model: type[BaseModel], tree: Any, path: KeyPath, name: Format, style: Style) -> Fault:
    """Omit a key; the position is the key of the mapping around it."""
    around = dict(value_at(tree, path[:-1])) if isinstance(path[-1], str) else {}
    around.pop(path[-1], None)
    without = replace_at(tree, path[:-1], around)
    assume(_broken_rule(model, without, path) == "missing-key")
    if len(path) == 1:
        return Fault(document(without, name, style), name, "missing-key", path, None)
    *before, last = path[:-1]
    assume(isinstance(last, str) and around)
    owner = value_at(without, tuple(before))
    renamed = {_MARK if key == last else key: value for key, value in owner.items()}
    text = document(replace_at(without, tuple(before), renamed), name, style)
    return _replace_mark(text, json.dumps(last), name, "missing-key", path)


def _with_syntax_error(text: str, name: Format, *, last: bool) -> Fault:
    """Put a syntax error into the first or the last line."""
    first_and_last = (1, text.rstrip().rindex("}")) if name == "json" else (0, len(text))
    place = first_and_last[last]
    broken = text[:place] + _SYNTAX[name] + text[place:]
    return Fault(broken, name, "invalid-syntax", (), text.count("\n", 0, place) + 1)


def _replace_mark(text: str, shown: str, name: Format, rule: str, path: KeyPath) -> Fault:
    """Return the fault with a mistake in place of the mark."""
    assume(_MARK in text)
    line = text.count("\n", 0, text.index(_MARK)) + 1
    return Fault(text.replace(_MARK, shown), name, rule, path, line)


def _broken_rule(model: type[BaseModel], tree: Any, path: KeyPath) -> str | None:
    """Return the rule that a tree, merged onto the model's defaults, breaks at a key path, or None."""
    try:
        tree = lay_on_defaults(model, tree)
        read_config(model, tree)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        places = [_data_path(tree, each) for each in errors]
        members = {
            tuple(part for part in each["loc"] if part not in place) for each, place in zip(errors, places, strict=True)
        }
        if len(members) > 1 and set(places) != {path}:
            return None  # errors of several union members: it is not certain which one is meant
        kinds = [each["type"] for each, place in zip(errors, places, strict=True) if place == path]
        return _TYPES.get(kinds[0], "invalid-value") if kinds else None
    except Exception:  # noqa: BLE001 # a user's validator may raise anything
        return None
    return None


def _data_path(tree: Any, error: Any) -> KeyPath:
    """Return the path of an error in the data; Pydantic's location also has union members and validators."""
    path: list[str | int] = []
    for key in error["loc"]:
        if has_item(tree, key):
            path.append(key)
            tree = tree[key]
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path)
