"""What files can set: the fields of models, each with its type, its description and the value that it has now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from typedflow.values._origins import Location


class _Missing:
    """The type of ``MISSING``."""

    def __repr__(self) -> str:
        return "MISSING"


#: The value of a field that nothing sets, or whose value cannot be written.
MISSING = _Missing()


@dataclass(frozen=True, slots=True)
class SettableField:
    """A field that files can set: its keys, of which the first is the one to write, its type in words, its description.

    ``value`` is that of lower layers, or the default, as plain values; ``place`` is where it is from. ``fields`` are
    those of its class: they can be set one by one, and have the values. ``others`` are fields of other classes that it
    may have instead, by a name of each. ``is_required``: nothing sets it, and it has no default. ``is_secret``: its
    value must not be shown. ``adds``: a list whose items are added to those of lower layers.
    """

    keys: tuple[str, ...]
    type: str = ""
    description: str = ""
    value: Any = MISSING
    place: Location | None = None
    is_default: bool = False
    is_required: bool = False
    is_secret: bool = False
    adds: bool = False
    fields: tuple[SettableField, ...] = ()
    others: Mapping[str, tuple[SettableField, ...]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key to write."""
        return self.keys[0]


def settable_tree(fields: Sequence[SettableField]) -> dict[str, Any]:
    """Return the values of fields as a tree; fields without a value are left out."""
    tree: dict[str, Any] = {}
    for each in fields:
        value = settable_tree(each.fields) if each.fields else each.value
        if value is not MISSING:
            tree[each.key] = value
    return tree
