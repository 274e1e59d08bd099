"""The walk through one layer that merges it into the tree of those below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from typedflow.layers._history import History
from typedflow.layers._item_paths import ItemPaths
from typedflow.layers._layer import Layer
from typedflow.layers._lists import Likeness, likeness, positions, unknown_items
from typedflow.layers._plan import Merge, Plan
from typedflow.layers._reference import Reference
from typedflow.layers._unions import apply_switch, switch_variant
from typedflow.values import Diagnostic, KeyPath

if TYPE_CHECKING:
    from typedflow.layers._log import Log


class LayerWalk:
    """The merge of one layer into the tree."""

    __slots__ = ("below", "history", "item_paths", "keyed", "layer", "log", "problems", "rules")

    def __init__(
        self,
        layer: Layer,
        below: Sequence[Layer],
        log: Log | None,
        problems: list[Diagnostic],
        keyed: set[KeyPath],
        history: History | None,
    ) -> None:
        """``keyed``: the lists that merged by key in lower layers, whose items have been checked."""
        self.layer = layer
        self.below = below
        self.log = log
        self.problems = problems
        self.keyed = keyed
        self.rules = {directive.path: directive for directive in layer.directives.rules}
        self.item_paths = ItemPaths()
        self.history = history

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
                if self.history is not None:
                    self.history.start((*path, key), self.rules)
        return tree

    def whole(self, high: Any) -> Any:
        """Return a document that is not a mapping: it replaces the tree."""
        self._put((), high, ())
        return high

    def _value(self, low: Any, high: Any, plan: Plan, path: KeyPath, at: KeyPath) -> Any:
        rule = self._rule(plan, path, high) if self.rules else plan.rule
        if rule is None or rule != Merge.replace:
            is_mapping = isinstance(high, dict)
            if isinstance(low, dict) is not is_mapping:
                if not plan.mixed or Reference in {low.__class__, high.__class__}:
                    self._conflict(low, high, path, at)
            elif is_mapping:
                return self.mapping(low, high, plan, path, at)
            elif rule is not None and isinstance(high, list):
                if isinstance(low, list):
                    return self._list(rule, low, high, plan, path, at)
                if low.__class__ is Reference:
                    self._conflict(low, high, path, at)
        self._put(path, high, at)
        if self.history is not None:
            self.history.replace(path, high)
            self.history.start(path, {each: rule for each, rule in self.rules.items() if each != path})
        return high

    def _conflict(self, low: Any, high: Any, path: KeyPath, at: KeyPath) -> None:
        from typedflow.layers._problems import kind_conflict

        self.problems.append(kind_conflict(low, high, path, at, self.layer, self.below))

    def _list(self, rule: Merge, low: list[Any], high: list[Any], plan: Plan, path: KeyPath, at: KeyPath) -> Any:
        if rule != Merge.append and (unknown := unknown_items(low, rule, plan)):
            from typedflow.layers._problems import unknown_item

            self.problems += [unknown_item(rule, (*path, index), self.below) for index in unknown]
            return high
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
        """Return the index of each lower item by its identity, and report items without one, or with a shared one."""
        from typedflow.layers._problems import no_identity

        found, bad = positions(like, low)
        if path not in self.keyed:
            self.problems += [no_identity(rule, (*path, i), self.below, shared=shared) for i, shared in bad]
        self.keyed.add(path)
        self.problems += [
            no_identity(rule, (*at, i), (self.layer,), shared=shared) for i, shared in positions(like, high)[1]
        ]
        self.item_paths.add(path, low, like)
        return found

    def _switched(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, at: KeyPath
    ) -> tuple[dict[str, Any], Plan]:
        """Return the lower mapping and the plan of the variant; a new tag drops keys that its variant does not have."""
        found = switch_variant(low, high, plan, self._tags(path))
        if self.history is not None and (found.moved or found.gone):
            self.history.move(path, dict.fromkeys(found.gone) | dict(found.moved))
        if self.log is not None:
            self.log.move(path, found.moved)
            for key in found.gone:
                self.log.drop((*path, key), self.layer, (*at, *found.tag), found.reason)
        return apply_switch(low, found), found.plan

    def _tags(self, path: KeyPath) -> dict[str, Any]:
        """Return the tags of the default at a key path, where it decides by which rules files merge."""
        known = self.history.defaults.tags if self.history is not None else {}
        item_path = self.item_paths.of(path) if known else None
        return known.get(item_path, {}) if item_path is not None else {}

    def deleted(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return the tree below this layer without what the layer deletes."""
        for directive in self.layer.directives.deletes:
            if not _has(tree, directive.path):
                if self.history is None or not self.history.delete_default(directive, self.layer, tree):
                    from typedflow.layers._problems import delete_nothing

                    self.problems.append(delete_nothing(directive, self.layer, tree))
                continue
            if self.history is not None:
                self.history.delete(directive.path)
            tree = _without(tree, directive.path)
            if self.log is not None:
                self.log.drop(directive.path, self.layer, directive.at, "deleted")
        return tree

    def check_directives(self) -> None:
        """Report the directives that name what the layer itself does not set."""
        for path, directive in self.rules.items():
            if not _has(self.layer.tree, path):
                from typedflow.layers._problems import unset_directive

                self.problems.append(unset_directive(directive, self.layer))

    def _rule(self, plan: Plan, path: KeyPath, high: object) -> Merge | None:
        if path not in self.rules:
            return plan.rule
        directive = self.rules[path]
        if directive.rule != Merge.replace and not isinstance(high, list):
            from typedflow.layers._problems import wrong_directive

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
