"""References: in a merged tree, each ``Reference`` is replaced by the value at its key path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from typedflow.layers._default_values import Default
from typedflow.layers._plan import UNTYPED, Plan
from typedflow.layers._reference import Reference
from typedflow.parsing import MAX_DEPTH, MAX_NODES
from typedflow.values import KeyPath, Source, has_item


@dataclass(frozen=True, slots=True)
class Copies:
    """Where the values of references are from.

    ``targets`` has the key path that each reference leads to, by its own. ``defaults`` has the defaults that some of
    these paths, or the paths above them, have their value from; ``filled`` those of leaves that complete a copy.
    """

    targets: Mapping[KeyPath, KeyPath] = field(default_factory=dict)
    defaults: Mapping[KeyPath, Source] = field(default_factory=dict)
    filled: Mapping[KeyPath, Source] = field(default_factory=dict)

    def everywhere(self, paths: Iterable[KeyPath]) -> list[KeyPath]:
        """Return the key paths at which the values at some key paths are: references lead from one to another."""
        links = [pair for place, target in self.targets.items() for pair in ((place, target), (target, place))]
        waiting = list(paths)
        found = dict.fromkeys(waiting)
        while waiting:
            path = waiting.pop()
            ends = ((*other, *path[len(one) :]) for one, other in links if path[: len(one)] == one)
            more = [each for each in ends if each not in found]
            found |= dict.fromkeys(more)
            waiting += more
        return list(found)


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference without a value, by its place.

    ``at`` is how far its path leads, and ``value`` what is there. ``default``: the default there, and why it is not
    known. ``circle``: the places of references that lead to each other. ``excess``: it would make the config too large.
    """

    place: KeyPath
    reference: Reference
    at: KeyPath = ()
    value: Any = None
    plan: Plan = UNTYPED
    default: tuple[KeyPath, Default, str] | None = None
    circle: tuple[KeyPath, ...] = ()
    excess: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value in the tree, or in a default, and its key path."""

    value: Any
    plan: Plan
    path: KeyPath


class _Stop(Exception):  # noqa: N818 # it ends the search for one value; what is broken has been noted
    """A reference has no value."""


class References:
    """The references of one merged tree."""

    def __init__(self, tree: Any, plan: Plan) -> None:
        """Resolve nothing yet."""
        self.broken: dict[KeyPath, Broken] = {}
        self._root = _Spot(tree, plan, ())
        self._targets: dict[KeyPath, KeyPath] = {}
        self._defaults: dict[KeyPath, Source] = {}
        self._filled: dict[KeyPath, Source] = {}
        self._values: dict[KeyPath, Any] = {}
        self._active: dict[KeyPath, Reference] = {}
        self._sizes: dict[int, tuple[int, int, Any]] = {}
        self._size = 0

    def resolve(self) -> tuple[Any, Copies]:
        """Return the tree with values in place of references; those in ``broken`` stay."""
        tree = self._taken(self._root.value, ())
        return tree, Copies(self._targets, self._defaults, self._filled)

    def _taken(self, value: Any, path: KeyPath) -> Any:
        """Return a value of the tree without references."""
        if value.__class__ is Reference:
            try:
                return self._value(value, path)
            except _Stop:
                if not self._active:
                    return value
                raise
        if isinstance(value, dict):
            items = {key: self._taken(item, (*path, key)) for key, item in value.items()}
            return items if any(items[key] is not item for key, item in value.items()) else value
        if isinstance(value, list):
            new = [self._taken(item, (*path, index)) for index, item in enumerate(value)]
            return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
        return value

    def _value(self, reference: Reference, place: KeyPath) -> Any:
        """Return the value of the reference at a place."""
        if place in self._values:
            return self._values[place]
        if place in self.broken:
            raise _Stop
        self._enter(reference, place)
        try:
            spot = self._find(reference, place)
            value = self._taken(spot.value, spot.path)
            self._targets[place] = spot.path
            value = self._completed(value, spot.plan, self._plan_at(place), place)
            self._measure(value, reference, place)
        finally:
            del self._active[place]
        self._values[place] = value
        return value

    def _enter(self, reference: Reference, place: KeyPath) -> None:
        places = list(self._active)
        if place in self._active:
            circle = places[places.index(place) :]
            start = circle.index(min(circle, key=str))  # the same finding, from wherever it is found
            circle = [*circle[start:], *circle[:start]]
            self._note(Broken(circle[0], self._active[circle[0]], circle=tuple(circle)))
        if len(places) >= MAX_DEPTH:
            self._note(Broken(place, reference, excess=f"more than {MAX_DEPTH} references lead to each other"))
        self._active[place] = reference

    def _note(self, found: Broken) -> None:
        self.broken.setdefault(found.place, found)
        raise _Stop

    def _find(self, reference: Reference, place: KeyPath) -> _Spot:
        """Return what a reference leads to, through other references on its way."""
        spot = self._root
        for key in reference.path:
            spot = self._entered(spot)
            inner = self._step(spot, key, reference, place)
            if inner is None:
                self._note(Broken(place, reference, spot.path, spot.value, spot.plan))
            else:
                spot = inner
        return spot

    def _entered(self, spot: _Spot) -> _Spot:
        """Return the spot that a reference leads to, for a path that goes on below it."""
        if spot.value.__class__ is not Reference:
            return spot
        self._enter(spot.value, spot.path)
        try:
            return self._entered(self._find(spot.value, spot.path))
        finally:
            del self._active[spot.path]

    def _step(self, spot: _Spot, key: str | int, reference: Reference, place: KeyPath) -> _Spot | None:
        value, path = spot.value, spot.path
        if isinstance(key, int) or not isinstance(value, dict):
            return _Spot(value[key], spot.plan.item(int(key)), (*path, key)) if has_item(value, key) else None
        plan = spot.plan.member(value)
        for name in (key, *plan.keys_of(key)):
            if name in value:
                return _Spot(value[name], plan.inner(name), (*path, name))
        first = plan.keys_of(key)[0]
        default = plan.supplied.get(first)
        known = default.known() if default else None
        if default is None or known is None:
            return None
        if known.problem:
            self._note(Broken(place, reference, path, default=((*path, first), default, known.problem)))
        self._defaults[(*path, first)] = default.source
        return _Spot(known.tree, plan.inner(first), (*path, first))

    def _plan_at(self, place: KeyPath) -> Plan:
        """Return the plan of the value at the place of a reference."""
        plan, node = self._root.plan, self._root.value
        for key in place:
            plan = plan.item(key) if isinstance(key, int) else plan.member(node).inner(key)
            node = node[key]
        return plan

    def _completed(self, value: Any, plan: Plan, own: Plan, place: KeyPath, below: KeyPath = ()) -> Any:
        """Return a copy with the defaults of the class that it is from, where the referring class is another one."""
        if isinstance(value, list):
            parts = [(item, plan.item(i), own.item(i), i) for i, item in enumerate(value)]
            return [self._completed(item, one, other, place, (*below, i)) for item, one, other, i in parts]
        if not isinstance(value, dict):
            return value
        plan, own = plan.member(value), own.member(value)
        if plan.owner is not None and plan.owner is own.owner:
            return value
        found = dict(value)
        for key, default in plan.supplied.items():
            known = default.known() if not any(name in value for name in plan.keys_of(key)) else None
            if known is not None and known.problem:
                at = (*self._targets[place], *below, key)
                self._note(Broken(place, self._active[place], default=(at, default, known.problem)))
            elif known is not None:
                found[key] = known.tree
                self._filled[(*place, *below, key)] = default.source
        items = [(key, item, plan.inner(key), own.inner(key)) for key, item in found.items()]
        return {key: self._completed(item, one, other, place, (*below, key)) for key, item, one, other in items}

    def _measure(self, value: Any, reference: Reference, place: KeyPath) -> None:
        """Note where copies of copies would make the config larger than a file can be."""
        size, depth = self._extent(value)
        self._size += size
        if self._size > MAX_NODES:
            message = f"with the values of references, the config has more than {MAX_NODES:,} values"
            self._note(Broken(place, reference, excess=message))
        if len(place) + depth > MAX_DEPTH:
            message = f"with the value of this reference, the config is nested more than {MAX_DEPTH} levels deep"
            self._note(Broken(place, reference, excess=message))

    def _extent(self, value: Any) -> tuple[int, int]:
        """Return the number of values in a value, and how deep they are."""
        if not isinstance(value, dict | list):
            return 1, 0
        if id(value) not in self._sizes:
            inner = [self._extent(item) for item in (value.values() if isinstance(value, dict) else value)]
            size, depth = 1 + sum(each[0] for each in inner), 1 + max((each[1] for each in inner), default=0)
            self._sizes[id(value)] = size, depth, value
        return self._sizes[id(value)][:2]
