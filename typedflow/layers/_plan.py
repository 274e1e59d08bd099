"""What a model declares about merging: the rule of each key, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from typedflow.layers._reference import Reference

if TYPE_CHECKING:
    from typedflow.layers._default_values import Default
    from typedflow.values import KeyPath, Related


@dataclass(frozen=True, slots=True)
class Merge:
    """How a higher layer's value meets a lower one: ``Annotated[list[str], Merge.append]``.

    ``replace``: the higher value replaces the lower one (also on a sub-model or dict).
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
        """Return the rule that merges the items of two lists whose values at ``key`` are equal."""
        return Merge("by_key", key)


Merge.replace = Merge("replace")
Merge.append = Merge("append")
Merge.union = Merge("union")


class FieldKeys(NamedTuple):
    """A field that a mapping may set in several ways: the field ``name`` of a class.

    ``choices``: the places that it is read from, the first one first; some may be inside another key's value.
    ``declared``: the declaration, for a diagnostic.
    """

    owner: str
    name: str
    choices: tuple[KeyPath, ...]
    declared: Callable[[], tuple[Related, ...]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys whose value is the field's; the first is the one that a merged tree has."""
        return tuple(str(choice[0]) for choice in self.choices if len(choice) == 1)


@dataclass(slots=True, eq=False)
class Plan:
    """The merging of one value, as its type declares it.

    ``fields``: the plans of known keys. ``items``: the plan of a dict's other keys and of a list's items.
    ``mixed``: the type takes mappings and other values (``Model | None``), so one may replace the other.
    ``text``: the type takes text and nothing else that text could be read as; ``null``: it takes None; ``values``: it
    takes no others.
    ``tag`` and ``variants``: for a discriminated union, its tag's key and the plan of each tag; ``tag_keys``: all keys
    that the tag is read from; ``choose``: the function that returns the tag, where one does.
    ``keys``: by each of their keys, the fields that have several. ``keeps``: code of the model's own sees the keys as
    the files have them. ``nested``: the fields that may be read from inside other keys' values, if that is not the only
    way. ``has_aliases``: here or below are fields with several keys.
    ``members``: for a union of several mappings without a tag, the plan of each; ``inside``: the plans of keys that it
    may have, of which only keys are used.
    ``entries``: the plans of a list's items; the last one holds for all that follow. ``reads_item`` and ``reads_key``:
    what the type makes of an item, and of the value at the key by which items merge; that tells items apart.
    ``defaults``: by key, the defaults that may merge with what files set. On the plan of a whole model, ``defaulted``:
    it has such defaults; ``seeded``: some of them need no directive of a file.
    ``owner``: the class whose fields these are; ``supplied``: by the first key of each, the defaults of its fields, for
    what refers to them.
    ``anything``: the type takes any value; ``data``: it takes any mapping, so directives in one are data there.
    ``mapping``: it takes mappings, and no text.
    """

    rule: Merge | None = None
    fields: dict[str, Plan] = field(default_factory=dict)
    items: Plan | None = None
    mixed: bool = False
    text: bool = False
    null: bool = False
    values: tuple[object, ...] = ()
    tag: str = ""
    variants: dict[object, Plan] = field(default_factory=dict)
    tag_keys: tuple[str, ...] = ()
    choose: Callable[[Any], object] | None = None
    keys: dict[str, FieldKeys] = field(default_factory=dict)
    nested: tuple[FieldKeys, ...] = ()
    keeps: bool = False
    has_aliases: bool = False
    inside: dict[str, Plan] = field(default_factory=dict)
    members: tuple[Plan, ...] = ()
    entries: tuple[Plan, ...] = ()
    reads_item: Callable[[Any], Any] | None = None
    reads_key: Callable[[Any], Any] | None = None
    defaults: dict[str, Default] = field(default_factory=dict)
    defaulted: bool = False
    seeded: bool = False
    owner: object = None
    supplied: dict[str, Default] = field(default_factory=dict)
    anything: bool = False
    data: bool = False
    mapping: bool = False

    def child(self, key: str) -> Plan:
        """Return the plan of the value at a key of a mapping."""
        return self.fields.get(key) or self.items or UNTYPED

    def inner(self, key: str) -> Plan:
        """Return the plan of the value at a key as ``child`` does, also for a key that several members may have."""
        return self.inside.get(key) or self.child(key)

    def keys_of(self, key: str) -> tuple[str, ...]:
        """Return all keys of the field that has a key."""
        return self.keys[key].keys if key in self.keys else (key,)

    def canonical(self, key: str, tree: Mapping[str, object]) -> str:
        """Return the key that a field has in a merged tree, by any of its keys.

        It is the first that the model reads; where the model's own code sees the keys, that of the layers below.
        """
        found = self.keys.get(key)
        if found is None:
            return key
        return next((other for other in found.keys if other in tree), key) if self.keeps else found.keys[0]

    def tag_in(self, tree: Mapping[str, object]) -> str:
        """Return the key that has a mapping's tag: any that it is read from, where keys are kept as files have them."""
        return self.tag if self.tag in tree else next((key for key in self.tag_keys if key in tree), self.tag)

    def chosen(self, tree: Mapping[str, object]) -> object:
        """Return the tag of a mapping; None where it has none, or where the model's function fails."""
        if self.choose is None:
            return tree.get(self.tag_in(tree))
        try:
            return self.choose(deepcopy(dict(tree)))
        except (Exception, SystemExit):  # noqa: BLE001 # the model's own code; validation reports what it raises
            return None

    def choice(self, tree: Mapping[str, object]) -> Plan | None:
        """Return the plan that a mapping's tag chooses, if it is known; that may be a union again."""
        tag = self.chosen(tree) if self.variants else None
        return self.variants.get(tag) if isinstance(tag, str | int) else None

    def member(self, tree: Mapping[str, object]) -> Plan:
        """Return the plan of a mapping's variant; in a union without a tag, of the one member that it may be."""
        plan = self.variant(tree)
        found = [each for each in plan.members if each.items or each.fields.keys() >= tree.keys()]
        found = [each for each in found if not each.excludes(tree)]
        return found[0] if len(found) == 1 else UNTYPED if plan.members else plan

    def excludes(self, value: object) -> bool:
        """Return whether a value has something else where this type takes only certain values (a literal)."""
        if self.keeps or value.__class__ is Reference:
            return False
        if self.values:
            return not any(type(each) is type(value) and each == value for each in self.values)
        if not isinstance(value, dict) or self.members:
            return False
        return any(child.excludes(value[key]) for key, child in self.fields.items() if key in value)

    def item(self, index: int = 0) -> Plan:
        """Return the plan of a list's item."""
        return self.entries[min(index, len(self.entries) - 1)] if self.entries else self.items or UNTYPED

    def tags(self, tree: Mapping[str, object]) -> list[str]:
        """Return the keys of the tags that choose a mapping's variant: more than one where unions are nested."""
        return [key for plan in self.levels(tree) if plan.tag and (key := plan.tag_in(tree)) in tree]

    def variant(self, tree: Mapping[str, object]) -> Plan:
        """Return the plan of the variant that a mapping's tags choose, as far as its tags are known."""
        *_, last = self.levels(tree)
        return last

    def levels(self, tree: Mapping[str, object]) -> Iterator[Plan]:
        """Yield the plans of the unions that choose a mapping's variant, the outermost first, and the variant's."""
        plan: Plan | None = self
        while plan is not None:
            yield plan
            plan = plan.choice(tree)


UNTYPED = Plan(anything=True, data=True)
