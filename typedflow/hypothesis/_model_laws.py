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

from typedflow.hypothesis._configs import config_of, read_config, valid_trees
from typedflow.hypothesis._documents import FORMATS, Format, document, document_trees
from typedflow.hypothesis._faults import WRONG, Fault, faults_of
from typedflow.hypothesis._law import Law, law_broken_by, require
from typedflow.hypothesis._paths import paths, replace_at
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES
from typedflow.hypothesis._trees import TreeOptions, trees
from typedflow.layers import layer, merge
from typedflow.models import dump, plan_of, restore, validate
from typedflow.parsing import parse
from typedflow.schema import export
from typedflow.values import Diagnostic, KeyPath, Source, TypedflowError, canonical, format_path, parse_path


@dataclass(frozen=True, slots=True)
class _Document:
    """A file in an example."""

    format: Format
    text: str


@dataclass(frozen=True, slots=True)
class _Mistake(_Document):
    """A file with a mistake in an example."""

    rule: str
    path: str
    line: int | None


def model_laws(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    """Return the laws of a model."""
    schema = lru_cache(partial(export, model))
    whole = valid_trees(model, TreeOptions(overrides=overrides))
    by_format = document_trees(model, overrides)
    yield Law(
        "read-back",
        "a stored config is read back as the same config, in the same bytes",
        whole,
        lambda tree: _read_back(model, tree),
        dict[str, Any],
    )
    yield Law(
        "formats-agree",
        "a config is the same in every format, in any key order and style",
        _two_documents(by_format["toml"]),
        lambda texts: _formats_agree(model, texts),
        tuple[_Document, _Document],
    )
    yield Law(
        "faults-are-found",
        "a mistake in a file is reported with its rule, at its line",
        faults_of(model, by_format).map(_plain_fault),
        lambda fault: _is_found(model, fault),
        _Mistake,
    )
    yield Law(
        "validators-refuse",
        "whatever a file contains, a validator accepts it, or raises ValueError or AssertionError",
        _unvalidated(trees(model, TreeOptions(validated=False, overrides=overrides))),
        lambda tree: _accepts_or_rejects(model, tree),
        dict[str, Any],
    )
    yield Law(
        "schema-agrees",
        "the JSON Schema accepts every config, and rejects a file with an unknown or a missing key",
        st.one_of(by_format["json"], _key_faults(model, by_format["json"])),
        lambda tree: _schema_agrees(model, schema(), tree),
        dict[str, Any],
    )


def parse_config(model: type[BaseModel], name: str, text: str, *, complete: bool = False) -> BaseModel:
    """Return the config of one file; a complete one is not merged onto the model's defaults.

    Raises:
        TypedflowError: the file is invalid.
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
        raise law_broken_by("the stored config cannot be read back", error) from None
    require(again == config, f"the config that is read back differs:\n{again!r}\n{config!r}")
    require(canonical(dump(again)) == text, "the config that is read back is stored in different bytes")
    shuffled = canonical(dump(read_config(model, _shuffle_keys(tree))))
    require(shuffled == text, "the same keys in another order are stored in different bytes")


def _shuffle_keys(tree: Any) -> Any:
    if isinstance(tree, list):
        return [_shuffle_keys(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    items = [(key, _shuffle_keys(item)) for key, item in tree.items()]
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
        one, other = (parse_config(model, each["format"], each["text"]) for each in texts)
    except TypedflowError as error:
        raise law_broken_by("a valid config is rejected in one format", error) from None
    require(one == other, f"the two files give different configs:\n{one!r}\n{other!r}")


def _plain_fault(fault: Fault) -> dict[str, Any]:
    path = format_path(fault.path) if fault.path else ""
    return {"format": fault.format, "text": fault.text, "rule": fault.rule, "path": path, "line": fault.line}


def _is_found(model: type[BaseModel], fault: dict[str, Any]) -> None:
    found: tuple[Diagnostic, ...] = ()
    try:
        parse_config(model, fault["format"], fault["text"])
    except TypedflowError as error:
        found = error.diagnostics
    where = f"`{fault['path']}`" if fault["path"] else "the file"
    line = f" in line {fault['line']}" if fault["line"] else ""
    require(found, f"the {fault['rule']} of {where}{line} is not reported")
    if not any(_is_of(item, fault) for item in found):
        message = f"the {fault['rule']} of {where}{line} is reported with another rule or at another position"
        raise law_broken_by(message, TypedflowError(found))


def _is_of(item: Diagnostic, fault: dict[str, Any]) -> bool:
    span = item.location.span if item.location else None
    if item.rule.name != fault["rule"]:
        return False
    return (
        item.path == parse_path(fault["path"]) if fault["line"] is None else bool(span and span.line == fault["line"])
    )


@st.composite
def _unvalidated(draw: st.DrawFn, trees: Values) -> Any:
    """Return trees that the types of a model accept, sometimes with one value that its type may reject."""
    tree = draw(trees)
    places = paths(tree)
    is_right = not places or draw(st.sampled_from([True, True, False]))
    return tree if is_right else replace_at(tree, draw(st.sampled_from(places)), draw(WRONG))


def _accepts_or_rejects(model: type[BaseModel], tree: Any) -> None:
    with suppress(ValidationError):
        read_config(model, tree)


def _key_faults(model: type[BaseModel], trees: Values) -> Values:
    """Return files with faults that the schema must reject, too: unknown and missing keys."""
    found = faults_of(model, {"json": trees}, kinds=("unknown-key", "missing-key"))
    return found.map(lambda fault: parse(Source("example.json", fault.text, "json")))


def _schema_agrees(model: type[BaseModel], schema: dict[str, Any], tree: Any) -> None:
    from jsonschema import Draft202012Validator

    refused = next(Draft202012Validator(schema).iter_errors(tree), None)
    try:
        parse_config(model, "json", canonical(tree))
    except TypedflowError:
        require(refused is not None, "the JSON Schema accepts a file with an unknown or a missing key")
    else:
        require(refused is None, f"the JSON Schema rejects a valid config: {refused.message if refused else ''}")
