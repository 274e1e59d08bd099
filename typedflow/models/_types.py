"""ValueReader annotations: the types at a key path of a model."""

from __future__ import annotations

import dataclasses
import enum
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict
from pydantic.fields import FieldInfo
from typing_extensions import NotRequired, ReadOnly, Required, is_typeddict

from typedflow.models._alias_values import alias_value, is_alias
from typedflow.models._compat import dataclass_config, is_root_model, own_fields
from typedflow.values import KeyPath, has_item

_QUALIFIERS = {Required, NotRequired, ReadOnly, getattr(typing, "ReadOnly", ReadOnly)}


def members(annotation: Any, around: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Return the members of a union (or the type itself), each with its metadata, innermost first.

    Shape: ``around`` has the aliases that contain this one; an alias that is a member of itself adds nothing.
    """
    if is_alias(annotation):
        if annotation not in around:
            yield from members(alias_value(annotation), (*around, annotation))
    elif isinstance(annotation, NewType):
        yield from members(annotation.__supertype__, around)
    elif get_origin(annotation) in _QUALIFIERS:
        yield from members(get_args(annotation)[0], around)
    elif get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        for member, more in members(inner, around):
            yield member, (*more, *metadata)
    elif get_origin(annotation) in {Union, UnionType}:
        for argument in get_args(annotation):
            yield from members(argument, around)
    else:
        yield annotation, ()


def inner_members(annotation: Any, around: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Return the members of an annotation as ``members`` does, root models unwrapped."""
    for kind, metadata in members(annotation):
        if is_root_model(kind):
            inner = () if kind in around else (annotation_of(own_fields(kind)["root"]),)
            found = (each for root in inner for each in inner_members(root, (*around, kind)))
            yield from ((member, (*more, *metadata)) for member, more in found)
        else:
            yield kind, metadata


def fields_of(kind: Any) -> dict[str, FieldInfo | Any] | None:
    """Return the fields of a model, dataclass or TypedDict by name; None for other types."""
    origin = get_origin(kind) or kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return dict(own_fields(kind))
    if isinstance(origin, type) and (dataclasses.is_dataclass(origin) or is_typeddict(origin)):
        fields = own_fields(origin)
        return dict(fields) if fields else get_type_hints(origin, include_extras=True)
    return None


def config_of(owner: Any) -> ConfigDict:
    """Return the Pydantic configuration of a class; empty if it has none."""
    owner = get_origin(owner) or owner
    return getattr(owner, "model_config", None) or dataclass_config(owner) or ConfigDict()


def extra_of(owner: Any) -> str:
    """Return how a class handles unknown keys: ``ignore``, ``forbid`` or ``allow``."""
    return str(config_of(owner).get("extra") or "ignore")


def keeps_others(owner: Any) -> bool:
    """Return whether a class keeps unknown keys."""
    return extra_of(owner) == "allow"


def keys_of(owner: Any, name: str, field: FieldInfo | Any) -> tuple[str, ...]:
    """Return the keys that a field is read from in a file: its aliases or its name, or both if its class allows it."""
    return tuple(dict.fromkeys(str(choice[0]) for choice in choices_of(owner, name, field)))


def choices_of(owner: Any, name: str, field: FieldInfo | Any) -> tuple[KeyPath, ...]:
    """Return the key paths that a field is read from, in order: keys, and paths into other keys' values."""
    config = config_of(owner)
    info = field if isinstance(field, FieldInfo) else _info_in(field)
    alias = info.validation_alias if info is not None and config.get("validate_by_alias", True) else None
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    paths = [tuple(choice.path) if isinstance(choice, AliasPath) else (choice,) for choice in choices if choice]
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    return tuple(dict.fromkeys([*paths, *([(name,)] if by_name else [])])) or ((name,),)


def _info_in(annotation: Any) -> FieldInfo | None:
    """Return the ``Field()`` in an annotation of a TypedDict or a standard dataclass."""
    while get_origin(annotation) in _QUALIFIERS:
        annotation = get_args(annotation)[0]
    metadata = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((item for item in metadata if isinstance(item, FieldInfo)), None)


def annotation_of(field: FieldInfo | Any) -> Any:
    """Return a field's annotation, including its metadata."""
    if not isinstance(field, FieldInfo):
        return field
    annotation = field.annotation
    return Annotated[(annotation, field, *field.metadata)]


def item_types(kind: Any) -> tuple[Any, ...]:
    """Return the types of a collection's items (a mapping's values)."""
    arguments = get_args(kind)
    origin = get_origin(kind)
    if not arguments or origin is None or not isinstance(origin, type):
        return ()
    if issubclass(origin, Mapping):
        return arguments[1:]
    return tuple(argument for argument in arguments if argument is not Ellipsis)


def key_types(annotation: Any) -> Iterator[Any]:
    """Return the key types of each mapping in an annotation."""
    for kind, _ in inner_members(annotation):
        origin = get_origin(kind)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            yield from get_args(kind)[:1]


def child_types(kinds: tuple[Any, ...], key: str | int) -> tuple[Any, ...]:
    """Return the possible types of the value at a key of a value that has one of these types."""
    found: list[Any] = []
    for kind in (kind for annotation in kinds for kind, _ in inner_members(annotation)):
        named = fields_of(kind)
        if named is None:
            found += item_types(kind)
        elif isinstance(key, str):
            found += [annotation_of(field) for name, field in named.items() if _is_called(kind, name, field, key)]
    return tuple(found)


def models_at(model: type[BaseModel], path: KeyPath) -> tuple[type, ...]:
    """Return the possible classes with named fields of the value at a key path."""
    kinds: tuple[Any, ...] = (model,)
    for key in path:
        kinds = child_types(kinds, key)
    found = [kind for annotation in kinds for kind, _ in members(annotation) if fields_of(kind) is not None]
    return tuple(get_origin(kind) or kind for kind in found)


def path_in_tree(model: type[BaseModel], tree: Any, path: KeyPath) -> KeyPath:
    """Return a key path with the keys of a config's tree, whichever key of each field the path uses."""
    found: KeyPath = ()
    for key in path:
        if not has_item(tree, key):
            named = ((owner, *item) for owner in models_at(model, found) for item in (fields_of(owner) or {}).items())
            groups = (names for owner, name, field in named if key in (names := (*keys_of(owner, name, field), name)))
            key = next((other for names in groups for other in names if has_item(tree, other)), key)  # noqa: PLW2901
        tree = tree[key] if has_item(tree, key) else None
        found = (*found, key)
    return found


def types_within(model: type[BaseModel], path: KeyPath, opaque: type) -> Iterator[Any]:
    """Return the types at a key path, and the item types of collections there; none below ``opaque``."""
    kinds: tuple[Any, ...] = (model,)
    for key in path:
        kinds = child_types(kinds, key)
    yield from kinds_in(kinds, lambda kind: () if _is_a(kind, opaque) else item_types(kind))


def models_in(model: type[BaseModel]) -> tuple[type, ...]:
    """Return the classes with named fields in a model, itself first, each once."""
    return tuple(dict.fromkeys(get_origin(kind) or kind for kind in parts_of(model) if fields_of(kind) is not None))


def parts_of(annotation: Any) -> Iterator[Any]:
    """Return a type, and the types of its items and fields, each once."""
    yield from kinds_in((annotation,), lambda kind: (*item_types(kind), *_field_types(kind)))


def _field_types(kind: Any) -> Iterator[Any]:
    return map(annotation_of, (fields_of(kind) or {}).values())


def kinds_in(annotations: Iterable[Any], below: Callable[[Any], Iterable[Any]]) -> Iterator[Any]:
    """Return the types in annotations and below them, each once, since a type may contain itself."""
    found: list[Any] = []
    waiting = list(annotations)
    for annotation in waiting:
        for kind, _ in members(annotation):
            if kind not in found:
                found.append(kind)
                yield kind
                waiting += below(kind)


def keys_in(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys of all fields of a model and of the models in it."""
    named = ((owner, *item) for owner in models_in(model) for item in (fields_of(owner) or {}).items())
    return frozenset(key for each in named for key in keys_of(*each))


def field_of(model: type[BaseModel], path: KeyPath) -> tuple[type, str] | None:
    """Return the class and the name of the field at a key path; inside a collection, the collection's field."""
    for length in range(len(path), 0, -1):
        key = path[length - 1]
        for owner in models_at(model, path[: length - 1]):
            for name, field in (fields_of(owner) or {}).items():
                if _is_called(owner, name, field, key):
                    return owner, name
    return None


def _is_a(kind: Any, base: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, base)


def _is_called(owner: Any, name: str, field: FieldInfo | Any, key: str | int) -> bool:
    return key == name or key in keys_of(owner, name, field)


def tag_values(annotation: Any) -> tuple[object, ...]:
    """Return the values of a literal as files write them; none for other types."""
    values: list[object] = []
    for kind, _ in members(annotation):
        if get_origin(kind) is Literal:
            values += [value.value if isinstance(value, enum.Enum) else value for value in get_args(kind)]
    return tuple(values)
