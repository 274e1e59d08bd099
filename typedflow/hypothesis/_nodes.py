"""The nodes of Pydantic's core schema: their kinds, and their fields.

Source: ``pydantic_core.core_schema`` (2.33 and later).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import AliasChoices, AliasPath

from typedflow.hypothesis._scalars import Node, Values
from typedflow.models import annotation_of, choices_of, fields_of, is_system, keys_of, reads_mapping

FUNCTIONS = {"function-after", "function-before", "function-wrap"}
FIELDS = {"model-fields", "typed-dict", "dataclass-args"}
#: Nodes that only wrap another node, under this key.
INSIDE = {
    "call": "arguments_schema",  # a named tuple, in older versions of Pydantic
    "custom-error": "schema",
    "dataclass-field": "schema",
    "default": "schema",
    "definitions": "schema",
    "json-or-python": "json_schema",
    "model-field": "schema",
    "typed-dict-field": "schema",
}


def node_fields(node: Node) -> Iterator[tuple[str, Node, bool]]:
    """Return the name, the node and whether it is required of each field of a node."""
    if isinstance(node["fields"], list):  # a dataclass
        for each in node["fields"]:
            if each.get("init", True):
                yield each["name"], each, each["schema"]["type"] != "default"
        return
    for name, each in node["fields"].items():
        is_required = each.get("required", node.get("total", True))
        yield name, each, is_required and each["schema"]["type"] != "default"


def own_strategy(owner: Any, name: str) -> Values | None:
    """Return the strategy in a field's ``Annotated``, which Hypothesis itself also uses, or None.

    Files leave a field empty that typedflow fills in.
    """
    field = (fields_of(owner) or {}).get(name)
    if field is not None and is_system(annotation_of(field)):
        return st.just({})
    metadata = getattr(field, "metadata", ())
    return next((each for each in metadata if isinstance(each, st.SearchStrategy)), None)


def key_of(owner: Any, name: str) -> str:
    """Return the key from which a field is read.

    Raises:
        InvalidArgument: it is read only from a path.
    """
    info = (fields_of(owner) or {}).get(name)
    alias = getattr(info, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    if all(isinstance(each, AliasPath) for each in choices):
        raise InvalidArgument(f"{owner.__name__}.{name} has only a path as alias: add a key with AliasChoices")
    plain = [each for each in choices if isinstance(each, str)]
    keys = keys_of(owner, name, info) if info is not None else (name,)
    return next((key for key in keys if key in plain), keys[0])


def spellings_of(owner: Any, names: Iterable[str]) -> dict[str, list[str]]:
    """Return all keys of each field that has several, by its main key; empty if code reads the keys."""
    fields = {} if reads_mapping(owner) else fields_of(owner) or {}
    keys = {name: keys_of(owner, name, fields[name]) for name in names if name in fields}
    paths = {name for name in keys if len(choices_of(owner, name, fields[name])) > len(keys[name])}
    counted = Counter(key for group in keys.values() for key in group)
    found = {
        key_of(owner, name): [key for key in keys[name] if counted[key] == 1] for name in keys if name not in paths
    }
    return {key: [key, *(other for other in group if other != key)] for key, group in found.items() if len(group) > 1}


def tags_of(node: Node) -> frozenset[str]:
    """Return the keys that may choose a member of a tagged union; none if a function chooses."""
    found = node["discriminator"]
    if isinstance(found, str):
        return frozenset({found})
    return frozenset(str(path[0]) for path in found) if isinstance(found, list) else frozenset()


def has_fields(node: Node) -> bool:
    """Return whether a node may be a mapping, of which a layer may have only a part."""
    while node["type"] in FUNCTIONS or node["type"] in INSIDE or node["type"] == "nullable":
        node = node[INSIDE.get(node["type"], "schema")]
    return node["type"] in {*FIELDS, "model", "dataclass", "union", "tagged-union", "definition-ref", "dict"}


def has_items(node: Node) -> bool:
    """Return whether a node accepts only collections."""
    while node["type"] in FUNCTIONS or node["type"] in INSIDE:
        node = node[INSIDE.get(node["type"], "schema")]
    return node["type"] in {"list", "tuple", "set", "frozenset", "dict"}


def class_of(node: Node) -> Any:
    """Return the class whose instances a node accepts in Python."""
    return node["python_schema"].get("cls") if node["type"] == "json-or-python" else node.get("cls")
