"""A key in a file is taken by no field of its model, and the model ignores it without a word.

Models that forbid such keys report them as TF302; Pydantic's own default drops them, of dataclasses and TypedDicts as
well. A model that keeps extra keys on purpose (`extra="allow"`) is asked only about those that look misspelt.

```python
# flows/settings.py
from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True)

    project: str
```

```yaml
# settings/settings.yaml
project: diabetes
projct: diabetes
```

Instead, correct the key, add the field, or remove the line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import AliasChoices, AliasPath, BaseModel
from typing_extensions import is_typeddict

from typedflow.check._facts import Facts
from typedflow.check.rules._classes import config_of
from typedflow.layers import Merged, Rank, provenance
from typedflow.models import (
    declared_at,
    fields_of,
    fields_with_code,
    has_code,
    keys_of,
    models_at,
    models_in,
    reads_mapping,
)
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Origin,
    Related,
    Severity,
    closest,
    did_you_mean,
    format_path,
    listed,
)

_MOST_LISTED = 8


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Give each key of a file that has no effect in some case, once."""
    seen: set[Origin] = set()
    for case in facts.cases:
        model: type[BaseModel] = type(case.config)
        if not _is_permissive(model):
            continue
        for path, owner in _ignored(model, case.config, case.merged.tree, ()):
            for origin in _origins(case.merged, path):
                if origin not in seen:
                    seen.add(origin)
                    yield _finding(origin, path, owner)


@lru_cache(maxsize=64)
def _is_permissive(model: type[BaseModel]) -> bool:
    return any(_extra(owner) != "forbid" for owner in models_in(model))


def _extra(owner: type) -> str:
    return str(config_of(owner).get("extra") or "ignore")


class _Class(NamedTuple):
    """What a class does with the keys of a mapping: the field of each, and whether it takes others in silence."""

    fields: Mapping[str, str]
    opaque: frozenset[str]
    extra: str


@lru_cache(maxsize=1024)
def _class_of(owner: type) -> _Class | None:
    """Give what is known of a class; None where code of its own reads the mapping first."""
    if reads_mapping(owner):
        return None
    named = fields_of(owner) or {}
    opaque = fields_with_code(owner) | {name for name, field in named.items() if _is_transformed(field)}
    fields = {key: name for name, field in named.items() for key in keys_of(owner, name, field)}
    return _Class(fields, opaque, _extra(owner))


def _is_transformed(field: Any) -> bool:
    """Tell whether what a file says of a field is not what the field is made of, key by key."""
    alias = getattr(field, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return any(isinstance(choice, AliasPath) for choice in choices) or has_code(getattr(field, "metadata", ()))


def _ignored(root: type[BaseModel], value: Any, data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, type]]:
    """Walk a value and what it was made of; give the keys of the latter that came to nothing, and whose they are."""
    if isinstance(value, BaseModel) and value.__pydantic_root_model__:
        yield from _ignored(root, value.root, data, path)  # type: ignore[attr-defined] # a RootModel has one
    elif isinstance(data, dict) and (isinstance(value, BaseModel) or dataclasses.is_dataclass(value)):
        yield from _of_fields(root, value, data, path)
    elif isinstance(data, dict) and isinstance(value, dict):
        yield from _of_mapping(root, value, data, path)
    elif isinstance(data, list) and isinstance(value, list | tuple) and len(data) == len(value):
        for index, (item, plain) in enumerate(zip(value, data, strict=True)):
            yield from _ignored(root, item, plain, (*path, index))


def _of_fields(
    root: type[BaseModel], value: Any, data: dict[str, Any], path: KeyPath
) -> Iterator[tuple[KeyPath, type]]:
    owner: type = type(value)
    known = _class_of(owner)
    if known is None:
        return
    for key, plain in data.items():
        name = known.fields.get(key)
        if name is None:
            if known.extra != "allow" or closest(key, known.fields):
                yield (*path, key), owner
        elif name not in known.opaque:
            yield from _ignored(root, getattr(value, name, None), plain, (*path, key))


def _of_mapping(
    root: type[BaseModel], value: dict[str, Any], data: dict[str, Any], path: KeyPath
) -> Iterator[tuple[KeyPath, type]]:
    """Walk a dictionary; a key that is gone was no key of the TypedDict that it is, unless it came back renamed."""
    is_judged = value.keys() < data.keys()
    typed = [kind for kind in models_at(root, path) if is_typeddict(kind)] if is_judged else []
    for key, plain in data.items():
        if key in value:
            yield from _ignored(root, value[key], plain, (*path, key))
        elif typed:
            yield (*path, key), typed[0]


def _origins(merged: Merged, path: KeyPath) -> list[Origin]:
    """Give the places in files that set a key path; the items of a list that was put together are looked up."""
    step = next((index for index, key in enumerate(path) if isinstance(key, int)), len(path))
    setters = [layer for layer in merged.stack if layer.rank <= Rank.BINDING and layer.sets(path[:step])]
    if step == len(path) or len(setters) == 1:
        return [layer.origin(path) for layer in setters]
    leaves = provenance(merged).leaves
    below = next(leaf for leaf in leaves if leaf[: len(path)] == path)  # the tree has it, so some leaf is below it
    origin = leaves[below].origin
    return [Origin(origin.source, origin.path[: len(origin.path) - len(below) + len(path)])]


def _finding(origin: Origin, path: KeyPath, owner: type) -> Diagnostic:
    known = list((_class_of(owner) or _Class({}, frozenset(), "")).fields)
    label = did_you_mean(str(path[-1]), known)
    place = declared_at(owner)
    does = "keeps" if _extra(owner) == "allow" else "ignores"
    return Diagnostic(
        RULES["ignored-key"],
        f"`{format_path(path)}` has no effect: it is not a field of {owner.__name__}, which {does} it",
        location(origin.source, origin.path, key=True),
        label=label,
        hint="" if label else f"{owner.__name__} has {listed(known, most=_MOST_LISTED)}",
        related=(Related("declared at", place, f"(class {owner.__name__})"),) if place else (),
        path=path,
        severity=Severity.WARNING,
    )
