"""The schema of a file that several models read: it has the fields of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

from typedflow.schema._overlay import numbered_names, used_definitions
from typedflow.schema._walk import Schema, definition_name, is_only_required, map_schemas, resolve_reference
from typedflow.values import canonical

#: What is said about a value, and does not limit it.
_ABOUT = {"title", "description", "default", "examples", "deprecated"}
_OBJECT = {"type", "properties", "required", "additionalProperties", "allOf", *_ABOUT}
_ARRAY = {"type", "items", *_ABOUT}


def union_of(documents: Sequence[Schema]) -> Schema:
    """Return the schema of files of which each document describes a part.

    A key is valid if one of the documents has it, and its value if one of those that have it accepts it.
    """
    return documents[0] if len(documents) == 1 else _Union().document(documents)


class _Union:
    """Builds one document; definitions of one name that differ get names of their own."""

    def __init__(self) -> None:
        self._root: Schema = {"$defs": {}}
        self._closures: dict[str, str] = {}
        self._joined: dict[tuple[str, str], str] = {}

    def document(self, documents: Iterable[Schema]) -> Schema:
        """Return the whole document."""
        tops = [resolve_reference(self._added(document), self._root) for document in documents]
        top = reduce(self._join, tops)
        if "properties" in top and any(each.get("additionalProperties") is False for each in tops):
            top = {**top, "additionalProperties": False}  # another key that a model keeps is not its field
        titles = dict.fromkeys(str(each["title"]) for each in tops if "title" in each)
        known = self._root["$defs"]
        used = used_definitions(top, known)
        definitions = {name: schema for name, schema in known.items() if name in used}
        return {**top, "title": " or ".join(titles), **({"$defs": definitions} if definitions else {})}

    def _added(self, document: Schema) -> Schema:
        """Return the top of a document, with the names that its definitions have here."""
        own = document.get("$defs", {})
        names = {name: self._name_of(name, own) for name in own}

        def renamed(schema: Schema) -> Schema:
            reference = schema.get("$ref")
            return {**schema, "$ref": _reference(names[definition_name(reference)])} if reference else schema

        self._root["$defs"] |= {names[name]: map_schemas(schema, renamed) for name, schema in own.items()}
        top: Schema = map_schemas({key: value for key, value in document.items() if key != "$defs"}, renamed)
        return top

    def _name_of(self, name: str, own: dict[str, Any]) -> str:
        """Return the name of a definition here: its own, unless another definition has that."""
        used = used_definitions(own[name], own)
        closure = canonical([own[name], {each: own[each] for each in sorted(used)}])
        found = next(each for each in numbered_names(name) if self._closures.get(each, closure) == closure)
        self._closures[found] = closure
        return found

    def _join(self, one: Any, other: Any) -> Any:
        """Return the schema of what one of two schemas accepts; of mappings, with the keys of both."""
        if one == other or one in (True, {}) or other is False:
            return one
        if other in (True, {}) or one is False:
            return other
        if _is_reference(one) and _is_reference(other):
            return {**_about(one, other), "$ref": self._join_definitions(one["$ref"], other["$ref"])}
        members = [*_alternatives(one), *_alternatives(other)]
        for is_alike in (self._is_object, self._is_array):
            pair = [member for member in members if is_alike(member)]
            if len(pair) == len(members) == 2:  # noqa: PLR2004 # one of each
                return self._join_pair(*(resolve_reference(each, self._root) for each in pair))
            if len(pair) == 2 and sum(map(is_alike, _alternatives(one))) == 1:  # noqa: PLR2004 # the same
                members = [self._join(*pair), *(member for member in members if member not in pair)]
        distinct = [member for index, member in enumerate(members) if member not in members[:index]]
        return {**_about(one, other), "anyOf": distinct} if len(distinct) > 1 else distinct[0]

    def _join_definitions(self, one: str, other: str) -> str:
        """Return the reference to the definition that joins two; recursive ones come here again."""
        if (one, other) not in self._joined:
            known = self._root["$defs"]
            stem = f"{definition_name(one)}.or.{definition_name(other)}"
            name = next(each for each in numbered_names(stem) if each not in known)
            self._joined[one, other], known[name] = name, {}
            known[name] = self._join(*(resolve_reference({"$ref": each}, self._root) for each in (one, other)))
        return _reference(self._joined[one, other])

    def _join_pair(self, one: Schema, other: Schema) -> Schema:
        """Return the schema of two mappings, or of two lists."""
        if one["type"] == "array":
            return {**_about(one, other), "type": "array", "items": self._join(one["items"], other["items"])}
        keys = dict.fromkeys((*one.get("properties", {}), *other.get("properties", {})))
        required = [key for key in one.get("required", ()) if key in other.get("required", ())]
        others = self._join(_others(one), _others(other))
        return {
            **_about(one, other),
            "type": "object",
            "properties": {key: self._join(_property(one, key), _property(other, key)) for key in keys},
            **({"required": required} if required else {}),
            **({} if others is True else {"additionalProperties": others}),
        }

    def _is_object(self, schema: Any) -> bool:
        found = resolve_reference(schema, self._root) if isinstance(schema, dict) else {}
        is_plain = set(found) <= _OBJECT and all(map(is_only_required, found.get("allOf", ())))
        return is_plain and found.get("type") == "object"

    def _is_array(self, schema: Any) -> bool:
        found = resolve_reference(schema, self._root) if isinstance(schema, dict) else {}
        return set(found) <= _ARRAY and found.get("type") == "array" and "items" in found


def _reference(name: str) -> str:
    return f"#/$defs/{name.replace('~', '~0').replace('/', '~1')}"


def _is_reference(schema: Any) -> bool:
    return isinstance(schema, dict) and set(schema) - _ABOUT == {"$ref"}


def _alternatives(schema: Any) -> Iterator[Any]:
    """Yield the members of a union without a tag; of another schema, itself."""
    if isinstance(schema, dict) and set(schema) - _ABOUT == {"anyOf"}:
        for member in schema["anyOf"]:
            yield from _alternatives(member)
    else:
        yield schema


def _about(one: Schema, other: Schema) -> Schema:
    """Return what both schemas say about a value, and what only one of them says, except a default."""
    both = {**other, **one}
    told = {keyword: both[keyword] for keyword in both if keyword in _ABOUT}
    return {key: value for key, value in told.items() if key != "default" or one.get(key) == other.get(key)}


def _others(schema: Schema) -> Any:
    return schema.get("additionalProperties", True)


def _property(schema: Schema, key: str) -> Any:
    """Return the schema of a mapping's value; False where its type says nothing about the key."""
    others = schema.get("additionalProperties")
    return schema.get("properties", {}).get(key, others if isinstance(others, dict) else False)
