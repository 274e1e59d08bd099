"""The laws of layers: grouping does not matter, one merged file is equivalent, the text at an origin is the value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from typedflow.hypothesis._configs import config_of
from typedflow.hypothesis._law import Law, law_broken_by, require
from typedflow.hypothesis._model_laws import parse_config
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._stacks import Stack, stacks_of
from typedflow.layers import Layer, Merged, merge, provenance
from typedflow.models import plan_of, validate
from typedflow.parsing import locate, parse_any
from typedflow.values import KeyPath, Origin, Source, Span, TypedflowError, canonical, format_path, leaves_of


def layer_laws(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    """Return the laws of a model's layers."""
    plain = stacks_of(model, overrides).map(
        lambda stack: {"files": stack.files, "options": list(stack.options), "included": stack.included}
    )
    yield Law(
        "layers-merge",
        "layers, in any grouping, give the same config as one file with the merged settings",
        plain,
        lambda example: _layers_merge(model, _stack(example)),
        Stack,
    )
    yield Law(
        "origins-are-true",
        "every setting has one origin, and the text at that position is its value",
        plain,
        lambda example: _origins_are_true(model, _stack(example)),
        Stack,
    )


def _stack(example: dict[str, Any]) -> Stack:
    return Stack(example["files"], tuple(example.get("options", ())), example.get("included", {}))


def _layers_merge(model: type[BaseModel], stack: Stack) -> None:
    try:
        layers = stack.layers(model)
        merged = merge(layers, plan_of(model))
        config_of(model, merged.tree)
        config = validate(merged, model)
        alone = parse_config(model, "json", canonical(merged.tree), complete=True)
    except TypedflowError as error:
        raise law_broken_by("the layers, or one file with the merged settings, are rejected", error) from None
    require(alone == config, f"one file with the merged settings gives another config:\n{alone!r}\n{config!r}")
    empty = Layer(Source("", ""), {})
    for at in range(len(layers) + 1):
        same = merge([*layers[:at], empty, *layers[at:]], plan_of(model)).tree
        require(canonical(same) == canonical(merged.tree), "an empty layer changes the merged settings")
    if not _depends_on_lower(merged):
        _is_associative(model, layers, merged)


def _depends_on_lower(merged: Merged) -> bool:
    """Return whether a layer depends on lower layers, by a directive or by switching a union's variant."""
    is_switched = merged.defaults is not None and bool(merged.defaults.tags)
    return (
        is_switched
        or bool(provenance(merged).removed)
        or any(each.directives.deletes or each.directives.rules for each in merged.stack)
    )


def _is_associative(model: type[BaseModel], layers: list[Layer], merged: Merged) -> None:
    plan = plan_of(model)
    for at in range(2, len(layers)):
        upper = Layer(Source("", ""), merge(layers[1:at], plan, defaults=False).tree)
        lower = Layer(Source("", ""), merge(layers[:at], plan, defaults=False).tree)
        for grouped in ([layers[0], upper, *layers[at:]], [lower, *layers[at:]]):
            same = canonical(merge(grouped, plan).tree) == canonical(merged.tree)
            require(same, f"layers merged in another grouping (the first {at}) give a different result")


def _origins_are_true(model: type[BaseModel], stack: Stack) -> None:
    merged = stack.merged(model)
    found = provenance(merged)
    leaves = dict(leaves_of(merged.tree)) if merged.tree else {}
    require(set(found.leaves) == set(leaves), "the settings and their origins have different keys")
    emptied = {item.path[:length] for item in found.removed for length in range(len(item.path))}
    for path, value in leaves.items():
        origin = found.leaves[path].origin
        if origin.source.format is None or (value == {} and (path in emptied or origin.source.format == "toml")):
            continue  # an option has no file; the text of an empty mapping is that of what was deleted, or a header
        span = locate(origin.source, origin.path)
        require(span, f"`{format_path(path)}` has no place in {origin.source.name}")
        text = _text_at(origin, span) if span else ""
        require(
            _is_same(_value(text, origin.source.format), value), f"`{format_path(path)}` is {value!r}, not {text!r}"
        )


def _text_at(origin: Origin, span: Span) -> str:
    lines = origin.source.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def _value(text: str, name: str) -> Any:
    if name == "toml":
        return parse_any(Source("", f"value = {text}", name))["value"]
    return parse_any(Source("", f"{text}\n", name))


def _is_same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
