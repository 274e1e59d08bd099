"""Merging: a stack of layers becomes one tree.

Mappings merge key by key; everything else replaces, unless the plan or a directive names another rule. One walk serves
both speeds: with a log it also tells where every leaf comes from, without one it moves plain values only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typedflow.layers._directives import NO_DIRECTIVES
from typedflow.layers._layer import Layer
from typedflow.layers._lists import Likeness, likeness, positions
from typedflow.layers._log import Log
from typedflow.layers._plan import Merge, Plan
from typedflow.layers._problems import delete_nothing, kind_conflict, no_identity, unset_directive, wrong_directive
from typedflow.layers._quick import quick
from typedflow.layers._spelling import spelled
from typedflow.layers._spots import Spots
from typedflow.layers._switch import renamed, switched
from typedflow.layers._trail import Defaults, Made, Trail
from typedflow.values import Diagnostic, KeyPath, TypedflowError


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged tree, with what it was merged from."""

    tree: Any
    stack: tuple[Layer, ...]
    plan: Plan
    defaults: Defaults | None = None


def merge(stack: Sequence[Layer], plan: Plan, *, defaults: bool = True, made: Made | None = None) -> Merged:
    """Merge a stack, lowest precedence first, and lay it on the model's defaults.

    Without the defaults, the tree is that of a group of layers, which other layers may still come below. ``made`` has
    what factories of defaults have made for the same config.

    Raises:
        TypedflowError: with every kind conflict and every directive that does not apply.
    """
    known = Defaults(made or Made()) if defaults and plan.defaulted else None
    tree, layers = fold(stack, plan, None, known)
    return Merged(tree, layers, plan, known)


def fold(
    stack: Sequence[Layer], plan: Plan, log: Log | None, defaults: Defaults | None = None
) -> tuple[Any, tuple[Layer, ...]]:
    """Merge a stack and tell the log; the tree shares what it did not change with the layers' trees.

    The layers come back with the keys that the merged tree has.
    """
    problems: list[Diagnostic] = []
    if defaults is None:
        tree, layers = _folded(stack, plan, log, problems, None)
    else:
        from typedflow.layers._defaults import Laying

        trail = Trail(plan, defaults)
        tree, layers = _folded(stack, plan, log, problems, trail)
        laying = Laying(trail, layers, log, problems)
        tree = laying.under(tree)
        if laying.has_new_tags:
            return fold(stack, plan, log, defaults)
    if problems:
        raise TypedflowError(problems)
    return tree, tuple(layers)


def _folded(
    stack: Sequence[Layer], plan: Plan, log: Log | None, problems: list[Diagnostic], trail: Trail | None
) -> tuple[Any, list[Layer]]:
    tree: Any = {}
    keyed: set[KeyPath] = set()
    layers: list[Layer] = []
    for given in stack:
        tags = trail.defaults.tags if trail is not None else {}
        layer = spelled(given, tree, plan, layers, problems, tags) if plan.respelled else given
        layers.append(layer)
        if layer.complete and trail is not None:
            trail.complete(layer.tree)
        if (
            log is None
            and layer.directives is NO_DIRECTIVES
            and (trail is None or not trail)
            and isinstance(tree, dict)
            and isinstance(layer.tree, dict)
        ):
            merged = quick(tree, layer.tree, plan)
            if merged is not None:
                tree = merged
                continue
        walk = _Walk(layer, layers[:-1], log, problems, keyed, trail)
        if isinstance(tree, dict) and isinstance(layer.tree, dict):
            tree = walk.mapping(walk.deleted(tree), layer.tree, plan, (), ())
            walk.check_directives()
        else:
            tree = walk.whole(layer.tree)
    return tree, layers


class _Walk:
    """One layer on its way into the tree."""

    __slots__ = ("below", "keyed", "layer", "log", "problems", "rules", "spots", "trail")

    def __init__(
        self,
        layer: Layer,
        below: Sequence[Layer],
        log: Log | None,
        problems: list[Diagnostic],
        keyed: set[KeyPath],
        trail: Trail | None,
    ) -> None:
        self.layer = layer
        self.below = below
        self.log = log
        self.problems = problems
        self.keyed = keyed  # the lists that merged by key in lower layers: their items are checked
        self.rules = {directive.path: directive for directive in layer.directives.rules}
        self.spots = Spots()
        self.trail = trail

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
                if self.trail is not None:
                    self.trail.start((*path, key), self.rules)
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
                return self._list(rule, low, high, plan, path, at)
        self._put(path, high, at)
        if self.trail is not None:
            self.trail.replace(path, high)
            self.trail.start(path, {each: rule for each, rule in self.rules.items() if each != path})
        return high

    def _list(self, rule: Merge, low: list[Any], high: list[Any], plan: Plan, path: KeyPath, at: KeyPath) -> Any:
        like = likeness(rule, plan)
        places = self._keyed(rule, like, low, high, path, at) if rule.key else {}
        known = set(map(like.of, low)) if rule == Merge.union else set()
        result = low.copy()
        for index, item in enumerate(high):
            found = like.of(item) if rule.key or rule == Merge.union else None
            place = places.get(found)
            if place is not None:
                result[place] = self.mapping(low[place], item, plan.item(), (*path, place), (*at, index))
            elif found not in known:
                self._put((*path, len(result)), item, (*at, index))
                result.append(item)
                known |= {found} if rule == Merge.union else set()
        return result

    def _keyed(
        self, rule: Merge, like: Likeness, low: list[Any], high: list[Any], path: KeyPath, at: KeyPath
    ) -> dict[object, int]:
        """Return the index of each lower item by its identity, and report items that have none or share one."""
        found, bad = positions(like, low)
        if path not in self.keyed:
            self.problems += [no_identity(rule, (*path, i), self.below, shared=shared) for i, shared in bad]
        self.keyed.add(path)
        self.problems += [
            no_identity(rule, (*at, i), (self.layer,), shared=shared) for i, shared in positions(like, high)[1]
        ]
        self.spots.add(path, low, like)
        return found

    def _switched(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, at: KeyPath
    ) -> tuple[dict[str, Any], Plan]:
        """Follow a discriminated union: a new tag drops the lower keys that its variant does not have."""
        found = switched(low, high, plan, self._tags(path))
        if self.trail is not None and (found.moved or found.gone):
            self.trail.move(path, dict.fromkeys(found.gone) | dict(found.moved))
        if self.log is not None:
            self.log.move(path, found.moved)
            for key in found.gone:
                self.log.drop((*path, key), self.layer, (*at, *found.tag), found.reason)
        return renamed(low, found), found.plan

    def _tags(self, path: KeyPath) -> dict[str, Any]:
        """Return the tags of the default at a key path, where it decides by which rules files merge."""
        known = self.trail.defaults.tags if self.trail is not None else {}
        spot = self.spots.of(path) if known else None
        return known.get(spot, {}) if spot is not None else {}

    def deleted(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Give the tree below this layer without what the layer deletes."""
        for directive in self.layer.directives.deletes:
            if not _has(tree, directive.path):
                if self.trail is None or not self.trail.delete_default(directive, self.layer, tree):
                    self.problems.append(delete_nothing(directive, self.layer, tree))
                continue
            if self.trail is not None:
                self.trail.delete(directive.path)
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
