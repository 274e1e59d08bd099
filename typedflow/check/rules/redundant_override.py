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
from typedflow.project import ModelFiles
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

_Place = tuple[str, KeyPath]


@dataclass(frozen=True, slots=True)
class _Base:
    """The layers below a file in one of its cases."""

    layers: tuple[Layer, ...]
    merged: Layer

    @staticmethod
    def of(layers: Sequence[Layer], plan: Plan) -> _Base:
        merged = merge(layers, plan, defaults=False)
        return _Base(merged.stack, Layer(Source("", ""), merged.tree))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file as a model reads it, the layers below it in one of its cases, and the paths that change nothing."""

    layer: Layer
    base: _Base
    paths: set[KeyPath]

    def is_redundant(self, path: KeyPath) -> bool:
        """Return whether the file without a path would be the same for the model."""
        if not self.layer.sets(path) or any(path[: len(other)] == other for other in self.paths):
            return True
        value: Any = self.layer.tree
        for key in path:
            value = value[key]
        return isinstance(value, dict) and bool(value) and _is_covered(value, self.paths, path)


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Yield the values in environment and binding files that change nothing in any case of the file."""
    readings: dict[_Place, list[_Reading]] = {}
    for view in facts.by_model:
        plan = plan_of(view.model)
        for layer, bases in _used(facts, view, plan):
            readings.setdefault(_place(layer), []).append(_reading(facts, layer, bases, plan))
    whole = {_place(layer): layer for layer in facts.layers}
    for place, found in readings.items():
        layer, paths = (found[0].layer, found[0].paths) if len(found) == 1 else (whole[place], _common(found))
        own = layer.tree.get(layer.prefix[0], {}) if layer.prefix else layer.tree
        can_fix = not layer.root or not _is_covered(own, paths, layer.prefix)  # an environment keeps its block
        for path in _outermost(own, paths, layer.prefix):
            below = sorted((leaf for leaf in paths if leaf[: len(path)] == path), key=str)
            yield _finding(layer, path, _origins(below, found), can_fix=can_fix)


def _place(layer: Layer) -> _Place:
    """Return what no other layer has: the name of its file, and the block in it."""
    return layer.source.name, layer.root


def _reading(facts: Facts, layer: Layer, bases: Sequence[_Base], plan: Plan) -> _Reading:
    layer = _spelled(layer, bases[0], plan)
    paths = _redundant(layer, bases, plan)
    if not paths or _lies_on_others(facts, layer):
        return _Reading(layer, bases[0], set())
    is_the_same = all(_is_the_same_without(layer, paths, base, plan) for base in bases)
    return _Reading(layer, bases[0], paths if is_the_same else set())


def _common(readings: Sequence[_Reading]) -> set[KeyPath]:
    """Return the paths, with the keys of the file, that are redundant for every model that reads them."""
    return {
        reading.layer.written(path)
        for reading in readings
        for path in reading.paths
        if all(other.is_redundant(path) for other in readings)
    }


def _used(facts: Facts, view: ModelFiles, plan: Plan) -> Iterator[tuple[Layer, list[_Base]]]:
    """Yield each file that overrides others, and the layers below it in each case."""
    ranked: dict[Rank, list[Layer]] = {}
    for layer in view.layers:
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
            own = view.own(_extended(facts, layer))
            yield layer, [_Base.of([*base.layers, *own], plan) for base in bases] if own else bases
        except TypedflowError:  # the same
            continue


def _extended(facts: Facts, layer: Layer) -> list[Layer]:
    """Return the layers between a binding's file and the settings of environments: those that lie below the file."""
    bound = facts.project.bound
    name, section = bound.binding_of(layer)
    files = facts.project.files.bindings[name] if section else ()
    whole = (each for file in files if not file.section for each in bound.in_section("").layers(name))
    return [*whole, *(bound.in_section(section).layers_of(name, layer)[:-1] if layer.extends else ())]


def _lies_on_others(facts: Facts, layer: Layer) -> bool:
    """Return whether some binding extends this one beside others, which it may override there."""
    if layer.rank is not Rank.BINDING:
        return False
    name, section = facts.project.bound.binding_of(layer)
    return name in facts.project.bound.in_section(section).named_with_others


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


def _origins(paths: Iterable[KeyPath], readings: Sequence[_Reading]) -> list[Origin]:
    """Return where values are set below, one place in each file."""
    layers = [lower for reading in readings for lower in reversed(reading.base.layers)]
    found = (next((lower.origin(path) for lower in layers if lower.sets(path)), None) for path in paths)
    return list({origin.source.name: origin for origin in found if origin}.values())


def _finding(layer: Layer, path: KeyPath, repeated: Sequence[Origin], *, can_fix: bool) -> Diagnostic:
    source, at = layer.source, layer.origin(path).path
    files = " and ".join(origin.source.name for origin in repeated)
    sets = "sets" if len(repeated) == 1 else "set"
    has_anchors = source.format == "yaml" and "&" in source.text
    return Diagnostic(
        RULES["redundant-override"],
        f"`{format_path(layer.written(path))}` changes nothing: {files} already {sets} this value",
        location(source, at, key=True),
        hint="remove it" if not has_anchors else "remove it, unless an alias needs it",
        related=tuple(Related("repeats", location(origin.source, origin.path)) for origin in repeated),
        path=path,
        severity=Severity.WARNING,
        fix=Fix(at) if can_fix and not has_anchors else None,
    )
