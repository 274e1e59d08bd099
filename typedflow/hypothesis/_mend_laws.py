"""The law of fixes: ``typedflow check --fix`` renames a key to the one that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import config_of
from typedflow.hypothesis._documents import Format, document, document_trees
from typedflow.hypothesis._law import Law, require
from typedflow.hypothesis._model_laws import parse_config
from typedflow.hypothesis._paths import paths, value_at
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES
from typedflow.models import fields_of, keys_in, keys_of, models_at
from typedflow.parsing import parse
from typedflow.project import is_plain, is_unambiguous
from typedflow.values import KeyPath, Source, TypedflowError, format_path, parse_path, split_words, with_key

#: Words that change a key's meaning if they replace one of its words.
_WORDS = ("low", "high", "min", "max", "train", "test", "source", "target", "left", "right", "start", "stop", "rates")
_LONG_WORD = re.compile(r"[A-Z]{4,}(?![a-z])|[A-Z][a-z]{3,}|[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class _Misnamed:
    """A file with a wrong key, and the key that was meant; None if no field was meant."""

    format: Format
    text: str
    path: str
    meant: str | None


def mend_laws(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    """Return the laws of fixing a model's files."""
    yield Law(
        "mends-are-meant",
        "after `typedflow check --fix`, no field has a value that was written under a key with another meaning",
        _misnamed(model, document_trees(model, overrides)),
        lambda example: _is_meant(model, example),
        _Misnamed,
    )


@st.composite
def _misnamed(draw: st.DrawFn, model: type[BaseModel], trees: dict[Format, Values]) -> dict[str, Any]:
    name = draw(st.sampled_from(list(trees)))
    tree = draw(trees[name])
    places = [path for path in paths(tree) if isinstance(path[-1], str) and models_at(model, path[:-1])]
    assume(places)
    path = draw(st.sampled_from(places))
    key = str(path[-1])
    is_slip = draw(st.booleans())
    wrong = draw(_typos(key) if is_slip else _other_meanings(key, keys_in(model)))
    around = models_at(model, path[:-1])
    known = [other for keys in map(_keys, around) for keys_of_one in keys for other in keys_of_one]
    assume(wrong.isprintable() and wrong not in value_at(tree, path[:-1]) and wrong not in known)
    own = {other for keys in map(_keys, around) for one in keys if key in one for other in one} if is_slip else set()
    assume("".join(split_words(wrong)) not in {"".join(split_words(other)) for other in known if other not in own})
    text = document(with_key(tree, path, wrong), name, draw(STYLES))
    return {"format": name, "text": text, "path": format_path((*path[:-1], wrong)), "meant": key if is_slip else None}


def _keys(owner: type) -> list[tuple[str, ...]]:
    return [keys_of(owner, *item) for item in (fields_of(owner) or {}).items()]


@st.composite
def _typos(draw: st.DrawFn, key: str) -> str:
    """Return a key in another style, or with a typo in a plain word."""
    words = _long_words(key, are_plain=True)
    if not words or draw(st.booleans()):
        first, *rest = re.split("[-_]", key)
        camel = first + "".join(word.capitalize() for word in rest)
        styles = (f"{key}_", key.upper(), key.replace("_", "-"), key.replace("_", ""), camel)
        return str(draw(st.sampled_from(styles)))
    word = draw(st.sampled_from(words))
    place = draw(st.integers(word.start(), word.end() - 1))
    before, letter, behind = key[:place], key[place], key[place + 1 :]
    other = draw(st.sampled_from(ascii_lowercase))
    swapped = behind[:1] + letter + behind[1:]
    behind = str(draw(st.sampled_from([behind, other + behind, letter + other + behind, swapped])))
    return f"{before}{behind}"


@st.composite
def _other_meanings(draw: st.DrawFn, key: str, known: frozenset[str]) -> str:
    """Return a key with another meaning: another field's, or this one with another word or number.

    One letter changes the meaning of an abbreviation, or of words without separators.
    """
    words = list(re.finditer("[A-Za-z]+", key))
    ways: list[Values] = [st.sampled_from(sorted(known)), st.integers(0, 99).map(lambda number: f"{key}{number}")]
    if words:
        word = draw(st.sampled_from(words))
        exchanged = st.sampled_from(_WORDS).map(lambda other: key[: word.start()] + other + key[word.end() :])
        ways.append(exchanged)
    if jargon := _long_words(key, are_plain=False):
        word = draw(st.sampled_from(jargon))
        place = draw(st.integers(word.start(), word.end() - 1))
        ways.append(st.sampled_from(ascii_lowercase).map(lambda other: key[:place] + other + key[place + 1 :]))
    return str(draw(st.one_of(ways)))


def _long_words(key: str, *, are_plain: bool) -> list[re.Match[str]]:
    return [word for word in _LONG_WORD.finditer(key) if is_plain(word[0].lower()) is are_plain]


def _is_meant(model: type[BaseModel], example: dict[str, Any]) -> None:
    try:
        parse_config(model, example["format"], example["text"])
    except TypedflowError as error:
        fixes = [item.fix for item in error.diagnostics if item.fix and is_unambiguous(item.fix, keys_in(model))]
    else:
        return  # the key is accepted: a model may allow any keys, or have a validator that reads this one
    tree = parse(Source(f"example.{example['format']}", example["text"], example["format"]))
    path, meant = parse_path(example["path"]), example["meant"]
    for fix in fixes:
        wrong, name = format_path(fix.path), fix.replacement or ""
        require(fix.path == path and meant is not None, f"`{wrong}` becomes `{name}`, which has another meaning")
        config = config_of(model, with_key(tree, path, name))
        wanted = config_of(model, with_key(tree, path, str(meant)))
        require(config == wanted, f"`{wrong}` becomes `{name}`, but `{meant}` was meant")
