"""The laws of one model: reading, storing, formats, faults, and its JSON Schema."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from typedflow.hypothesis._configs import config_of, read, valid_trees
from typedflow.hypothesis._documents import FORMATS, Format, document, document_trees
from typedflow.hypothesis._faults import WRONG, Fault, faults_of
from typedflow.hypothesis._law import Law, broken, require
from typedflow.hypothesis._paths import paths, put
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES
from typedflow.hypothesis._walk import Wish, trees
from typedflow.layers import layer, merge
from typedflow.models import dump, plan_of, restore, validate
from typedflow.parsing import parse
from typedflow.schema import export
from typedflow.values import Diagnostic, KeyPath, Source, TypedflowError, canonical, format_path, parse_path


@dataclass(frozen=True, slots=True)
class _Document:
    """How an example says what a file holds."""

    format: Format
    text: str


@dataclass(frozen=True, slots=True)
class _Mistake(_Document):
    """How an example says what is wrong with a file."""

    rule: str
    path: str
    line: int | None


def model_laws(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    """Return the laws of a model."""
    schema = lru_cache(partial(export, model))
    whole = valid_trees(model, Wish(overrides=overrides))
    by_format = document_trees(model, overrides)
    yield Law(
        "read-back",
        "what is stored of a config is read back to the same config, in the same bytes",
        whole,
        lambda tree: _read_back(model, tree),
        dict[str, Any],
    )
    yield Law(
        "formats-agree",
        "a config is the same in every format, whatever the order of its keys and the style of its text",
        _two_documents(by_format["toml"]),
        lambda texts: _formats_agree(model, texts),
        tuple[_Document, _Document],
    )
    yield Law(
        "faults-are-found",
        "a mistake in a file is reported by its rule, at its line",
        faults_of(model, by_format).map(_plain_fault),
        lambda fault: _is_found(model, fault),
        _Mistake,
    )
    yield Law(
        "validators-refuse",
        "whatever a file says, a validator takes it, or refuses it with ValueError or AssertionError",
        _unjudged(trees(model, Wish(judged=False, overrides=overrides))),
        lambda tree: _is_taken_or_refused(model, tree),
        dict[str, Any],
    )
    yield Law(
        "schema-agrees",
        "the JSON Schema takes every config, and no file with an unknown or a missing key",
        st.one_of(by_format["json"], _structural(model, by_format["json"])),
        lambda tree: _schema_agrees(model, schema(), tree),
        dict[str, Any],
    )


def parsed(model: type[BaseModel], name: str, text: str, *, complete: bool = False) -> BaseModel:
    """Return the config of one file; a complete one is not laid on the model's defaults.

    Raises:
        TypedflowError: what is wrong with it.
    """
    source = Source(f"example.{name}", text, name)
    only = replace(layer(source, parse(source)), complete=complete)
    return validate(merge([only], plan_of(model)), model)


def _read_back(model: type[BaseModel], tree: Any) -> None:
    config = config_of(model, tree)
    try:
        text = canonical(dump(config))
        again = restore(model, dump(config))
    except TypedflowError as error:
        raise broken("what is stored of the config cannot be read back", error) from None
    require(again == config, f"what is read back differs:\n{again!r}\n{config!r}")
    require(canonical(dump(again)) == text, "what is read back is stored in other bytes")
    shuffled = canonical(dump(read(model, _shuffled(tree))))
    require(shuffled == text, "the same keys in another order are stored in other bytes")


def _shuffled(tree: Any) -> Any:
    if isinstance(tree, list):
        return [_shuffled(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    items = [(key, _shuffled(item)) for key, item in tree.items()]
    random.Random(len(items)).shuffle(items)  # noqa: S311 # no secret, but an order
    return dict(items)


def _two_documents(trees: Values) -> Values:
    @st.composite
    def draw_two(draw: st.DrawFn) -> list[dict[str, str]]:
        tree = draw(trees)
        names = draw(st.lists(st.sampled_from(FORMATS), min_size=2, max_size=2))
        return [{"format": name, "text": document(tree, name, draw(STYLES))} for name in names]

    return draw_two()


def _formats_agree(model: type[BaseModel], texts: list[dict[str, str]]) -> None:
    try:
        for each in texts:
            config_of(model, parse(Source(f"example.{each['format']}", each["text"], each["format"])))
        one, other = (parsed(model, each["format"], each["text"]) for each in texts)
    except TypedflowError as error:
        raise broken("a config that is valid in one format is refused", error) from None
    require(one == other, f"the two files give different configs:\n{one!r}\n{other!r}")


def _plain_fault(fault: Fault) -> dict[str, Any]:
    path = format_path(fault.path) if fault.path else ""
    return {"format": fault.format, "text": fault.text, "rule": fault.rule, "path": path, "line": fault.line}


def _is_found(model: type[BaseModel], fault: dict[str, Any]) -> None:
    found: tuple[Diagnostic, ...] = ()
    try:
        parsed(model, fault["format"], fault["text"])
    except TypedflowError as error:
        found = error.diagnostics
    where = f"`{fault['path']}`" if fault["path"] else "the file"
    line = f" in line {fault['line']}" if fault["line"] else ""
    require(found, f"nothing finds the {fault['rule']} of {where}{line}")
    if not any(_is_of(item, fault) for item in found):
        message = f"the {fault['rule']} of {where}{line} is reported by another rule, or at another place"
        raise broken(message, TypedflowError(found))


def _is_of(item: Diagnostic, fault: dict[str, Any]) -> bool:
    span = item.location.span if item.location else None
    if item.rule.name != fault["rule"]:
        return False
    return (
        item.path == parse_path(fault["path"]) if fault["line"] is None else bool(span and span.line == fault["line"])
    )


@st.composite
def _unjudged(draw: st.DrawFn, trees: Values) -> Any:
    """Return what the types of a model take, now and then with one value that its type may not take."""
    tree = draw(trees)
    places = paths(tree)
    is_right = not places or draw(st.sampled_from([True, True, False]))
    return tree if is_right else put(tree, draw(st.sampled_from(places)), draw(WRONG))


def _is_taken_or_refused(model: type[BaseModel], tree: Any) -> None:
    with suppress(ValidationError):
        read(model, tree)


def _structural(model: type[BaseModel], trees: Values) -> Values:
    """Return files whose faults a schema must know, too: those of their keys."""
    found = faults_of(model, {"json": trees}, kinds=("unknown-key", "missing-key"))
    return found.map(lambda fault: parse(Source("example.json", fault.text, "json")))


def _schema_agrees(model: type[BaseModel], schema: dict[str, Any], tree: Any) -> None:
    from jsonschema import Draft202012Validator

    refused = next(Draft202012Validator(schema).iter_errors(tree), None)
    try:
        parsed(model, "json", canonical(tree))
    except TypedflowError:
        require(refused is not None, "the JSON Schema takes a file with an unknown or a missing key")
    else:
        require(refused is None, f"the JSON Schema refuses a valid config: {refused.message if refused else ''}")
