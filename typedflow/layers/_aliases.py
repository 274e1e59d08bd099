"""Aliases: fields with several keys, of which a merged tree has one.

Before a layer is merged, its keys are normalized to those of the merged tree; the layer remembers its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from typedflow.layers._directives import NO_DIRECTIVES, Directive, Directives
from typedflow.layers._item_paths import ItemPath, ItemPaths
from typedflow.layers._layer import Layer, Rank
from typedflow.layers._lists import likeness, positions
from typedflow.layers._plan import FieldKeys, Plan
from typedflow.layers._problems import set_twice
from typedflow.values import Diagnostic, KeyPath, has_path


def normalize_keys(
    layer: Layer,
    tree: Any,
    plan: Plan,
    below: Sequence[Layer],
    problems: list[Diagnostic],
    tags: Mapping[ItemPath, dict[str, Any]],
) -> Layer:
    """Return a layer with the keys of the merged tree, given the tree of the layers below; report problems with it.

    It is a problem when a layer sets one field by two keys, or leaves the choice between two keys to the model.
    ``tags`` are those of the defaults below.
    """
    walk = _Walk(layer, below, problems, tags)
    own = walk.value(layer.tree, tree, plan, layer.base, layer.base)
    directives = _directives(layer.directives, plan, [*map(_nested, tags.items()), tree], own)
    prefix = layer.prefix and _chain(own, layer.prefix)
    if layer.rank == Rank.VARIABLE:
        problems += _twice_in_variables(layer, prefix, own, plan, below)
    if not walk.spelling and directives == layer.directives:
        return layer
    return replace(layer, tree=own, directives=directives, prefix=prefix, spelling={**layer.spelling, **walk.spelling})


class _Walk:
    """A walk through one layer's tree."""

    def __init__(
        self,
        layer: Layer,
        below: Sequence[Layer],
        problems: list[Diagnostic],
        tags: Mapping[ItemPath, dict[str, Any]],
    ) -> None:
        self.spelling: dict[KeyPath, str] = {}
        self._layer = layer
        self._below = below
        self._problems = problems
        self._tags = tags
        self._item_paths = ItemPaths()

    def value(self, high: Any, low: Any, plan: Plan, path: KeyPath, at: KeyPath) -> Any:
        """Return a value with its keys; ``path`` is its place in the merged tree, ``at`` that in the layer's own."""
        if not plan.has_aliases:
            return high
        if isinstance(high, list):
            met = self._partners(high, low, plan, path)
            return [self.value(item, met[i], plan.item(i), (*path, i), (*at, i)) for i, item in enumerate(high)]
        if not isinstance(high, dict):
            return high
        below = low if isinstance(low, dict) else {}
        plan, names = _names(high, {**self._tags.get(self._item_paths.of(path) or (), {}), **below}, plan)
        self._check(high, below, plan, path, at)
        tree = {}
        for key, value in high.items():
            name = names[key]
            if name != key:
                self.spelling[(*path, name)] = key
            child = plan.inside.get(key) or plan.child(key)
            tree[name] = self.value(value, below.get(name), child, (*path, name), (*at, key))
        return tree

    def _partners(self, high: list[Any], low: Any, plan: Plan, path: KeyPath) -> list[Any]:
        """Return for each item of a list the lower item that it merges with, if any."""
        if plan.rule is None or not plan.rule.key or any(each.path == path for each in self._layer.directives.rules):
            return [None] * len(high)
        like = likeness(plan.rule, plan)
        self._item_paths.add(path, high, like)
        items = low if isinstance(low, list) else []
        found, _ = positions(like, items)
        places = [found.get(like.of(item)) for item in high]
        return [None if place is None else items[place] for place in places]

    def _check(self, high: Mapping[str, Any], low: Mapping[str, Any], plan: Plan, path: KeyPath, at: KeyPath) -> None:
        """Report a field that is set by two of its keys, where the merged tree would keep both."""
        fields = {id(found): found for found in (*map(plan.keys.get, high), *plan.nested) if found is not None}
        for found in fields.values():
            here = [choice for choice in found.choices if has_path(high, choice)]
            if len(here) > 1:
                self._report(found, (*at, *here[1]), (*at, *here[0]), self._layer)
            elif here and len(found.keys) < len(found.choices):
                for other in found.choices:
                    if other != here[0] and max(len(other), len(here[0])) > 1 and has_path(low, other):
                        self._report_below(found, (*at, *here[0]), (*path, *other))

    def _report_below(self, found: FieldKeys, path: KeyPath, other: KeyPath) -> None:
        deleted = {item.path for item in self._layer.directives.deletes}
        setter = next((layer for layer in reversed(self._below) if layer.sets(other)), None)
        if setter is not None and not any(other[: length + 1] in deleted for length in range(len(other))):
            self._report(found, path, other, setter)

    def _report(self, found: FieldKeys, path: KeyPath, other: KeyPath, setter: Layer) -> None:
        self._problems.append(set_twice(found, path, self._layer.origin(path), other, setter.origin(other)))


def _names(high: Mapping[str, Any], low: Mapping[str, Any], plan: Plan) -> tuple[Plan, dict[str, str]]:
    """Return the plan of a mapping's variant, and each of its keys as the merged tree has it."""
    plan = variant_of(high, low, plan)
    names: dict[str, str] = {}
    for key in high:
        name = plan.canonical(key, low)
        names[key] = key if name in names.values() or (name in high and name != key) else name
    return plan, names


def variant_of(high: Mapping[str, Any], low: Mapping[str, Any], plan: Plan) -> Plan:
    """Return the plan of the variant that two mappings choose together, as far as it is known."""
    while plan.variants:
        own = {plan.canonical(key, low): value for key, value in high.items()}
        tag = next((own[key] for key in plan.tag_keys if key in own), None)
        found = plan.choice({**low, **own} if tag is None else {**low, **own, plan.tag: tag})
        if found is None:
            break
        plan = found
    return plan


def normalize_path(path: KeyPath, trees: Sequence[Any], plan: Plan) -> tuple[KeyPath, FieldKeys | None]:
    """Return the key path in the merged tree, by the variants that trees choose, and the keys of its last field."""
    result: KeyPath = ()
    keys: FieldKeys | None = None
    for key in path:
        low = {name: value for tree in trees if isinstance(tree, dict) for name, value in tree.items()}
        plan = plan.variant(low)
        keys = plan.keys.get(str(key))
        name = plan.canonical(str(key), low)
        result = (*result, name)
        plan = plan.inside.get(str(key)) or plan.child(str(key))
        trees = [tree.get(name) for tree in trees if isinstance(tree, dict)]
    return result, keys


def _nested(item: tuple[ItemPath, dict[str, Any]]) -> Any:
    """Return the tree of a default's tags at their path; directives reach none in a list."""
    path, tree = item
    for key in reversed(path):
        tree = {key: tree} if isinstance(key, str) else {}
    return tree


def _directives(found: Directives, plan: Plan, below: Sequence[Any], own: Any) -> Directives:
    if found is NO_DIRECTIVES:
        return found

    def normalized(items: tuple[Directive, ...], *trees: Any) -> tuple[Directive, ...]:
        return tuple(item._replace(path=normalize_path(item.path, trees, plan)[0]) for item in items)

    return Directives(normalized(found.deletes, *below), normalized(found.rules, *below, own))


def _chain(tree: Any, prefix: KeyPath) -> KeyPath:
    """Return the keys of the one value that a layer sets; those of its prefix where nothing is left of it."""
    path: KeyPath = ()
    while tree and len(path) < len(prefix):
        ((key, tree),) = tree.items()
        path = (*path, key)
    return (*path, *prefix[len(path) :])


def _twice_in_variables(
    layer: Layer, prefix: KeyPath, tree: Any, plan: Plan, below: Sequence[Layer]
) -> list[Diagnostic]:
    """Report two variables that set one field by different keys: neither takes precedence."""
    for lower in below:
        if lower.rank == Rank.VARIABLE and lower.prefix == prefix and lower.source.name != layer.source.name:
            _, keys = normalize_path(layer.prefix, [tree], plan)
            if keys is not None:
                return [
                    set_twice(
                        keys, layer.prefix, layer.origin(layer.prefix), lower.written(prefix), lower.origin(prefix)
                    )
                ]
    return []
