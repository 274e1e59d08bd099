"""Directives in a layer's tree: ``$ref``, ``$include`` and ``$literal``.

They count where the model knows the type of a value. Where a type takes any mapping, such a key is data, and so it is
where a class has a field with that key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from typedflow.layers._inline_plans import chosen_plan, declares, inner_plan
from typedflow.layers._inline_problems import InlineProblems
from typedflow.layers._item_paths import ItemPath
from typedflow.layers._layer import Layer, without_schema
from typedflow.layers._lists import unknown_items
from typedflow.layers._plan import Merge, Plan
from typedflow.layers._record import Record
from typedflow.layers._reference import Reference
from typedflow.parsing import MAX_DEPTH, MAX_NODES, without_marks
from typedflow.values import (
    Diagnostic,
    KeyPath,
    KeyPathError,
    LeafOrigin,
    Origin,
    RemovedLeaf,
    TypedflowError,
    is_near,
    parse_path,
)

_NAMES = ("$ref", "$include", "$literal", "$merge", "$extends")
DIRECTIVES = frozenset(_NAMES)
MergeOver = Callable[[Layer, Layer, Plan, list[Diagnostic]], tuple[Any, Record]]
"""Merges a layer over another one, both parts of a third."""


def read_inline(
    layer: Layer,
    below: Any,
    plan: Plan,
    problems: list[Diagnostic],
    tags: Mapping[ItemPath, dict[str, Any]],
    merge_over: MergeOver,
) -> Layer:
    """Return a layer whose directives are read, given the tree of the layers below; report problems with them."""
    reading = _Reading(problems, tags, merge_over, [layer.source.name])
    walk = _Walk(layer, reading)
    tree = walk.value(layer.tree, below, plan, layer.base)
    return walk.read(tree)


@dataclass(slots=True)
class _Reading:
    """What is the same for a layer and all that it includes."""

    problems: list[Diagnostic]
    tags: Mapping[ItemPath, dict[str, Any]]
    merge_over: MergeOver
    chain: list[str]
    size: int = 0


class _Walk:
    """A walk through the tree of one source."""

    def __init__(self, layer: Layer, reading: _Reading) -> None:
        self._layer = layer
        self._reading = reading
        self._report = InlineProblems(layer, reading.problems)
        self._brought: dict[KeyPath, LeafOrigin[Origin]] = dict(layer.brought)
        self._inner: list[Layer] = []
        self._removed: list[RemovedLeaf[Origin]] = []
        self._literals: list[KeyPath] = []
        self._has_references = False

    def read(self, tree: Any) -> Layer:
        """Return the layer with a tree whose directives have been read."""
        integers = frozenset(map(self._moved, self._layer.integers))
        return replace(
            self._layer,
            tree=tree,
            raw=False,
            integers=integers,
            references=self._has_references or any(each.references for each in self._inner),
            inner=tuple(self._inner),
            brought=self._brought,
            removed=tuple(self._removed),
        )

    def _moved(self, path: KeyPath) -> KeyPath:
        """Return the key path in the tree of a key that the source has in a ``$literal``."""
        at = next((place for place in self._literals if path[: len(place) + 1] == (*place, "$literal")), None)
        return path if at is None else (*at, *path[len(at) + 1 :])

    def value(self, high: Any, low: Any, plan: Plan, path: KeyPath) -> Any:
        """Return a value with its directives read; ``low`` is what lower layers have there."""
        if isinstance(high, list):
            return high if plan.anything else self._items(high, plan, path)
        if not isinstance(high, dict) or plan.data:
            return high
        if len(path) > MAX_DEPTH:
            self._report.too_deep(path)
            return low
        names = [name for name in _NAMES if name in high and not declares(plan, name)]
        if names:
            return self._directive(names, high, low, plan, path)
        return self._mapping(high, low, plan, path)

    def _items(self, high: list[Any], plan: Plan, path: KeyPath) -> list[Any]:
        items = [self.value(item, None, plan.item(index), (*path, index)) for index, item in enumerate(high)]
        rule = self._rule(plan, path)
        if rule not in {None, Merge.replace, Merge.append}:
            self._report.unknown_items(rule, [(*path, index) for index in unknown_items(items, rule, plan)])
        return items

    def _rule(self, plan: Plan, path: KeyPath) -> Merge | None:
        """Return the rule by which a value merges with lower layers."""
        own = next((each for each in self._layer.directives.rules if each.path == path), None)
        return own.rule if own else plan.rule

    def _mapping(self, high: dict[str, Any], low: Any, plan: Plan, path: KeyPath) -> dict[str, Any]:
        below = {**self._reading.tags.get(path, {}), **(low if isinstance(low, dict) else {})}
        chosen = chosen_plan(high, below, plan)
        tree = {}
        for key, item in high.items():
            meant = meant_directive(key)
            if meant not in {"", key} and not declares(plan, key):
                self._report.misspelled((*path, key), meant)
                continue
            lower = below.get(chosen.canonical(key, below))
            tree[key] = self.value(item, lower, inner_plan(chosen, key), (*path, key))
        self._report.tags(tree, plan, path)
        return tree

    def _directive(self, names: Sequence[str], high: dict[str, Any], low: Any, plan: Plan, path: KeyPath) -> Any:
        """Return the value of a mapping with directives; what lower layers have, where it has none."""
        name = names[0]
        kept = {} if not path or (name == "$include" and low is None) else low  # the content would be a mapping
        beside = [key for key in high if key != name]
        if name in {"$merge", "$extends"}:
            self._report.misplaced(name, path)
            return self._mapping({key: item for key, item in high.items() if key not in names}, low, plan, path)
        if beside and (name != "$include" or len(names) > 1):
            self._report.beside(name, (*path, names[1] if len(names) > 1 else beside[0]))
            return kept
        if name == "$literal":
            return self._literal(high[name], path)
        if name == "$include":
            found = self._included(high, low, plan, path)
            return kept if found is None else found
        return self._reference(high[name], plan, path) or kept

    def _literal(self, value: Any, path: KeyPath) -> Any:
        place = self._layer.origin(path)
        origin = Origin(place.source, (*place.path, "$literal")).brought_by("$literal", place)
        self._brought[path] = LeafOrigin(origin)
        self._literals.append(path)
        return value

    def _reference(self, text: Any, plan: Plan, path: KeyPath) -> Reference | None:
        if not isinstance(text, str):
            self._report.not_text("$ref", path)
        elif not path:
            self._report.whole(path)
        elif (rule := self._rule(plan, path)) not in {None, Merge.replace}:
            self._report.merged_list(path, rule)
        else:
            try:
                reference = Reference(parse_path(text))
            except KeyPathError as error:
                self._report.no_path(path, str(error))
            else:
                self._has_references = True
                return reference
        return None

    def _included(self, high: dict[str, Any], low: Any, plan: Plan, path: KeyPath) -> Any:
        """Return the content of an included file with the keys beside it merged over it; None where that fails."""
        name = high["$include"]
        if not isinstance(name, str) or not name:
            self._report.not_text("$include", path)
            return None
        content = self._content(name, path)
        if content is None:
            return None
        walk = _Walk(content, self._reading)
        self._reading.chain.append(content.source.name)
        inner = walk.read(walk.value(content.tree, low, plan, path))
        self._reading.chain.pop()
        self._inner += [replace(inner, inner=(), prefix=path), *inner.inner]
        beside = {key: item for key, item in high.items() if key != "$include"}
        if not beside:
            self._brought |= inner.brought
            self._removed += inner.removed
            return inner.tree
        if not isinstance(inner.tree, dict):
            self._report.not_a_mapping(path)
            return None
        return self._merged(inner, beside, low, plan, path)

    def _content(self, name: str, path: KeyPath) -> Layer | None:
        """Return the layer of an included file, not yet read."""
        place, at = self._layer.origin(path), self._report.place(path, "$include")
        if self._layer.files is None:
            self._report.no_files(path)
            return None
        try:
            source, tree = self._layer.files.read(name, at)
        except TypedflowError as error:
            self._report.included(error.diagnostics, at, path)
            return None
        if source.name in self._reading.chain:
            self._report.circle(path, self._reading.chain[self._reading.chain.index(source.name) :])
            return None
        self._reading.size += _size(tree)
        if self._reading.size > MAX_NODES:
            self._report.too_many(path)
            return None
        tree, integers = without_marks(without_schema(tree))
        origin = Origin(source, ()).brought_by("$include", place)
        return Layer(
            source,
            tree,
            self._layer.rank,
            integers=frozenset((*path, *each) for each in integers),
            files=self._layer.files,
            brought={path: LeafOrigin(origin)},
            base=path,
        )

    def _merged(self, inner: Layer, beside: dict[str, Any], low: Any, plan: Plan, path: KeyPath) -> Any:
        """Return the content of an included file with the keys beside its name merged over it."""
        below = {**low, **inner.tree} if isinstance(low, dict) else inner.tree
        own = self._mapping(beside, below, plan, path)
        place = self._layer.origin(path)
        known = {
            here: leaf for here, leaf in self._brought.items() if len(here) > len(path) and here[: len(path)] == path
        }
        upper = Layer(self._layer.source, own, self._layer.rank, brought={**known, path: LeafOrigin(place)}, base=path)
        tree, record = self._reading.merge_over(inner, upper, plan, self._reading.problems)
        self._brought |= {path: LeafOrigin(place), **brought_leaves(tree, record.leaves, path)}
        self._removed += [*inner.removed, *record.removed]
        return tree


def meant_directive(key: str) -> str:
    """Return the directive that a key is, or almost is; empty for another key."""
    return next((name for name in _NAMES if is_near(key, name, 1)), "") if key.startswith("$") else ""


def brought_leaves(
    tree: Any, leaves: Mapping[KeyPath, LeafOrigin[Origin]], path: KeyPath
) -> dict[KeyPath, LeafOrigin[Origin]]:
    """Return origins that those of all leaves of a tree follow from; of a mapping or list, where all in it agree."""
    found: dict[KeyPath, LeafOrigin[Origin]] = {}
    top = _common(tree, leaves, path, found)
    return found | ({path: LeafOrigin(top)} if top is not None else {})


def _common(
    value: Any, leaves: Mapping[KeyPath, LeafOrigin[Origin]], path: KeyPath, found: dict[KeyPath, LeafOrigin[Origin]]
) -> Origin | None:
    """Return the origin that those of all leaves of a value follow from, if there is one; else note their own."""
    if not isinstance(value, dict | list) or not value:
        leaf = leaves.get(path)
        if leaf is not None and leaf.shadows:
            found[path] = leaf
        return leaf.origin if leaf else None
    items = value.items() if isinstance(value, dict) else enumerate(value)
    origins = {key: _common(item, leaves, (*path, key), found) for key, item in items}
    above = {origin and origin.above(1) for origin in origins.values()}
    common = above.pop() if len(above) == 1 else None
    if common is not None and all(common.at((key,)) == origin for key, origin in origins.items()):
        return common
    found |= {
        (*path, key): LeafOrigin(origin) for key, origin in origins.items() if origin and (*path, key) not in found
    }
    return None


def _size(tree: Any) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(_size, inner))
