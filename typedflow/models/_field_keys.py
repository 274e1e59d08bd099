"""Merge plans of fields that can be set by several keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from typedflow.layers import Default, FieldKeys, Plan
from typedflow.models._types import choices_of
from typedflow.values import KeyPath, Related


def field_keys(owner: Any, name: str, field: Any) -> FieldKeys | None:
    """Return the key paths that a field is read from, if there are several; else None."""
    choices = choices_of(owner, name, field)
    if len(choices) == 1:
        return None
    return FieldKeys(owner.__name__, name, choices, partial(_declared, owner, name))


def add_paths(plan: Plan, paths: Iterable[tuple[KeyPath, Plan, Default | None]]) -> None:
    """Add the plans and defaults of fields that are read from inside other keys' values; existing plans stay."""
    made: dict[str, Plan] = {}
    for path, child, default in paths:
        first = str(path[0])
        if first not in plan.fields:
            plan.fields[first] = made[first] = Plan()
        node = made.get(first)
        for key in path[1:-1]:
            node = node.fields.setdefault(key, Plan()) if node is not None and isinstance(key, str) else None
        if node is not None and isinstance(path[-1], str):
            node.fields.setdefault(path[-1], child)
            node.defaults.update({path[-1]: default} if default is not None else {})


def shared_fields(plans: Sequence[Plan]) -> dict[str, FieldKeys]:
    """Return the fields whose keys mean the same field in every union member that has any of the keys."""
    found: dict[str, FieldKeys] = {}
    for plan in plans:
        for key, keys in plan.keys.items():
            if all(_is_shared(keys, other) for other in plans):
                found.setdefault(key, keys)
    return found


def _is_shared(keys: FieldKeys, plan: Plan) -> bool:
    others = {plan.keys[key].choices if key in plan.keys else () for key in keys.keys if key in plan.fields}
    return others <= {keys.choices}


def unambiguous_plans(plans: Sequence[Plan]) -> dict[str, Plan]:
    """Return the plans of an untagged union's keys that only one member has, or that are the same in all members."""
    found: dict[str, Plan] = {}
    for key in dict.fromkeys(key for plan in plans for key in plan.fields):
        children = {id(plan.fields[key]): plan.fields[key] for plan in plans if key in plan.fields}
        if len(children) == 1:
            found[key] = next(iter(children.values()))
    return found


def mark_aliases(root: Plan) -> None:
    """Set ``has_aliases`` on the plans from which a field with several keys is reachable."""
    above: dict[int, list[Plan]] = {}
    waiting, known = [root], {id(root)}
    for plan in waiting:
        for child in _children(plan):
            above.setdefault(id(child), []).append(plan)
            if id(child) not in known:
                known.add(id(child))
                waiting.append(child)
    found = [plan for plan in waiting if plan.keys or plan.nested]
    for plan in found:
        if not plan.has_aliases:
            plan.has_aliases = True
            found += above.get(id(plan), ())


def _children(plan: Plan) -> Iterator[Plan]:
    yield from plan.fields.values()
    yield from plan.inside.values()
    yield from plan.variants.values()
    yield from plan.entries
    if plan.items is not None:
        yield plan.items


def _declared(owner: type, name: str) -> tuple[Related, ...]:
    from typedflow.models._declarations import declared

    return declared(owner, name)
