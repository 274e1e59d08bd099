"""Laying a merged tree on the model's defaults.

A default enters the tree only under a field of which files set a part; all other defaults are left to Pydantic, the
same as if there were no layers. So this is the lowest layer, and it is merged last: what a default has to give depends
on what files set, and layers of files merge without it, whatever their grouping.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typedflow.layers._default_values import Names
from typedflow.layers._layer import Layer, Rank
from typedflow.layers._lists import identity, identity_of, positions
from typedflow.layers._log import Log
from typedflow.layers._plan import UNTYPED, Merge, Plan
from typedflow.layers._problems import no_identity, unmergeable_default
from typedflow.layers._trail import Trail, moved
from typedflow.values import Diagnostic, KeyPath, has_path


@dataclass(slots=True)
class _Seed:
    """A default on its way under the tree: its layer, and the keys of the classes in it."""

    layer: Layer
    keys: Mapping[KeyPath, Names]

    def renamed(
        self, low: dict[str, Any], high: dict[str, Any], path: KeyPath, deleted: Container[KeyPath]
    ) -> dict[str, Any]:
        """Return a class's default under the keys that files use, without what they set inside of other keys."""
        at = path[len(self.layer.prefix) :]
        used: dict[str | int, str | int | None] = {}
        for first, *others in self.keys.get(at, ()):
            found = next((each for each in others if has_path(high, each) or (*path, *each) in deleted), None)
            if found is not None:
                used[first[0]] = found[0] if len(found) == 1 else None
        if not used:
            return low
        self.keys = dict(moved(self.keys.items(), at, used))
        names = {key: used.get(key, key) for key in low}
        return {str(name): low[key] for key, name in names.items() if name is not None}

    def knows(self, high: Mapping[str, Any], path: KeyPath) -> bool:
        """Return whether all keys are of the class of the default."""
        known = {place[0] for names in self.keys.get(path[len(self.layer.prefix) :], ()) for place in names}
        return not known or known.issuperset(high)


class Laying:
    """One merged tree on its way to the defaults."""

    def __init__(self, trail: Trail, stack: Sequence[Layer], log: Log | None, problems: list[Diagnostic]) -> None:
        """Begin with what merging has left."""
        self.trail = trail
        self.has_new_tags = False
        self._stack = stack
        self._log = log
        self._problems = problems

    def under(self, tree: Any) -> Any:
        """Return the tree with the defaults under it."""
        plan = self.trail.plan
        if not (plan.seeded or self.trail.rules or self.trail.deleted):
            return tree
        for path, found in self.trail.deleted.items():
            if found is not None:
                tree = _touched(tree, plan, path)
        return self._inside(tree, plan, ())

    def _inside(self, value: Any, plan: Plan, path: KeyPath) -> Any:
        """Return a value that no default lies under, with the defaults of the fields in it."""
        if isinstance(value, dict) and value:
            plan = plan.member(value)
            if not (plan.fields or plan.items):
                return value
            items = {key: self._field(plan, key, item, (*path, key)) for key, item in value.items()}
            return items if any(items[key] is not item for key, item in value.items()) else value
        if isinstance(value, list) and plan.entries:
            new = [self._inside(item, plan.item(i), (*path, i)) for i, item in enumerate(value)]
            return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
        return value

    def _field(self, plan: Plan, key: str, value: Any, path: KeyPath) -> Any:
        child = plan.child(key)
        default = plan.defaults.get(key)
        if default is not None and path not in self.trail.over and self._is_part(value, child, path):
            found = self.trail.defaults.value(default, path)
            seed = _Seed(Layer(default.source, {}, Rank.DEFAULT, prefix=path), found.keys)
            tree = found.tree if isinstance(found.tree, type(value)) else found.named
            if found.problem:
                if not (_covers(value, found.tree, found.keys) or _fails(child, value)):
                    self._problems.append(unmergeable_default(found.problem, default.source, path, self._stack))
            elif isinstance(tree, type(value)):
                return self._meet(tree, value, child, path, seed)
        return self._inside(value, child, path)

    def _is_part(self, value: Any, plan: Plan, path: KeyPath) -> bool:
        rule = self.trail.rules.get(path, plan.rule)
        return rule != Merge.replace and (isinstance(value, dict) or (isinstance(value, list) and rule is not None))

    def _meet(self, low: Any, high: Any, plan: Plan, path: KeyPath, seed: _Seed) -> Any:
        """Merge a default's value and what files set there."""
        if path in self.trail.over:
            return self._inside(high, plan, path)
        if isinstance(low, dict) and isinstance(high, dict):
            return self._mapping(low, high, plan, path, seed)
        rule = self.trail.rules.get(path, plan.rule)
        if isinstance(low, list) and isinstance(high, list) and rule is not None and rule != Merge.replace:
            return self._list(rule, low, high, plan, path, seed)
        if self._log is not None:
            self._log.under(path, low, seed.layer)
        return self._inside(high, plan, path)

    def _mapping(
        self, low: dict[str, Any], high: dict[str, Any], plan: Plan, path: KeyPath, seed: _Seed
    ) -> dict[str, Any]:
        if plan.members and not seed.knows(high, path):
            return dict(self._inside(high, plan, path))
        low = seed.renamed(low, high, path, self.trail.deleted)
        if plan.variants:
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
        """Return the default of a union; where files choose another variant, only the tags above their choice.

        A variant that some layer chose counts, even if a higher one chose the default's again.
        """
        levels = [(level, _tag(level, low)) for level in plan.levels(low) if level.variants]
        parts = [high, *self._parts(path)]
        kept: dict[str, Any] = {}
        for level, tag in levels:
            if any(_is_other(level, low, part, lambda part: seed.knows(part, path)) for part in parts):
                self._remember({tag: low[tag] for _, tag in levels if tag is not None}, path, seed)
                return kept
            kept |= {tag: low[tag]} if tag is not None else {}
        return low

    def _parts(self, path: KeyPath) -> Iterator[dict[str, Any]]:
        """Return what each layer sets at a key path; a list's items have other indices in each layer."""
        if not any(isinstance(key, int) for key in path):
            for layer in self._stack:
                part = _value_at(layer.tree, path) if layer.sets(path) else None
                if isinstance(part, dict):
                    yield part

    def _remember(self, tags: dict[str, Any], path: KeyPath, seed: _Seed) -> None:
        """Have the files merge again over the default's tags, since some of their keys may be for the default."""
        known = {layer.prefix for layer in self.trail.defaults.tags}
        if not tags or path in known or any(isinstance(key, int) for key in path):
            return
        tree: Any = tags
        for key in reversed(path):
            tree = {key: tree}
        layer = Layer(seed.layer.source, tree, Rank.DEFAULT, prefix=path)
        self.trail.defaults.tags.append(layer)
        self.has_new_tags = True

    def _list(self, rule: Merge, low: list[Any], high: list[Any], plan: Plan, path: KeyPath, seed: _Seed) -> Any:
        """Merge a default list and a list of files: the default's items come first."""
        entry = plan.item()
        names = entry.keys_of(rule.key)
        keyed = self._keyed(rule, names, low, high, path, seed) if rule.key else {}
        known = set(map(identity, low)) if rule == Merge.union else set()
        places: dict[str | int, str | int | None] = {}
        met: dict[int, int] = {}
        rest: list[Any] = []
        for index, item in enumerate(high):
            place = keyed.get(identity_of(item, names)) if rule.key else None
            if place is not None:
                places[index], met[place] = place, index
            elif identity(item) in known:
                places[index] = None
            else:
                places[index] = len(low) + len(rest)
                rest.append(item)
        self.trail.move(path, places)
        if self._log is not None:
            self._log.move(path, places)
        items = [
            self._meet(item, high[met[i]], entry, (*path, i), seed) if i in met else self._kept(item, (*path, i), seed)
            for i, item in enumerate(low)
        ]
        return [*items, *(self._inside(item, entry, (*path, len(low) + i)) for i, item in enumerate(rest))]

    def _keyed(
        self, rule: Merge, names: Sequence[str], low: list[Any], high: list[Any], path: KeyPath, seed: _Seed
    ) -> dict[object, int]:
        """Return the index of each of a default's items by its identity; report items that have none or share one."""
        found, bad = positions(names, low)
        if bad:
            reason = f"its items have no `{rule.key}` of their own each"
            self._problems.append(unmergeable_default(reason, seed.layer.source, path, self._stack))
        for index, shared in positions(names, high)[1]:
            problem = no_identity(rule, (*path, index), self._stack, shared=shared)
            self._problems += [problem] if problem not in self._problems else []
        return found


def _value_at(tree: Any, path: KeyPath) -> Any:
    """Return what stands at a key path of a tree that has it."""
    for key in path:
        tree = tree[key]
    return tree


def _tag(level: Plan, low: Mapping[str, Any]) -> str | None:
    """Return the key that has the tag of a union; for one with a function, the one text that decides alone, if any."""
    if level.choose is None:
        return tag if (tag := level.tag_in(low)) in low else None
    chosen = level.chosen(low)
    texts = [key for key, value in low.items() if isinstance(value, str)] if level.chosen({}) != chosen else []
    keys = [key for key in texts if level.chosen({key: low[key]}) == chosen]
    return keys[0] if len(keys) == 1 else None


def _is_other(
    level: Plan, low: Mapping[str, Any], part: Mapping[str, Any], knows: Callable[[Mapping[str, Any]], bool]
) -> bool:
    """Return whether a part of a union is for another variant than a default's: with it, or alone by foreign keys."""
    own = level.choice(low)
    if own is None or level.chosen({**low, **part}) != level.chosen(low):
        return True
    return level.choose is not None and not knows(part) and level.choice(part) not in {None, own}


def _fails(plan: Plan, value: Any) -> bool:
    """Return whether the model's function cannot choose a variant: then the model refuses the value."""
    if not isinstance(value, dict):
        return False
    level = plan.variant(value)
    return level.choose is not None and level.choice(value) is None


def _covers(high: Any, low: Any, keys: Mapping[KeyPath, Names], path: KeyPath = ()) -> bool:
    """Return whether a file sets all that a default could give."""
    names = keys.get(path, ())
    if isinstance(high, dict) and (isinstance(low, dict) or names):
        known = low if isinstance(low, dict) else {}
        return all(
            any(
                has_path(high, place)
                and _covers(_value_at(high, place), known.get(places[0][0]), keys, (*path, places[0][0]))
                for place in places
            )
            for places in names or tuple(((key,),) for key in known)
        )
    return bool(path)


def _touched(tree: Any, plan: Plan, path: KeyPath) -> Any:
    """Return a tree in which the field with a default on the way to a key path is there, if empty."""
    if not isinstance(tree, dict) or len(path) < 2:  # noqa: PLR2004 # the key that is deleted, and a field above it
        return tree
    key = str(path[0])
    plan = plan.variant(tree)
    if key in tree:
        return {**tree, key: _touched(tree[key], plan.child(key), path[1:])}
    if key in plan.defaults:
        return {**tree, key: {}}
    return tree
