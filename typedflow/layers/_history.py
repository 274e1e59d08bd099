"""What layers did while they merged, as far as it decides which defaults count."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from typedflow.layers._default_values import Default, DefaultValue
from typedflow.layers._directives import Directive
from typedflow.layers._item_paths import ItemPath
from typedflow.layers._layer import Layer
from typedflow.layers._plan import Merge, Plan
from typedflow.values import KeyPath, has_item

T = TypeVar("T")


class FactoryValues:
    """The values of default factories, by key path: each factory runs once, however often layers are merged."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        """Start empty."""
        self._values: dict[tuple[KeyPath, int], Any] = {}

    def value(self, path: KeyPath, factory: Callable[[], Any]) -> Any:
        """Return the value of a field's factory, the same each time; its exceptions propagate."""
        known = path, id(factory)
        if known not in self._values:
            self._values[known] = factory()
        return self._values[known]


class Defaults:
    """The defaults below one stack of layers.

    ``made`` holds the values of factories, ``values`` those of the defaults in use, by key path. ``tags`` are the tags
    of defaults where no file sets them: they decide by which rules files merge and, where a default is dropped because
    a file chooses another variant, which keys of files belonged to it.
    """

    __slots__ = ("made", "tags", "values")

    def __init__(self, made: FactoryValues) -> None:
        """Start without defaults in use."""
        self.made = made
        self.values: dict[tuple[KeyPath, int], DefaultValue] = {}
        self.tags: dict[ItemPath, dict[str, Any]] = {}

    def value(self, default: Default, path: KeyPath) -> DefaultValue:
        """Return the default of the field at a key path, the same one each time."""
        known = path, id(default)
        if known not in self.values:
            self.values[known] = default.value(lambda factory: self.made.value(path, factory))
        return self.values[known]


class History:
    """The history of one merged tree.

    ``over``: key paths whose value replaced another, or counts alone. ``rules``: the rules with which files first set a
    list. ``deleted``: the keys of defaults that files delete, with the directive.
    """

    def __init__(self, plan: Plan, defaults: Defaults) -> None:
        """Start with an empty tree."""
        self.plan = plan
        self.defaults = defaults
        self.over: set[KeyPath] = set()
        self.rules: dict[KeyPath, Merge] = {}
        self.deleted: dict[KeyPath, tuple[Directive, Layer] | None] = {}

    def __bool__(self) -> bool:
        """Return whether anything happened."""
        return bool(self.over or self.rules or self.deleted)

    def start(self, path: KeyPath, rules: Mapping[KeyPath, Directive]) -> None:
        """Note that a layer sets what no lower one has, with its directives for that and what is below."""
        for each, directive in rules.items():
            if each[: len(path)] == path and directive.rule == Merge.replace:
                self.over.add(each)
            elif each[: len(path)] == path and directive.rule is not None:
                self.rules[each] = directive.rule

    def replace(self, path: KeyPath, value: object) -> None:
        """Note that a layer replaces what lower ones have."""
        if self:
            self._forget(path)
        if isinstance(value, dict | list):
            self.over.add(path)

    def complete(self, tree: Any) -> None:
        """Note that a tree is complete: no default counts in any part of it."""
        self.over.update(_nodes(tree, ()))

    def delete(self, path: KeyPath) -> None:
        """Note that a layer deletes a key, which files set."""
        self._forget(path)
        self.deleted[path] = None

    def delete_default(self, directive: Directive, layer: Layer, tree: Any) -> bool:
        """Note that a layer deletes a key that a default alone sets; return False where none does."""
        if not self._is_supplied(directive.path, tree):
            return False
        self._forget(directive.path)
        self.deleted[directive.path] = directive, layer
        return True

    def move(self, path: KeyPath, places: Mapping[Any, str | int | None]) -> None:
        """Note that children at a path have other keys or indices now; those without one are gone."""
        if self:
            self.over = {each for each, _ in moved(dict.fromkeys(self.over).items(), path, places)}
            self.rules = dict(moved(self.rules.items(), path, places))
            self.deleted = dict(moved(self.deleted.items(), path, places))

    def _forget(self, path: KeyPath) -> None:
        """Drop what was noted at and below a key path."""
        length = len(path)
        self.over = {each for each in self.over if each[:length] != path}
        self.rules = {each: rule for each, rule in self.rules.items() if each[:length] != path}
        self.deleted = {each: found for each, found in self.deleted.items() if each[:length] != path}

    def _is_supplied(self, path: KeyPath, tree: Any) -> bool:
        plan = self.plan
        for index, key in enumerate(path[:-1], start=1):
            plan = plan.variant(tree) if plan.variants and isinstance(tree, dict) else plan
            default = plan.defaults.get(str(key))
            if default is not None and not any(path[:end] in self.over for end in range(index, len(path))):
                value = self.defaults.value(default, path[:index])
                is_deleted = any(path[: len(each)] == each for each in self.deleted if len(each) > index)
                if not value.problem and not is_deleted and value.has(path[index:]):
                    return True
            tree = tree[key] if has_item(tree, key) else {}
            plan = plan.child(str(key))
        return False


def moved(
    items: Iterable[tuple[KeyPath, T]], path: KeyPath, places: Mapping[Any, str | int | None]
) -> Iterator[tuple[KeyPath, T]]:
    """Yield items by key path with the new keys of the children of a path; without those that have none."""
    length = len(path)
    for each, value in items:
        key = each[length] if len(each) > length and each[:length] == path else None
        if key is None or key not in places:
            yield each, value
        elif (to := places[key]) is not None:
            yield (*path, to, *each[length + 1 :]), value


def _nodes(tree: Any, path: KeyPath) -> Iterator[KeyPath]:
    """Yield the key paths of all mappings and lists."""
    if isinstance(tree, dict | list):
        yield path
        for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _nodes(item, (*path, key))
