"""The plans of values whose union's variant may not be known yet: enough to tell directives from data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typedflow.layers._aliases import variant_of
from typedflow.layers._plan import UNTYPED, Plan
from typedflow.values import KeyPath


def chosen_plan(high: Mapping[str, Any], low: Mapping[str, Any], plan: Plan) -> Plan:
    """Return the plan of the variant that a mapping and those below it choose, as far as it is known."""
    plan = variant_of(high, low, plan)
    if not plan.members:
        return plan
    keys = {key: value for key, value in {**low, **high}.items() if key[:1] != "$"}
    found = plan.member(keys)
    return plan if found is UNTYPED else found


def declares(plan: Plan, key: str) -> bool:
    """Return whether a type has a field with a key; a union where one of its members has."""
    return key in plan.fields or any(declares(each, key) for each in _parts(plan))


def inner_plan(plan: Plan, key: str) -> Plan:
    """Return the plan of the value at a key; of a union, one that is data where that of any member is."""
    found = {id(each): each for each in _inner_plans(plan, key)}
    if len(found) < 2:  # noqa: PLR2004 # several
        return next(iter(found.values()), UNTYPED)
    members = tuple(found.values())
    rule = next((each.rule for each in members if each.rule is not None), None)
    is_data = any(each.data for each in members)
    return Plan(rule=rule, members=members, data=is_data, anything=any(each.anything for each in members))


def typed_places(value: Any, plan: Plan, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any, Plan]]:
    """Yield the values of a tree in whose place directives count, each with its key path and plan, the outer first."""
    if not plan.data:
        yield path, value, plan
    if isinstance(value, dict) and not plan.data:
        chosen = chosen_plan(value, {}, plan)
        for key, item in value.items():
            yield from typed_places(item, inner_plan(chosen, key), (*path, key))
    elif isinstance(value, list) and not plan.anything:
        for index, item in enumerate(value):
            yield from typed_places(item, plan.item(index), (*path, index))


def _inner_plans(plan: Plan, key: str) -> Iterator[Plan]:
    parts = list(_parts(plan))
    if not parts:
        yield plan.inner(key)
    for each in parts:
        if each.items or declares(each, key):
            yield from _inner_plans(each, key)


def _parts(plan: Plan) -> tuple[Plan, ...]:
    return plan.members or tuple(plan.variants.values())
