"""Discriminated unions: what a higher layer's tag does to the keys of lower layers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from typedflow.layers._plan import Plan
from typedflow.values import KeyPath


class VariantSwitch(NamedTuple):
    """What happens to the lower keys where two mappings of a union merge.

    ``plan`` is that of the variant that both together choose. ``gone`` are lower keys that it does not have, because of
    the value at ``tag``. ``moved`` are lower keys that have another name in it.
    """

    plan: Plan
    gone: tuple[str, ...] = ()
    moved: Mapping[str, str] = MappingProxyType({})
    tag: KeyPath = ()
    reason: str = ""


def switch_variant(
    low: Mapping[str, Any], high: Mapping[str, Any], plan: Plan, tags: Mapping[str, Any]
) -> VariantSwitch:
    """Return the variant of two mappings that merge, and the lower keys that a new tag drops.

    ``tags`` are those of a default below the two.
    """
    lower = {**tags, **low}
    old, new = plan.variant(lower), plan.variant({**lower, **high})
    change = _change(lower, high, plan) if new is not old and not new.variants else None
    names = {key: _name_in(new, key, old) for key in low} if change or new.keys else {}
    moved = {key: name for key, name in names.items() if name not in {key, None} and name not in low}
    if change is None:
        return VariantSwitch(new, moved=moved)
    gone = tuple(key for key in low if names[key] is None)
    return VariantSwitch(new, gone, moved, *change)


def apply_switch(low: dict[str, Any], found: VariantSwitch) -> dict[str, Any]:
    """Return the lower mapping with the keys of the variant."""
    if not found.gone and not found.moved:
        return low
    return {found.moved.get(key, key): value for key, value in low.items() if key not in found.gone}


def _name_in(new: Plan, key: str, old: Plan) -> str | None:
    """Return a variant's name for another variant's key; None where it has no such field."""
    name = next((name for name in (key, *old.keys_of(key)) if name in new.fields), None)
    return new.keys[name].keys[0] if name in new.keys and not new.keeps else name


def _change(low: Mapping[str, Any], high: Mapping[str, Any], plan: Plan) -> tuple[KeyPath, str] | None:
    """Return the key whose higher value changes the variant, and why; None where none was chosen below."""
    node: Plan | None = plan
    both = {**low, **high}
    while node is not None and node.variants:
        if node.choose is not None:
            if node.choice(low) is not None and node.chosen(low) != node.chosen(both):
                return _decided(low, high, node.chosen)
        elif (tag := node.tag_in(low)) not in low:
            return None
        elif low[tag] != both[tag]:
            return (tag,), f"`{tag}` became {both[tag]!r}"
        node = node.choice(low)
    return None


def _decided(
    low: Mapping[str, Any], high: Mapping[str, Any], chosen: Callable[[Mapping[str, Any]], object]
) -> tuple[KeyPath, str]:
    """Return the one key that makes a function choose another tag; the whole mapping where it is not one alone."""
    tag = chosen({**low, **high})
    keys = [key for key in high if high[key] != low.get(key) and chosen({**low, key: high[key]}) == tag]
    if len(keys) == 1 and isinstance(high[keys[0]], str | int):
        return (keys[0],), f"`{keys[0]}` became {high[keys[0]]!r}"
    return (), f"its variant became {tag!r}"
