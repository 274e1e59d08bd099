"""An outline of what files can set: the fields of models, with the values that lower layers and defaults give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from typedflow.layers import Merge, Merged, Plan, provenance
from typedflow.models import annotation_of, choices_of, fields_of, is_system
from typedflow.parsing import location
from typedflow.schema._field_words import FieldWords, field_words
from typedflow.values import MISSING, KeyPath, LeafOrigin, Location, Origin, SettableField


def outline(merged: Sequence[Merged]) -> tuple[SettableField, ...]:
    """Return the fields that files can set, of the models that layers were merged for; each key once."""
    views = [_View(each.plan, _Layers(each.tree, provenance(each).leaves)) for each in merged]
    return _fields(views, frozenset())


class _Layers(NamedTuple):
    """What layers set in a part of a config, or a default has there; ``path`` is that of the part.

    ``is_unknown``: there is a default, but what is in it is not known; ``declared`` is where it is declared.
    """

    tree: Any
    leaves: Mapping[KeyPath, LeafOrigin[Origin]]
    path: KeyPath = ()
    default: Any = MISSING
    declared: Location | None = None
    is_unknown: bool = False

    def at(self, keys: Iterable[str]) -> tuple[Any, Location | None, bool]:
        """Return the value at one of a field's keys, its place, and whether it is a default; MISSING if unknown."""
        for key in keys:
            if isinstance(self.tree, Mapping) and key in self.tree:
                return self.tree[key], self._place((*self.path, key)), False
        for key in keys:
            if isinstance(self.default, Mapping) and key in self.default:
                return self.default[key], self.declared, True
        return MISSING, None, False

    def below(self, key: str, found: SettableField) -> _Layers:
        """Return the same for the value of a field."""
        tree, default = (None, found.value) if found.is_default else (found.value, MISSING)
        is_unknown = found.is_default and found.value is MISSING
        return _Layers(tree, self.leaves, (*self.path, key), default, found.place, is_unknown)

    def _place(self, path: KeyPath) -> Location | None:
        found = [leaf for other, leaf in self.leaves.items() if other[: len(path)] == path]
        leaf = found[-1] if found else None  # what the highest layer adds is the last
        return location(leaf.origin.source, leaf.origin.path) if leaf else None


class _View(NamedTuple):
    """A class, by its plan, and what layers set of its fields."""

    plan: Plan
    layers: _Layers


class _Cell(NamedTuple):
    """A field of a class, with all of its keys."""

    view: _View
    keys: tuple[str, ...]

    @property
    def plan(self) -> Plan:
        """The plan of its value."""
        return self.view.plan.child(self.keys[0])


def _fields(views: Sequence[_View], above: frozenset[Any], *, whole: bool = True) -> tuple[SettableField, ...]:
    """Return the fields of some classes; ``above`` are the classes around them, which are not shown again.

    ``whole``: each with the fields of other classes that it may have.
    """
    cells: dict[str, list[_Cell]] = {}
    for view in views:
        for keys in _keys(view.plan.owner):
            cells.setdefault(keys[0], []).append(_Cell(view, keys))
    inside = above | {view.plan.owner for view in views}
    return tuple(_field(each, inside, whole=whole) for each in cells.values())


def _keys(owner: Any) -> Iterator[tuple[str, ...]]:
    """Yield the keys of each field that files can set: not of what typedflow fills in, or of parts of other keys."""
    for name, field in (fields_of(owner) or {}).items():
        if is_system(annotation_of(field)):
            continue
        keys = tuple(str(choice[0]) for choice in choices_of(owner, name, field) if len(choice) == 1)
        if keys:
            yield keys


def _field(cells: Sequence[_Cell], above: frozenset[Any], *, whole: bool) -> SettableField:
    words = [field_words(cell.view.plan.owner).get(cell.keys[0], FieldWords()) for cell in cells]
    plan = cells[0].plan
    found = SettableField(
        tuple(dict.fromkeys(key for cell in cells for key in cell.keys)),
        " | ".join(dict.fromkeys(each.type for each in words if each.type)),
        next((each.description for each in words if each.description), ""),
        adds=plan.rule not in {None, Merge.replace} and bool(plan.entries),
    )
    found = _with_value(found, cells)
    chosen = [(cell, inner) for cell in cells for inner in _chosen(cell.plan, found.value) if inner.owner not in above]
    below = (cell.view.layers.below(cell.keys[0], found) for cell, _ in chosen)
    views = [_View(inner, layers) for (_, inner), layers in zip(chosen, below, strict=True)]
    fields = _fields(views, above, whole=whole) if views else ()
    if not whole:
        return replace(found, fields=fields)
    shown = {view.plan.owner for view in views}
    others = {
        name: _fields([_View(other, _Layers(None, {}))], above, whole=False)
        for name, other in _classes(plan)
        if other.owner not in above | shown
    }
    return replace(found, fields=fields, others=others)


def _with_value(found: SettableField, cells: Sequence[_Cell]) -> SettableField:
    """Return a field with its value: that of layers, of a default around it, its own default, the only one there is."""
    known = [cell.view.layers.at(cell.keys) for cell in cells]
    for value, place, is_default in sorted(known, key=lambda each: (each[0] is MISSING, each[2])):
        if value is not MISSING:
            return replace(found, value=value, place=place, is_default=is_default)
    if any(cell.view.layers.is_unknown for cell in cells):
        return replace(found, place=cells[0].view.layers.declared, is_default=True)
    for cell in cells:
        default = cell.view.plan.supplied.get(cell.keys[0])
        own = default.known(lambda factory: factory()) if default else None
        if default is not None and own is not None:
            declared = default.source.declared() if default.source.declared else None
            return replace(found, value=MISSING if own.problem else own.tree, place=declared, is_default=True)
    values = cells[0].plan.values
    return replace(found, value=values[0] if len(values) == 1 else MISSING, is_required=len(values) != 1)


def _chosen(plan: Plan, value: Any) -> list[Plan]:
    """Return the plan of the class that a value has; for a missing value, of the first that it can have."""
    if isinstance(value, Mapping):
        found = plan.member(value)
        return [found] if found.owner is not None else []
    return [each for _, each in islice(_classes(plan), 1)] if value is MISSING else []


def _classes(plan: Plan, name: str = "") -> Iterator[tuple[str, Plan]]:
    """Yield the plan of each class that a value may have, with the tag that chooses it, or its name."""
    for tag, variant in plan.variants.items():
        yield from _classes(variant, f"{plan.tag}: {tag}" if plan.choose is None else "")
    for member in plan.members:
        yield from _classes(member)
    if plan.owner is not None:
        yield name or getattr(plan.owner, "__name__", str(plan.owner)), plan
