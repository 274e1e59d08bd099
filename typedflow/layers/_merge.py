"""Merging: a stack of layers becomes one tree.

Mappings merge key by key; everything else replaces, unless the plan or a directive names another rule. One walk serves
both speeds: with a log it also tells where every leaf comes from, without one it moves plain values only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from typedflow.layers._directives import NO_DIRECTIVES
from typedflow.layers._layer import Layer
from typedflow.layers._plan import UNTYPED, Merge, Plan
from typedflow.layers._problems import delete_nothing, kind_conflict, no_identity, unset_directive, wrong_directive
from typedflow.layers._quick import quick
from typedflow.layers._spelling import spelled
from typedflow.layers._switch import renamed, switched
from typedflow.values import Diagnostic, KeyPath, TypedflowError


class Log(Protocol):
    """Somebody who wants to know what merging does."""

    def put(self, path: KeyPath, value: object, layer: Layer, source_path: KeyPath) -> None:
        """A layer's value now stands at the path of the tree, with all that is below it."""

    def drop(self, path: KeyPath, layer: Layer, source_path: KeyPath, reason: str) -> None:
        """What stood at the path, and below it, is gone."""

    def move(self, path: KeyPath, to: KeyPath) -> None:
        """What stood at the path, and below it, now stands at another: the same field, by another of its keys."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged tree, with what it was merged from."""

    tree: Any
    stack: tuple[Layer, ...]
    plan: Plan


def merge(stack: Sequence[Layer], plan: Plan) -> Merged:
    """Merge a stack, lowest precedence first.

    Raises:
        TypedflowError: with every kind conflict and every directive that does not apply.
    """
    tree, layers = fold(stack, plan, None)
    return Merged(tree, layers, plan)


def fold(stack: Sequence[Layer], plan: Plan, log: Log | None) -> tuple[Any, tuple[Layer, ...]]:
    """Merge a stack and tell the log; the tree shares what it did not change with the layers' trees.

    The layers come back with the keys that the merged tree has.
    """
    tree: Any = {}
    problems: list[Diagnostic] = []
    keyed: set[KeyPath] = set()
    layers: list[Layer] = []
    for given in stack:
        layer = spelled(given, tree, plan, layers, problems) if plan.respelled else given
        layers.append(layer)
        if (
            log is None
            and layer.directives is NO_DIRECTIVES
            and isinstance(tree, dict)
            and isinstance(layer.tree, dict)
        ):
            merged = quick(tree, layer.tree, plan)
            if merged is not None:
                tree = merged
                continue
        walk = _Walk(layer, layers[:-1], log, problems, keyed)
        if isinstance(tree, dict) and isinstance(layer.tree, dict):
            tree = walk.mapping(walk.deleted(tree), layer.tree, plan, (), ())
            walk.check_directives()
        else:
            tree = walk.whole(layer.tree)
    if problems:
        raise TypedflowError(problems)
    return tree, tuple(layers)


class _Walk:
    """One layer on its way into the tree."""

    __slots__ = ("below", "keyed", "layer", "log", "problems", "rules")

    def __init__(
        self, layer: Layer, below: Sequence[Layer], log: Log | None, problems: list[Diagnostic], keyed: set[KeyPath]
    ) -> None:
        self.layer = layer
        self.below = below
        self.log = log
        self.problems = problems
        self.keyed = keyed  # the lists that merged by key in lower layers: their items are checked
        self.rules = {directive.path: directive for directive in layer.directives.rules}

    def mapping(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, at: KeyPath
    ) -> dict[str, Any]:
        """Merge two mappings; ``path`` is the place in the tree, ``at`` the same place in the layer's own tree."""
        if plan.variants:
            low, plan = self._switched(low, high, plan, path, at)
        tree = low.copy()
        for key, value in high.items():
            if key in low:
                tree[key] = self._value(low[key], value, plan.child(key), (*path, key), (*at, key))
            else:
                tree[key] = value
                self._put((*path, key), value, (*at, key))
        return tree

    def whole(self, high: Any) -> Any:
        """Take a document that is no mapping (a list) as a whole."""
        self._put((), high, ())
        return high

    def _value(self, low: Any, high: Any, plan: Plan, path: KeyPath, at: KeyPath) -> Any:
        rule = self._rule(plan, path, high) if self.rules else plan.rule
        if rule is None or rule != Merge.replace:
            is_mapping = isinstance(high, dict)
            if isinstance(low, dict) is not is_mapping:
                if not plan.mixed:
                    self.problems.append(kind_conflict(low, high, path, at, self.layer, self.below))
            elif is_mapping:
                return self.mapping(low, high, plan, path, at)
            elif rule is not None and isinstance(low, list) and isinstance(high, list):
                return self._list(rule, low, high, plan.items, path, at)
        self._put(path, high, at)
        return high

    def _list(self, rule: Merge, low: list[Any], high: list[Any], plan: Plan | None, path: KeyPath, at: KeyPath) -> Any:
        names = _names(rule, plan)
        positions = self._keyed(rule, names, low, high, path, at) if rule.key else {}
        result = low.copy()
        for index, item in enumerate(high):
            place = positions.get(_identity(item, names)) if rule.key else None
            if place is not None:
                result[place] = self.mapping(low[place], item, plan or UNTYPED, (*path, place), (*at, index))
            elif rule != Merge.union or identity(item) not in map(identity, result):
                self._put((*path, len(result)), item, (*at, index))
                result.append(item)
        return result

    def _keyed(
        self, rule: Merge, names: Sequence[str], low: list[Any], high: list[Any], path: KeyPath, at: KeyPath
    ) -> dict[object, int]:
        """Give the index of each lower item by its identity, and report items that have none or share one."""
        positions, bad = _positions(names, low)
        if path not in self.keyed:
            self.problems += [no_identity(rule, (*path, i), self.below, shared=shared) for i, shared in bad]
        self.keyed.add(path)
        self.problems += [
            no_identity(rule, (*at, i), (self.layer,), shared=shared) for i, shared in _positions(names, high)[1]
        ]
        return positions

    def _switched(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, at: KeyPath
    ) -> tuple[dict[str, Any], Plan]:
        """Follow a discriminated union: a new tag drops the lower keys that its variant does not have."""
        found = switched(low, high, plan)
        for key, to in found.moved.items():
            if self.log is not None:
                self.log.move((*path, key), (*path, to))
        for key in found.gone:
            if self.log is not None:
                self.log.drop((*path, key), self.layer, (*at, *found.tag), found.reason)
        return renamed(low, found), found.plan

    def deleted(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Give the tree below this layer without what the layer deletes."""
        for directive in self.layer.directives.deletes:
            if not _has(tree, directive.path):
                self.problems.append(delete_nothing(directive, self.layer, tree))
                continue
            tree = _without(tree, directive.path)
            if self.log is not None:
                self.log.drop(directive.path, self.layer, directive.at, "deleted")
        return tree

    def check_directives(self) -> None:
        """Report the directives that name what the layer itself does not set."""
        for path, directive in self.rules.items():
            if not _has(self.layer.tree, path):
                self.problems.append(unset_directive(directive, self.layer))

    def _rule(self, plan: Plan, path: KeyPath, high: object) -> Merge | None:
        if path not in self.rules:
            return plan.rule
        directive = self.rules[path]
        if directive.rule != Merge.replace and not isinstance(high, list):
            self.problems.append(wrong_directive(directive, self.layer))
        return directive.rule

    def _put(self, path: KeyPath, value: object, at: KeyPath) -> None:
        if self.log is not None:
            self.log.put(path, value, self.layer, at)


def identity(value: object) -> object:
    """Give what tells two plain values apart: equal only when type and content are equal (1, 1.0 and true differ)."""
    if isinstance(value, dict):
        return frozenset((key, identity(item)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(identity(item) for item in value)
    return type(value), value


def _names(rule: Merge, items: Plan | None) -> tuple[str, ...]:
    """Return the keys that an item's identity may have: all of its field's."""
    found = items.keys.get(rule.key) if items is not None else None
    return found.keys if found is not None else (rule.key,)


def _identity(item: object, names: Sequence[str]) -> object:
    """Return an item's identity, None where it has none."""
    key = next((name for name in names if name in item), None) if isinstance(item, dict) else None
    return identity(item[key]) if isinstance(item, dict) and key is not None else None


def _positions(names: Sequence[str], items: list[Any]) -> tuple[dict[object, int], list[tuple[int, bool]]]:
    """Give the index of each item by its identity; and the items that have none, or share another's (true)."""
    found: dict[object, int] = {}
    bad: list[tuple[int, bool]] = []
    for index, item in enumerate(items):
        key = _identity(item, names)
        if key is None or key in found:
            bad.append((index, key is not None))
        else:
            found[key] = index
    return found, bad


def _has(tree: object, path: KeyPath) -> bool:
    for key in path:
        if not isinstance(tree, dict) or key not in tree:
            return False
        tree = tree[key]
    return True


def _without(tree: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    key, rest = path[0], path[1:]
    if not rest:
        return {name: value for name, value in tree.items() if name != key}
    return {name: _without(value, rest) if name == key else value for name, value in tree.items()}
