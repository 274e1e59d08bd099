"""Builds a strategy for the plain values of a model, by walking through its core schema.

Source: ``pydantic_core.core_schema`` (2.33 and later) has all types of nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator, core_schema, to_json

from typedflow.hypothesis._accepted_values import Accepted
from typedflow.hypothesis._classes import CLASSES, PLAIN
from typedflow.hypothesis._collections import dictionaries, lists, mappings, tuples, vary_keys
from typedflow.hypothesis._nodes import (
    FIELDS,
    FUNCTIONS,
    INSIDE,
    class_of,
    has_fields,
    has_items,
    key_of,
    node_fields,
    own_strategy,
    spellings_of,
    tags_of,
)
from typedflow.hypothesis._scalars import SCALARS, Node, Values, anything, choices, is_loose, plain_values, scalars
from typedflow.values import KeyPath, did_you_mean, format_path

_ANY = {"type": "any"}
_DEEPEST = 2


@dataclass(frozen=True)
class TreeOptions:
    """Which plain values to generate.

    Shape: ``null``: whether they may contain null; ``sparse``: whether any key may be omitted, as in a layer;
    ``validated``: whether validator functions filter them, not only types and constraints; ``overrides``: the user's
    strategies, by key path.
    """

    null: bool = True
    sparse: bool = False
    validated: bool = True
    overrides: Mapping[KeyPath, Values] = field(default_factory=dict)


def trees(model: type[BaseModel], options: TreeOptions) -> Values:
    """Return a strategy for the plain values of a model; its validators check the parts, but not the whole.

    Raises:
        InvalidArgument: a field has a type without known values; an override matches no field.
    """
    walk = _Walk(model, options)
    found = walk.of(walk.root, (), model.__name__)
    unknown = set(options.overrides) - walk.used
    if unknown:
        names = [format_path(path) for path in walk.seen]
        path = format_path(min(unknown))
        label = did_you_mean(path, names)
        raise InvalidArgument(f"{path}=... is not a field of {model.__name__}" + (f"; {label}" if label else ""))
    if found.is_empty:
        reasons = "; ".join(dict.fromkeys(walk.unknown))
        raise InvalidArgument(
            f"{model.__name__} has required fields without known values: {reasons}; provide strategies for them,"
            f" in the annotation, Annotated[..., strategy], or in the call, configs({model.__name__}, field=...)"
        )
    return found


class _Walk:
    """Walks through one core schema; a recursive definition is entered a few times."""

    def __init__(self, model: type[BaseModel], options: TreeOptions) -> None:
        self.root: Node = TypeAdapter(model).core_schema
        self.used: set[KeyPath] = set()
        self.seen: list[KeyPath] = []
        self.unknown: list[str] = []
        self._options = options
        self._sparse = options.sparse
        self._keeps_keys = False  # a function reads the keys, so they are not varied
        self._tags: frozenset[str] = frozenset()  # the keys that the next mapping must have
        self._inside: Counter[str] = Counter()
        self._known: dict[Any, Values] = {}

    @cached_property
    def _definitions(self) -> dict[str, Node]:
        found = self.root["definitions"] if self.root["type"] == "definitions" else ()
        return {each["ref"]: each for each in found}

    def of(self, node: Node, path: KeyPath, where: str) -> Values:
        """Return a strategy for a node, empty if files cannot represent it. ``where`` names the node in messages."""
        kind: str = node["type"]
        if kind in INSIDE:
            return self.of(node[INSIDE[kind]], path, where)
        if kind not in _METHODS:
            self.unknown.append(f"{where} (the values of `{kind}` are not known)")
            return st.nothing()
        method: Callable[[Node, KeyPath, str], Values] = getattr(self, _METHODS[kind])
        known = len(self.unknown)
        found = method(node, path, where)
        if found.is_empty and len(self.unknown) == known:
            self.unknown.append(f"{where} (no value in a file satisfies it)")
        return found

    def _scalar(self, node: Node, path: KeyPath, where: str) -> Values:  # noqa: ARG002 # as its siblings
        try:
            found = scalars(node)
            found.validate()
        except Exception as error:  # noqa: BLE001 # a pattern that Python's `re` does not support, contradictory bounds
            self.unknown.append(f"{where} ({error})")
            return st.nothing()
        return found.filter(Accepted(self._validator(node), where)) if is_loose(node) else found

    def _choice(self, node: Node, path: KeyPath, where: str) -> Values:  # noqa: ARG002 # as its siblings
        found = choices(node, self._validator(node), null=self._options.null)
        return st.sampled_from(found) if found else st.nothing()

    def _validator(self, node: Node) -> Callable[[Any], object]:
        definitions: Any = list(self._definitions.values())
        whole: Any = core_schema.definitions_schema(node, definitions) if definitions else node
        validator = SchemaValidator(whole)
        return lambda value: validator.validate_json(to_json(value))

    def _function(self, node: Node, path: KeyPath, where: str) -> Values:
        return self._filter(node, self.of(node["schema"], path, where), where)

    def _filter(self, node: Node, inner: Values, where: str) -> Values:
        """Filter values by a validator function, if it can check this part alone."""
        function = node["function"]
        is_whole = function["type"] != "with-info" and not (self._sparse and has_fields(node))
        if inner.is_empty or not (is_whole and self._options.validated):
            return inner
        name = getattr(function["function"], "__name__", "")
        return inner.filter(Accepted(self._validator(node), f"{where} ({name})" if name else where))

    # --- nodes that choose -------------------------------------------------------------------------------------------

    def _definition_ref(self, node: Node, path: KeyPath, where: str) -> Values:
        ref = node["schema_ref"]
        if self._inside[ref] >= _DEEPEST:
            return st.nothing()
        inside, where_from = frozenset((+self._inside).items()), path if self._options.overrides else ()
        key = ref, self._sparse, self._tags, self._keeps_keys, inside, where_from
        if key not in self._known:
            self._inside[ref] += 1
            self._known[key] = self.of(self._definitions[ref], path, where)
            self._inside[ref] -= 1
        return self._known[key]

    def _none(self, *_: object) -> Values:
        return st.none() if self._options.null else st.nothing()

    def _any(self, *_: object) -> Values:
        return anything(self._none())

    def _nullable(self, node: Node, path: KeyPath, where: str) -> Values:
        inner = self.of(node["schema"], path, where)
        return self._none() | inner

    def _union(self, node: Node, path: KeyPath, where: str) -> Values:
        choices = [each[0] if isinstance(each, tuple) else each for each in node["choices"]]
        return st.one_of([self.of(each, path, where) for each in choices])

    def _tagged_union(self, node: Node, path: KeyPath, where: str) -> Values:
        """Return the values of all members; the tag is always present, even if it has a default."""
        found, tags, keeps = [], self._tags | tags_of(node), self._keeps_keys
        self._keeps_keys = keeps or callable(node["discriminator"])
        for each in node["choices"].values():
            self._tags = tags
            found.append(self.of(each, path, where))
        self._tags, self._keeps_keys = frozenset(), keeps
        return st.one_of(found)

    def _lax_or_strict(self, node: Node, path: KeyPath, where: str) -> Values:
        known = CLASSES.get(class_of(node["strict_schema"]))
        return self.of(node["lax_schema"], path, where) if known is None else known

    def _function_plain(self, node: Node, path: KeyPath, where: str) -> Values:  # noqa: ARG002 # as its siblings
        function = node["function"]["function"]
        name, owner = getattr(function, "__name__", ""), getattr(function, "__self__", None)
        known = PLAIN.get(name, CLASSES.get(owner) if isinstance(owner, type) else None)
        if known is not None:
            return known
        self.unknown.append(f"{where} (the values that its validator `{name}` accepts are not known)")
        return st.nothing()

    def _chain(self, node: Node, path: KeyPath, where: str) -> Values:
        return self.of(node["steps"][0], path, where)

    def _json(self, node: Node, path: KeyPath, where: str) -> Values:
        return self.of(node.get("schema", _ANY), path, where).map(lambda value: to_json(value).decode())

    # --- collections -------------------------------------------------------------------------------------------------

    def _list(self, node: Node, path: KeyPath, where: str) -> Values:
        with self._complete_values():
            return lists(node, self.of(node.get("items_schema", _ANY), path, f"{where}[]"))

    def _tuple(self, node: Node, path: KeyPath, where: str) -> Values:
        with self._complete_values():
            return tuples(node, [self.of(each, path, f"{where}[]") for each in node["items_schema"]])

    def _named_tuple(self, node: Node, path: KeyPath, where: str) -> Values:
        fields = node.get("fields") or node["arguments_schema"]
        with self._complete_values():
            return tuples({}, [self.of(each["schema"], path, f"{where}.{each['name']}") for each in fields])

    def _dict(self, node: Node, path: KeyPath, where: str) -> Values:
        keys = self._keys(node.get("keys_schema", {"type": "str"}), path, f"{where} (its keys)")
        return dictionaries(node, keys, self.of(node.get("values_schema", _ANY), path, f"{where}.*"))

    def _keys(self, node: Node, path: KeyPath, where: str) -> Values:
        """Return a strategy for keys, which are strings in every format; a collection cannot be a key."""
        if node["type"] == "any":
            return self.of({"type": "str"}, path, where)
        if has_items(node):
            self.unknown.append(f"{where} (keys are strings, and a `{node['type']}` cannot be read from a string)")
            return st.nothing()
        return self.of(node, path, where)

    @contextmanager
    def _complete_values(self) -> Iterator[None]:
        """Generate complete values, because the items of lists are not merged."""
        before, self._sparse = self._sparse, False
        yield
        self._sparse = before

    # --- named fields ------------------------------------------------------------------------------------------------

    def _model(self, node: Node, path: KeyPath, where: str) -> Values:
        inner = node["schema"]
        if node.get("root_model"):
            return self.of(inner, path, where)
        while inner["type"] in FUNCTIONS:  # validators of all fields together
            inner = inner["schema"]
        found = self._fields({**inner, "cls": node["cls"]}, path, node["cls"].__name__)
        return found if inner is node["schema"] else self._filter(node["schema"], found, where)

    def _fields(self, node: Node, path: KeyPath, where: str) -> Values:
        tags, self._tags = self._tags, frozenset()
        required: dict[str, Values] = {}
        optional: dict[str, Values] = {}
        for name, each, is_required in node_fields(node):
            key = key_of(node.get("cls"), name)
            own = own_strategy(node.get("cls"), name)
            values = self._field(each, (*path, key), (*path, name), f"{where}.{name}", own)
            if (is_required or tags & {key, name}) and not self._sparse:
                required[key] = values
            elif not values.is_empty:
                optional[key] = values
        if any(values.is_empty for values in required.values()):
            return st.nothing()
        found = mappings(required, optional)
        keys = {} if self._keeps_keys else spellings_of(node.get("cls"), [name for name, _, _ in node_fields(node)])
        return vary_keys(found, keys) if keys else found

    def _field(self, node: Node, path: KeyPath, by_name: KeyPath, where: str, own: Values | None) -> Values:
        self.seen.append(path)
        given = own
        for each in (path, by_name):
            if each in self._options.overrides:
                self.used.add(each)
                given = self._options.overrides[each]
        return self.of(node, path, where) if given is None else plain_values(given, null=self._options.null)


#: By the type of the node.
_METHODS: dict[str, str] = {
    **dict.fromkeys(FUNCTIONS, "_function"),
    **dict.fromkeys(FIELDS, "_fields"),
    **dict.fromkeys(("list", "set", "frozenset", "deque", "generator"), "_list"),
    **dict.fromkeys(("model", "dataclass"), "_model"),
    **dict.fromkeys(("dict", "ordered-dict", "frozendict", "counter"), "_dict"),
    **dict.fromkeys(("named-tuple", "arguments"), "_named_tuple"),
    **dict.fromkeys(("enum", "literal"), "_choice"),
    **dict.fromkeys(SCALARS, "_scalar"),
    "any": "_any",
    "chain": "_chain",
    "definition-ref": "_definition_ref",
    "function-plain": "_function_plain",
    "json": "_json",
    "lax-or-strict": "_lax_or_strict",
    "none": "_none",
    "nullable": "_nullable",
    "tagged-union": "_tagged_union",
    "tuple": "_tuple",
    "union": "_union",
}
