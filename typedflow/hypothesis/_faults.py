"""``faults``: documents with one known mistake, and where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from typedflow.hypothesis._configs import laid, paths_of, read
from typedflow.hypothesis._documents import FORMATS, Format, document, document_trees
from typedflow.hypothesis._paths import at, paths, put
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES, Raw, Style
from typedflow.values import KeyPath, has_item

_MARK = Raw("@@fault@@")
#: What most fields do not take.
WRONG = st.sampled_from(["no value", "-1", 10**9, 3.5, True, None, [], {}, ["x"], {"x": 1}, ""])
KINDS = ("unknown-key", "missing-key", "invalid-value", "invalid-syntax")
_TYPES = {"missing": "missing-key", "extra_forbidden": "unknown-key", "union_tag_not_found": "missing-key"}
_SYNTAX = {"yaml": "@@: 1\n", "toml": "= 1\n", "json": "@@"}


@dataclass(frozen=True)
class Fault:
    """A document with one mistake.

    ``rule``: the kebab name of the rule that finds it (``invalid-value``, ``unknown-key``, ``missing-key``,
    ``invalid-syntax``). ``path``: the key path of what is wrong. ``line``: the line of it, from 1; of a missing key
    that of the mapping that lacks it, and None where the whole document does.
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
    """Return documents with one mistake that the model, or the format's grammar, refuses at a known place.

    ``format``: one format, or any of them. Overrides are as in ``configs``.

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
    """Return faults of some kinds in valid trees of some formats."""
    name = draw(st.sampled_from(list(trees)))
    tree, style = draw(trees[name]), draw(STYLES)
    kind = draw(st.sampled_from(kinds))
    if kind == "invalid-syntax":
        return _broken(document(tree, name, style), name, last=draw(st.booleans()))
    places = paths(tree)
    assume(places)
    path = draw(st.sampled_from(places))
    if kind == "unknown-key":
        return _unknown(model, tree, path, name, style)
    if kind == "missing-key":
        return _missing(model, tree, path, name, style)
    wrong = draw(WRONG)
    assume(name != "toml" or wrong is not None)
    return _invalid(model, tree, path, wrong, name, style)


def _invalid(model: type[BaseModel], tree: Any, path: KeyPath, wrong: Any, name: Format, style: Style) -> Fault:
    rule = _refused(model, put(tree, path, wrong), path)
    assume(rule is not None and rule != "unknown-key")
    text = document(put(tree, path, _MARK), name, style)
    shown = json.dumps(wrong) if name != "toml" or not isinstance(wrong, dict) else "{" + ", ".join(_pairs(wrong)) + "}"
    return _marked(text, shown, name, str(rule), path)


def _pairs(wrong: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in wrong.items()]


def _unknown(model: type[BaseModel], tree: Any, path: KeyPath, name: Format, style: Style) -> Fault:
    """Misspell a key."""
    key = path[-1]
    assume(isinstance(key, str))
    misspelt = f"{re.sub(r'[^a-z0-9_]', '', str(key).lower())}_"
    around = at(tree, path[:-1])
    assume(misspelt not in around)
    rule = _refused(model, put(tree, path[:-1], {**around, misspelt: 1}), (*path[:-1], misspelt))
    assume(rule == "unknown-key")
    text = document(put(tree, path[:-1], {**around, _MARK: 1}), name, style)
    return _marked(text, f'"{misspelt}"', name, "unknown-key", (*path[:-1], misspelt))


def _missing(model: type[BaseModel], tree: Any, path: KeyPath, name: Format, style: Style) -> Fault:
    """Leave a key out; the place is the key of the mapping around it."""
    around = dict(at(tree, path[:-1])) if isinstance(path[-1], str) else {}
    around.pop(path[-1], None)
    without = put(tree, path[:-1], around)
    assume(_refused(model, without, path) == "missing-key")
    if len(path) == 1:
        return Fault(document(without, name, style), name, "missing-key", path, None)
    *before, last = path[:-1]
    assume(isinstance(last, str) and around)
    owner = at(without, tuple(before))
    renamed = {_MARK if key == last else key: value for key, value in owner.items()}
    text = document(put(without, tuple(before), renamed), name, style)
    return _marked(text, json.dumps(last), name, "missing-key", path)


def _broken(text: str, name: Format, *, last: bool) -> Fault:
    """Put what no grammar knows into the first or the last line."""
    first_and_last = (1, text.rstrip().rindex("}")) if name == "json" else (0, len(text))
    place = first_and_last[last]
    broken = text[:place] + _SYNTAX[name] + text[place:]
    return Fault(broken, name, "invalid-syntax", (), text.count("\n", 0, place) + 1)


def _marked(text: str, shown: str, name: Format, rule: str, path: KeyPath) -> Fault:
    """Return the document with a mistake in the place of the mark, whose first line is the mistake's."""
    assume(_MARK in text)
    line = text.count("\n", 0, text.index(_MARK)) + 1
    return Fault(text.replace(_MARK, shown), name, rule, path, line)


def _refused(model: type[BaseModel], tree: Any, path: KeyPath) -> str | None:
    """Return the rule that a tree, laid on the model's defaults, breaks at a key path; None if it breaks none."""
    try:
        tree = laid(model, tree)
        read(model, tree)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        places = [_data_path(tree, each) for each in errors]
        members = {
            tuple(part for part in each["loc"] if part not in place) for each, place in zip(errors, places, strict=True)
        }
        if len(members) > 1 and set(places) != {path}:
            return None  # of a union's members: which of them is meant is not beyond doubt
        kinds = [each["type"] for each, place in zip(errors, places, strict=True) if place == path]
        return _TYPES.get(kinds[0], "invalid-value") if kinds else None
    except Exception:  # noqa: BLE001 # a validator of the user's decides what it raises
        return None
    return None


def _data_path(tree: Any, error: Any) -> KeyPath:
    """Return the path in the data; Pydantic's also names members of unions and validators."""
    path: list[str | int] = []
    for key in error["loc"]:
        if has_item(tree, key):
            path.append(key)
            tree = tree[key]
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path)
