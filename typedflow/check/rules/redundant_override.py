"""TF205 redundant-override: values in environment and binding files that are already in effect without them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from typedflow.check._facts import Facts
from typedflow.layers import Layer, Merge, Plan, Rank, merge
from typedflow.models import plan_of
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    Fix,
    KeyPath,
    Origin,
    Related,
    Severity,
    Source,
    TypedflowError,
    format_path,
)


@dataclass(frozen=True, slots=True)
class _Base:
    """The layers below a file in one of its cases."""

    layers: tuple[Layer, ...]
    merged: Layer

    @staticmethod
    def of(layers: Sequence[Layer], plan: Plan) -> _Base:
        merged = merge(layers, plan, defaults=False)
        return _Base(merged.stack, Layer(Source("", ""), merged.tree))


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Yield the values in environment and binding files that change nothing in any case of the file."""
    plan = plan_of(facts.project.model)
    for layer, bases in _used(facts, plan):
        layer = _spelled(layer, bases[0], plan)  # noqa: PLW2901
        paths = _redundant(layer, bases, plan)
        if paths and _lies_on_others(facts, layer):
            continue
        if paths and all(_is_the_same_without(layer, paths, base, plan) for base in bases):
            for path in _outermost(layer.tree, paths, ()):
                below = sorted((leaf for leaf in paths if leaf[: len(path)] == path), key=str)
                yield _finding(layer, path, _origins(below, bases[0]))


def _used(facts: Facts, plan: Plan) -> Iterator[tuple[Layer, list[_Base]]]:
    """Yield each file that overrides others, and the layers below it in each case."""
    ranked: dict[Rank, list[Layer]] = {}
    for layer in facts.layers:
        ranked.setdefault(layer.rank, []).append(layer)
    low, environments = ranked.get(Rank.GLOBAL, []), ranked.get(Rank.ENVIRONMENT, [])
    stacks = [[*low, layer] for layer in environments]
    if not environments or facts.project.manifest.environments.default is None:
        stacks.append(low)
    try:
        below, bases = _Base.of(low, plan), [_Base.of(stack, plan) for stack in stacks]
    except TypedflowError:  # reported where the variant is resolved
        return
    yield from ((layer, [below]) for layer in environments)
    for layer in ranked.get(Rank.BINDING, []):
        try:
            extended = facts.project.extended.layers_of(_binding(facts, layer), layer)[:-1] if layer.extends else ()
            yield layer, [_Base.of([*base.layers, *extended], plan) for base in bases] if extended else bases
        except TypedflowError:  # the same
            continue


def _binding(facts: Facts, layer: Layer) -> str:
    """Return the name of a binding, by its layer."""
    return next(name for name, file in facts.project.files.bindings.items() if file == layer.source.file)


def _lies_on_others(facts: Facts, layer: Layer) -> bool:
    """Return whether some binding extends this one beside others, which it may override there."""
    is_binding = layer.rank is Rank.BINDING
    return is_binding and _binding(facts, layer) in facts.project.extended.named_with_others


def _spelled(layer: Layer, base: _Base, plan: Plan) -> Layer:
    """Return a layer with the keys of the merged tree; merge errors are reported where the variant is resolved."""
    try:
        return merge([base.merged, layer], plan, defaults=False).stack[-1]
    except TypedflowError:
        return layer


def _redundant(layer: Layer, bases: Sequence[_Base], plan: Plan) -> set[KeyPath]:
    directives = [item.path for item in (*layer.directives.deletes, *layer.directives.rules)]
    found = [set(_repeated(layer.tree, base.merged.tree, plan, ())) for base in bases]
    return {
        path
        for path in set.intersection(*found)
        if not any(_overlap(path, other) for other in directives) and not _is_reused(layer, path)
    }


def _is_reused(layer: Layer, path: KeyPath) -> bool:
    """Return whether a value is included, perhaps by others, too; or overrides one that is."""
    leaf = layer.leaf(path)
    return leaf.origin.through is not None or bool(leaf.shadows)


def _repeated(high: Mapping[str, Any], low: Mapping[str, Any], plan: Plan, path: KeyPath) -> Iterator[KeyPath]:
    """Yield the key paths whose values are the same below; a value with a merge rule adds to those below."""
    plan = plan.variant({**low, **high})
    for key, value in high.items():
        child = plan.child(key)
        if key not in low or (isinstance(value, list) and child.rule not in {None, Merge.replace}):
            continue
        if isinstance(value, dict) and isinstance(low[key], dict) and child.rule != Merge.replace:
            yield from _repeated(value, low[key], child, (*path, key))
        elif _is_same(value, low[key]):
            yield (*path, key)


def _is_same(one: object, other: object) -> bool:
    """Return whether two plain values are equal and of the same type."""
    return type(one) is type(other) and (_text(one) == _text(other) if isinstance(one, list | dict) else one == other)


def _text(value: object) -> str:
    """Return a plain value as text, in which 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True, default=repr)  # a reference has no value yet


def _overlap(one: KeyPath, other: KeyPath) -> bool:
    return one[: len(other)] == other[: len(one)]


def _is_the_same_without(layer: Layer, paths: set[KeyPath], base: _Base, plan: Plan) -> bool:
    """Return whether a case merges to the same tree without some values of a file."""
    stripped = replace(layer, tree=_without(layer.tree, paths, ()))
    try:
        trees = [merge([base.merged, item], plan, defaults=False).tree for item in (layer, stripped)]
    except TypedflowError:
        return False
    return _text(trees[0]) == _text(trees[1])


def _without(tree: Mapping[str, Any], paths: set[KeyPath], path: KeyPath) -> dict[str, Any]:
    kept = {key: value for key, value in tree.items() if (*path, key) not in paths}
    return {
        key: _without(value, paths, (*path, key)) if isinstance(value, dict) else value for key, value in kept.items()
    }


def _outermost(tree: Mapping[str, Any], paths: set[KeyPath], path: KeyPath) -> Iterator[KeyPath]:
    """Yield the paths to remove; a mapping is removed as a whole if nothing would be left in it."""
    for key, value in tree.items():
        here = (*path, key)
        if here in paths or (isinstance(value, dict) and value and _is_covered(value, paths, here)):
            yield here
        elif isinstance(value, dict):
            yield from _outermost(value, paths, here)


def _is_covered(tree: Mapping[str, Any], paths: set[KeyPath], path: KeyPath) -> bool:
    return all(
        (*path, key) in paths or (isinstance(value, dict) and bool(value) and _is_covered(value, paths, (*path, key)))
        for key, value in tree.items()
    )


def _origins(paths: Iterable[KeyPath], base: _Base) -> list[Origin]:
    """Return where values are set below, one place in each file."""
    layers = base.layers[::-1]
    found = (next((lower.origin(path) for lower in layers if lower.sets(path)), None) for path in paths)
    return list({origin.source.name: origin for origin in found if origin}.values())


def _finding(layer: Layer, path: KeyPath, repeated: Sequence[Origin]) -> Diagnostic:
    source, at = layer.source, layer.origin(path).path
    files = " and ".join(origin.source.name for origin in repeated)
    sets = "sets" if len(repeated) == 1 else "set"
    has_anchors = source.format == "yaml" and "&" in source.text
    return Diagnostic(
        RULES["redundant-override"],
        f"`{format_path(at[len(layer.root) :])}` changes nothing: {files} already {sets} this value",
        location(source, at, key=True),
        hint="remove it" if not has_anchors else "remove it, unless an alias needs it",
        related=tuple(Related("repeats", location(origin.source, origin.path)) for origin in repeated),
        path=path,
        severity=Severity.WARNING,
        fix=None if has_anchors else Fix(at),
    )
