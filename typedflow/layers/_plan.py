"""What a model says about merging: the rule of each key, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from typedflow.layers._default_values import Default


@dataclass(frozen=True, slots=True)
class Merge:
    """How a higher layer's value meets a lower one: ``Annotated[list[str], Merge.append]``.

    ``replace``: the higher value stands alone (also on a sub-model or dict).
    ``append``: the higher list's items follow the lower's. ``union``: the same, without items that are there already.
    ``by_key("name")``: items are mappings; those with an equal ``name`` merge, others follow.
    """

    rule: str
    key: str = ""

    replace: ClassVar[Merge]
    append: ClassVar[Merge]
    union: ClassVar[Merge]

    @staticmethod
    def by_key(key: str) -> Merge:
        """Give the rule that merges the items of two lists whose values at ``key`` are equal."""
        return Merge("by_key", key)


Merge.replace = Merge("replace")
Merge.append = Merge("append")
Merge.union = Merge("union")


@dataclass(slots=True, eq=False)
class Plan:
    """The merging of one value, as its type declares it.

    ``fields``: the plans of known keys. ``items``: the plan of a dict's other keys and of a list's items.
    ``mixed``: the type takes mappings and other values (``Model | None``), so one may replace the other.
    ``text``: the type takes text and nothing else that text could be read as; ``null``: it takes None.
    ``tag`` and ``variants``: for a discriminated union, its tag's key and the plan of each tag.
    ``choice``: for a union of several mappings without a tag, the plan of each.
    ``entries``: the plans of a list's items; the last one holds for all that follow.
    ``defaults``: by key, the defaults that may lie under what files set. On the plan of a whole model, ``defaulted``:
    it has such defaults; ``seeded``: some of them need no directive of a file.
    """

    rule: Merge | None = None
    fields: dict[str, Plan] = field(default_factory=dict)
    items: Plan | None = None
    mixed: bool = False
    text: bool = False
    null: bool = False
    tag: str = ""
    variants: dict[object, Plan] = field(default_factory=dict)
    choice: tuple[Plan, ...] = ()
    entries: tuple[Plan, ...] = ()
    defaults: dict[str, Default] = field(default_factory=dict)
    defaulted: bool = False
    seeded: bool = False

    def child(self, key: str) -> Plan:
        """Give the plan of the value at a key of a mapping."""
        return self.fields.get(key) or self.items or UNTYPED

    def member(self, tree: Mapping[str, object]) -> Plan:
        """Return the plan of the one member of a union without a tag that has all keys of a mapping."""
        found = [plan for plan in self.choice if plan.items or plan.fields.keys() >= tree.keys()]
        return found[0] if len(found) == 1 else UNTYPED

    @property
    def entry(self) -> Plan:
        """The plan of a list's items, where they have one type."""
        return self.entries[-1] if self.entries else self.items or UNTYPED

    def tags(self, tree: Mapping[str, object]) -> list[str]:
        """Give the keys of the tags that choose a mapping's variant: more than one where unions are nested."""
        return [plan.tag for plan in self._choices(tree) if plan.tag and plan.tag in tree]

    def variant(self, tree: Mapping[str, object]) -> Plan:
        """Give the plan of the variant that a mapping's tags choose, as far as its tags are known."""
        *_, last = self._choices(tree)
        return last

    def _choices(self, tree: Mapping[str, object]) -> Iterator[Plan]:
        plan: Plan | None = self
        while plan is not None:
            yield plan
            tag = tree.get(plan.tag)
            plan = plan.variants.get(tag) if isinstance(tag, str | int) else None


UNTYPED = Plan()
