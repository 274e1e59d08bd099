"""Merging a tree of files with the model's defaults.

A default enters the tree only below a field of which files set a part; Pydantic supplies all others, the same as if
there were no layers. So defaults are the lowest layer, and are merged last: which of them count depends on what files
set, and layers of files merge without them, whatever their grouping.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typedflow.layers._aliases import normalize_path
from typedflow.layers._default_layer import DefaultLayer, covers
from typedflow.layers._default_unions import fit_default, has_failing_choice, is_meant, tags_of
from typedflow.layers._default_values import DefaultValue
from typedflow.layers._history import History
from typedflow.layers._item_paths import ItemPaths
from typedflow.layers._layer import Layer, Rank
from typedflow.layers._lists import Likeness, likeness, partners, positions
from typedflow.layers._log import Log
from typedflow.layers._plan import UNTYPED, Merge, Plan
from typedflow.layers._problems import delete_nothing, no_identity, unmergeable_default
from typedflow.values import Diagnostic, KeyPath, has_path, leaves_of


class DefaultMerge:
    """The merge of one tree of files with the defaults."""

    def __init__(self, history: History, stack: Sequence[Layer], log: Log | None, problems: list[Diagnostic]) -> None:
        """Start from what merging the layers has left."""
        self.history = history
        self.has_new_tags = False
        self._stack = stack
        self._log = log
        self._problems = problems
        self._item_paths = ItemPaths()
        self._settled: set[int] = set()  # deletions that deleted something, or whose default does not count

    def apply(self, tree: Any) -> Any:
        """Return the tree merged with the defaults."""
        plan = self.history.plan
        if not (plan.seeded or self.history.rules or self.history.deleted):
            return tree
        if plan.has_aliases:  # a higher layer may have decided which of its keys a field has
            self.history.deleted = {
                normalize_path(path, [tree], plan)[0]: found for path, found in self.history.deleted.items()
            }
        for path, found in self.history.deleted.items():
            if found is not None:
                tree = _add_fields(tree, plan, path)
        merged = self._inside(tree, plan, ())
        for found in self.history.deleted.values():
            if found is not None and id(found) not in self._settled:
                self._problems.append(delete_nothing(*found, {}))
        return merged

    def _settle(self, path: KeyPath) -> None:
        """Note that no default counts at a path, so that nothing has to be deleted there or below."""
        self._settled.update(id(found) for each, found in self.history.deleted.items() if each[: len(path)] == path)

    def _alone(self, value: Any, plan: Plan, path: KeyPath) -> Any:
        """Return a value whose default does not count."""
        self._settle(path)
        return self._inside(value, plan, path)

    def _inside(self, value: Any, plan: Plan, path: KeyPath) -> Any:
        """Return a value without a default of its own, merged with the defaults of the fields in it."""
        if isinstance(value, dict) and value:
            plan = plan.member(value)
            if not (plan.fields or plan.items):
                return value
            items = {key: self._field(plan, key, item, (*path, key)) for key, item in value.items()}
            return items if any(items[key] is not item for key, item in value.items()) else value
        if isinstance(value, list) and plan.entries:
            rule = self.history.rules.get(path, plan.rule)
            if rule is not None and rule.key:
                self._item_paths.add(path, value, likeness(rule, plan))
            new = [self._inside(item, plan.item(i), (*path, i)) for i, item in enumerate(value)]
            return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
        return value

    def _field(self, plan: Plan, key: str, value: Any, path: KeyPath) -> Any:
        child = plan.child(key)
        default = plan.defaults.get(key)
        if default is None:
            return self._inside(value, child, path)
        if path not in self.history.over and self._is_part(value, child, path):
            found = self.history.defaults.value(default, path)
            base = DefaultLayer(Layer(default.source, {}, Rank.DEFAULT, prefix=path), found.keys)
            tree = found.tree if isinstance(found.tree, type(value)) else found.named
            if found.problem and not self._is_needless(found, value, child, path, base):
                self._problems.append(unmergeable_default(found.problem, default.source, path, self._stack))
            elif not found.problem and isinstance(tree, type(value)):
                return self._meet(tree, value, child, path, base)
        return self._alone(value, child, path)

    def _is_needless(self, low: DefaultValue, high: Any, plan: Plan, path: KeyPath, base: DefaultLayer) -> bool:
        """Return whether files set everything, or values of another class, or what the model's own code reads."""
        if covers(high, low.tree, low.keys) or has_failing_choice(plan, high):
            return True
        if plan.members and isinstance(high, dict) and isinstance(low.tree, dict):
            return not is_meant(low.tree, high, plan, base.known_keys(path))
        return isinstance(high, dict) and plan.variant(high).keeps and not base.has_keys(high, path)

    def _is_part(self, value: Any, plan: Plan, path: KeyPath) -> bool:
        rule = self.history.rules.get(path, plan.rule)
        return rule != Merge.replace and (isinstance(value, dict) or (isinstance(value, list) and rule is not None))

    def _meet(self, low: Any, high: Any, plan: Plan, path: KeyPath, base: DefaultLayer) -> Any:
        """Merge a default's value and what files set there."""
        if path in self.history.over:
            return self._alone(high, plan, path)
        if isinstance(low, dict) and isinstance(high, dict):
            return self._mapping(low, high, plan, path, base)
        rule = self.history.rules.get(path, plan.rule)
        if isinstance(low, list) and isinstance(high, list) and rule is not None and rule != Merge.replace:
            return self._list(rule, low, high, plan, path, base)
        if self._log is not None:
            self._log.under(path, low, base.layer)
        return self._alone(high, plan, path)

    def _mapping(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, base: DefaultLayer
    ) -> dict[str, Any]:
        if plan.members and not is_meant(low, high, plan, base.known_keys(path)):
            return dict(self._alone(high, plan, path))
        low = base.rename_keys(low, high, path, self.history.deleted)
        low, plan = self._fitted(low, high, plan, path, base)
        tree: dict[str, Any] = {}
        for key, item in low.items():
            here = (*path, key)
            if here in self.history.deleted:
                self._deleted(here, item, high, base)
                tree |= {key: self._field(plan, key, high[key], here)} if key in high else {}
            elif key not in high:
                tree[key] = self._kept(item, here, base)
            elif plan.child(key).rule != Merge.replace:
                tree[key] = self._meet(item, high[key], plan.child(key), here, base)
            else:
                tree[key] = self._alone(high[key], plan.child(key), here)
        for key, item in high.items():
            if key not in low:
                tree[key] = self._field(plan, key, item, (*path, key))
        if not tree and self._log is not None:
            self._log.under(path, tree, base.layer)
        return tree

    def _fitted(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, base: DefaultLayer
    ) -> tuple[dict[str, Any], Plan]:
        """Return the part of a default that merges with files' values, and the plan of the variant that both choose."""
        whole = low
        if plan.variants:
            low, tags = fit_default(low, high, self._parts(path), plan, lambda part: base.has_keys(part, path))
            self._remember(tags, path)
            if self._log is not None:
                for key in [key for key in tags if key in high and key not in low]:  # a file's tag has its place
                    self._log.under((*path, key), tags[key], base.layer)
        variant = plan.variant({**low, **high})
        if variant.keeps and not base.has_keys(high, path):  # the model's own code may make fields of other keys
            low = tags_of(low, plan)
        if len(low) < len(whole):
            self._settle(path)
        return low, variant

    def _deleted(self, path: KeyPath, low: Any, high: dict[str, Any], base: DefaultLayer) -> None:
        """Log what a file deletes of a default, apart from what a higher file sets again."""
        self._settle(path)
        found = self.history.deleted[path]
        if found is not None and self._log is not None:
            directive, layer = found
            for below, value in leaves_of(low):
                if not has_path(high, (path[-1], *below)):
                    self._log.under((*path, *below), value, base.layer)
                    self._log.drop((*path, *below), layer, directive.at, "deleted")

    def _kept(self, value: Any, path: KeyPath, base: DefaultLayer) -> Any:
        """Return a part of a default that no file sets, without what files delete in it."""
        if isinstance(value, dict) and any(each[: len(path)] == path for each in self.history.deleted):
            return self._mapping(value, {}, UNTYPED, path, base)
        if self._log is not None:
            self._log.under(path, value, base.layer)
        return value

    def _parts(self, path: KeyPath) -> list[dict[str, Any]]:
        """Return what each layer sets at a key path, above the last one that deletes what is below it."""
        parts: list[Any] = []
        for layer in self._stack:
            if any(path[: len(each.path)] == each.path for each in layer.directives.deletes):
                parts = []
            parts.append(self._item_paths.find(layer.tree, path))
        return [part for part in parts if isinstance(part, dict)]

    def _remember(self, tags: dict[str, Any], path: KeyPath) -> None:
        """Request another merge over the default's tags: they decide about rules, and about which keys stay."""
        item_path = self._item_paths.of(path)
        if tags and item_path is not None and item_path not in self.history.defaults.tags:
            self.history.defaults.tags[item_path] = tags
            self.has_new_tags = True

    def _list(self, rule: Merge, low: list[Any], high: list[Any], plan: Plan, path: KeyPath, base: DefaultLayer) -> Any:
        """Return a default's list merged with that of files: the default's items come first."""
        entry = plan.item()
        like = likeness(rule, plan)
        keyed = partners(self._keyed(rule, like, low, high, path, base), like, low, high) if rule.key else []
        known = {like.of(item, by_value=True) for item in low} if rule == Merge.union else set()
        places: dict[str | int, str | int | None] = {}
        met: dict[int, int] = {}
        rest: list[Any] = []
        for index, item in enumerate(high):
            place = keyed[index] if rule.key else None
            if place is not None:
                places[index], met[place] = place, index
            elif known and like.of(item, by_value=True) in known:
                places[index] = None
            else:
                places[index] = len(low) + len(rest)
                rest.append(item)
        self.history.move(path, places)
        if self._log is not None:
            self._log.move(path, places)
        if rule.key:
            self._item_paths.add(
                path, [*(high[met[i]] if i in met else item for i, item in enumerate(low)), *rest], like
            )
        items = [
            self._meet(item, high[met[i]], entry, (*path, i), base) if i in met else self._kept(item, (*path, i), base)
            for i, item in enumerate(low)
        ]
        return [*items, *(self._inside(item, entry, (*path, len(low) + i)) for i, item in enumerate(rest))]

    def _keyed(
        self, rule: Merge, like: Likeness, low: list[Any], high: list[Any], path: KeyPath, base: DefaultLayer
    ) -> dict[object, int]:
        """Return the index of each of a default's items by its identity; report items without one or with another's."""
        found, bad = positions(like, low)
        if bad:
            reason = f"its items do not each have a unique `{rule.key}`"
            self._problems.append(unmergeable_default(reason, base.layer.source, path, self._stack))
        for index, shared in positions(like, high)[1]:
            problem = no_identity(rule, (*path, index), self._stack, shared=shared)
            self._problems += [problem] if problem not in self._problems else []
        return found


def _add_fields(tree: Any, plan: Plan, path: KeyPath) -> Any:
    """Return a tree with an empty mapping for each absent field with a default on the way to a key path."""
    if not isinstance(tree, dict) or len(path) < 2:  # noqa: PLR2004 # the key that is deleted, and a field above it
        return tree
    key = str(path[0])
    plan = plan.variant(tree)
    if key in tree:
        return {**tree, key: _add_fields(tree[key], plan.child(key), path[1:])}
    if key in plan.defaults:
        return {**tree, key: _add_fields({}, plan.child(key), path[1:])}
    return tree
