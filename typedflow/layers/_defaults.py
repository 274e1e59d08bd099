"""Laying a merged tree on the model's defaults.

A default enters the tree only under a field of which files set a part; all other defaults are left to Pydantic, the
same as if there were no layers. So this is the lowest layer, and it is merged last: what a default has to give depends
on what files set, and layers of files merge without it, whatever their grouping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typedflow.layers._default_values import Default, DefaultValue
from typedflow.layers._layer import Layer, Rank
from typedflow.layers._lists import identity, positions
from typedflow.layers._log import Log
from typedflow.layers._plan import UNTYPED, Merge, Plan
from typedflow.layers._problems import no_identity, unmergeable_default
from typedflow.layers._trail import Defaults, Trail
from typedflow.values import Diagnostic, KeyPath


@dataclass(frozen=True, slots=True)
class _Seed:
    """A default on its way under the tree: its layer, and the keys of the classes in it."""

    layer: Layer
    value: DefaultValue

    @property
    def base(self) -> KeyPath:
        return self.layer.prefix

    def renamed(self, low: dict[str, Any], high: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """Return a class's default under the keys that files use for the same fields."""
        used = {names[0]: name for names in self._names(path) for name in names[1:] if name in high}
        return {used.get(key, key): item for key, item in low.items()} if used else low

    def knows(self, high: dict[str, Any], path: KeyPath) -> bool:
        """Return whether all keys are of the class of the default."""
        known = {name for names in self._names(path) for name in names}
        return not known or known.issuperset(high)

    def _names(self, path: KeyPath) -> tuple[tuple[str, ...], ...]:
        return self.value.keys.get(path[len(self.base) :], ())


class Laying:
    """One merged tree on its way to the defaults."""

    def __init__(
        self, plan: Plan, defaults: Defaults, stack: Sequence[Layer], log: Log | None, problems: list[Diagnostic]
    ) -> None:
        """Begin with the trail that merging is to leave."""
        self.trail = Trail(plan, defaults)
        self.has_new_tags = False
        self._plan = plan
        self._defaults = defaults
        self._stack = stack
        self._log = log
        self._problems = problems

    def under(self, tree: Any) -> Any:
        """Return the tree with the defaults under it."""
        if not (self._plan.seeded or self.trail.rules or self.trail.deleted):
            return tree
        for path, found in self.trail.deleted.items():
            if found is not None:
                tree = _touched(tree, self._plan, path)
        return self._inside(tree, self._plan, ())

    def _inside(self, value: Any, plan: Plan, path: KeyPath) -> Any:
        """Return a value that no default lies under, with the defaults of the fields in it."""
        if isinstance(value, dict) and value:
            plan = plan.variant(value) if plan.tag else plan.member(value) if plan.choice else plan
            if not (plan.fields or plan.items):
                return value
            items = {key: self._field(plan, key, item, (*path, key)) for key, item in value.items()}
            return items if any(items[key] is not item for key, item in value.items()) else value
        if isinstance(value, list) and plan.entries:
            last = len(plan.entries) - 1
            new = [self._inside(item, plan.entries[min(i, last)], (*path, i)) for i, item in enumerate(value)]
            return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
        return value

    def _field(self, plan: Plan, key: str, value: Any, path: KeyPath) -> Any:
        child = plan.child(key)
        default = plan.defaults.get(key)
        if default is not None and path not in self.trail.over and self._is_part(value, child, path):
            seed = self._seed(default, value, child, path)
            if seed is not None:
                tree = seed.value.tree if isinstance(seed.value.tree, type(value)) else seed.value.named
                return self._meet(tree, value, child, path, seed)
        return self._inside(value, child, path)

    def _is_part(self, value: Any, plan: Plan, path: KeyPath) -> bool:
        rule = self.trail.rules.get(path, plan.rule)
        return rule != Merge.replace and (isinstance(value, dict) or (isinstance(value, list) and rule is not None))

    def _seed(self, default: Default, value: Any, plan: Plan, path: KeyPath) -> _Seed | None:
        found = self._defaults.value(default, path)
        layer = Layer(default.source, {}, Rank.DEFAULT, prefix=path)
        seed = _Seed(layer, found)
        if found.problem:
            if not _covers(value, found.tree, seed):
                self._problems.append(unmergeable_default(found.problem, default.source, path, self._stack))
            return None
        if not isinstance(value, type(found.tree)) and not (isinstance(value, dict) and found.named):
            return None
        return None if plan.choice and isinstance(value, dict) and not seed.knows(value, path) else seed

    def _meet(self, low: Any, high: Any, plan: Plan, path: KeyPath, seed: _Seed) -> Any:
        """Merge a default's value and what files set there."""
        if path in self.trail.over:
            return self._inside(high, plan, path)
        if isinstance(low, dict) and isinstance(high, dict):
            return self._mapping(low, high, plan, path, seed)
        rule = self.trail.rules.get(path, plan.rule)
        if isinstance(low, list) and isinstance(high, list) and rule not in {None, Merge.replace}:
            return self._list(rule, low, high, plan, path, seed)
        if self._log is not None:
            self._log.under(path, low, seed.layer)
        return self._inside(high, plan, path)

    def _mapping(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, seed: _Seed
    ) -> dict[str, Any]:
        low = seed.renamed(low, high, path)
        if plan.choice and not seed.knows(high, path):
            low = {}
        elif plan.tag:
            low = self._fitting(low, high, plan, path, seed)
            plan = plan.variant({**low, **high})
        tree: dict[str, Any] = {}
        for key, item in low.items():
            here = (*path, key)
            if key in high and plan.child(key).rule != Merge.replace:
                tree[key] = self._meet(item, high[key], plan.child(key), here, seed)
            elif key in high:
                tree[key] = self._inside(high[key], plan.child(key), here)
            elif self._stays(here, item, seed):
                tree[key] = self._kept(item, here, seed)
        for key, item in high.items():
            if key not in low:
                tree[key] = self._field(plan, key, item, (*path, key))
        if not tree and self._log is not None:
            self._log.under(path, tree, seed.layer)
        return tree

    def _stays(self, path: KeyPath, value: Any, seed: _Seed) -> bool:
        """Return whether no file deletes a key of a default; the log is told of one that goes."""
        if path not in self.trail.deleted:
            return True
        found = self.trail.deleted[path]
        if found is not None and self._log is not None:
            directive, layer = found
            self._log.under(path, value, seed.layer)
            self._log.drop(path, layer, directive.at, "deleted")
        return False

    def _kept(self, value: Any, path: KeyPath, seed: _Seed) -> Any:
        """Return a part of a default that no file sets, without what files delete in it."""
        if isinstance(value, dict) and any(each[: len(path)] == path for each in self.trail.deleted):
            return self._mapping(value, {}, UNTYPED, path, seed)
        if self._log is not None:
            self._log.under(path, value, seed.layer)
        return value

    def _fitting(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, seed: _Seed
    ) -> dict[str, Any]:
        """Return the default of a union; where files choose another variant, only the tags above their choice."""
        tags = plan.tags(low)
        back = {tag for tag in tags if self._was_changed(low[tag], (*path, tag))}
        changed = next((i for i, tag in enumerate(tags) if tag in back or high.get(tag, low[tag]) != low[tag]), None)
        if changed is None:
            return low
        variant = plan.variant({**{tag: low[tag] for tag in tags[:changed]}, **high})
        if back or (not variant.tag and any(key not in variant.fields for key in high)):
            self._remember({tag: low[tag] for tag in tags}, path, seed)
        return {tag: low[tag] for tag in tags[:changed]}

    def _was_changed(self, tag: object, path: KeyPath) -> bool:
        """Return whether some layer chose another variant, even if a higher one chose the default's again."""
        if any(isinstance(key, int) for key in path):  # a list's items have other indices in each layer
            return False
        return any(layer.sets(path) and _value_at(layer.tree, path) != tag for layer in self._stack)

    def _remember(self, tags: dict[str, Any], path: KeyPath, seed: _Seed) -> None:
        """Have the files merge again over the default's tags, since some of their keys may be for the default."""
        known = {layer.prefix for layer in self._defaults.tags}
        if path in known or any(isinstance(key, int) for key in path):
            return
        tree: Any = tags
        for key in reversed(path):
            tree = {key: tree}
        layer = Layer(seed.layer.source, tree, Rank.DEFAULT, prefix=path)
        self._defaults.tags.append(layer)
        self.has_new_tags = True

    def _list(self, rule: Merge | None, low: list[Any], high: list[Any], plan: Plan, path: KeyPath, seed: _Seed) -> Any:
        """Merge a default list and a list of files: the default's items come first."""
        entry = plan.entry
        keyed = self._keyed(rule, low, high, path, seed) if rule is not None and rule.key else {}
        known = set(map(identity, low)) if rule == Merge.union else set()
        moved: dict[int, int] = {}
        met: dict[int, int] = {}
        for index, item in enumerate(high):
            place = keyed.get(identity(item.get(rule.key))) if rule and rule.key and isinstance(item, dict) else None
            if place is not None:
                moved[index], met[place] = place, index
            elif identity(item) not in known:
                moved[index] = len(low) + len(moved) - len(met)
        self.trail.move(path, moved)
        if self._log is not None:
            self._log.move(path, moved)
        items = [
            self._meet(item, high[met[i]], entry, (*path, i), seed) if i in met else self._kept(item, (*path, i), seed)
            for i, item in enumerate(low)
        ]
        rest = [high[index] for index, place in moved.items() if place >= len(low)]
        return [*items, *(self._inside(item, entry, (*path, len(low) + i)) for i, item in enumerate(rest))]

    def _keyed(self, rule: Merge, low: list[Any], high: list[Any], path: KeyPath, seed: _Seed) -> dict[object, int]:
        """Return the index of each of a default's items by its identity; report items that have none or share one."""
        found, bad = positions(rule, low)
        if bad:
            reason = f"its items have no `{rule.key}` of their own each"
            self._problems.append(unmergeable_default(reason, seed.layer.source, path, self._stack))
        problems = [no_identity(rule, (*path, i), self._stack, shared=shared) for i, shared in positions(rule, high)[1]]
        self._problems += [item for item in problems if item not in self._problems]
        return found


def _value_at(tree: Any, path: KeyPath) -> Any:
    """Return what stands at a key path of a tree that has it."""
    for key in path:
        tree = tree[key]
    return tree


def _covers(high: Any, low: Any, seed: _Seed, path: KeyPath = ()) -> bool:
    """Return whether a file sets all that a default could give."""
    names = seed.value.keys.get(path, ())
    if isinstance(high, dict) and (isinstance(low, dict) or names):
        known = low if isinstance(low, dict) else {}
        keys = names or tuple((key,) for key in known)
        return all(
            any(key in high and _covers(high[key], known.get(each[0]), seed, (*path, each[0])) for key in each)
            for each in keys
        )
    return bool(path)


def _touched(tree: Any, plan: Plan, path: KeyPath) -> Any:
    """Return a tree in which the field with a default on the way to a key path is there, if empty."""
    if not isinstance(tree, dict) or len(path) < 2:  # noqa: PLR2004 # the key that is deleted, and a field above it
        return tree
    key = str(path[0])
    plan = plan.variant(tree) if plan.tag else plan
    if key in tree:
        return {**tree, key: _touched(tree[key], plan.child(key), path[1:])}
    if key in plan.defaults:
        return {**tree, key: {}}
    return tree
