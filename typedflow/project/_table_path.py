"""The name of a table in the engine: a text with ``${a.b}`` for the binding and for settings, never an expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from typedflow.models import fields_of, keys_of
from typedflow.project._provenance import provenance_of
from typedflow.project._tables import DeclaredTable
from typedflow.project._variant import Resolved
from typedflow.values import (
    MISSING,
    RULES,
    Diagnostic,
    KeyPath,
    KeyPathError,
    Location,
    Related,
    TypedflowError,
    did_you_mean,
    format_path,
    has_item,
    listed,
    parse_path,
)

_RULE = RULES["bad-table-path"]
_BINDING = "binding"
_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
_PART = re.compile(r"[A-Za-z0-9_-]{1,128}")
#: Catalog, schema and table.
_MOST_PARTS = 3


class TablePath(NamedTuple):
    """A name in the engine as a file declares it: what it has of the binding, and the key paths of settings."""

    text: str
    has_binding: bool
    settings: tuple[KeyPath, ...]


def path_of(table: DeclaredTable) -> TablePath:
    """Return what the name of a table in the engine refers to.

    Raises:
        TypedflowError: ``bad-table-path``.
    """
    text, settings, has_binding = table.content.table, list[KeyPath](), False
    for inner in _PLACEHOLDER.findall(text):
        try:
            path = parse_path(inner.strip())
        except KeyPathError as error:
            raise _error(table, f"`${{{inner}}}` is not the path of a setting: {error}") from None
        if path == (_BINDING,):
            has_binding = True
        else:
            settings.append(path)
    rest = _PLACEHOLDER.sub("", text)
    if "$" in rest or "{" in rest or "}" in rest:
        hint = "a placeholder is `${binding}`, or `${a.b}` for the setting `a.b`"
        raise _error(
            table, f"`{text}` has a `{next(each for each in rest if each in '${}')}` outside of a placeholder", hint
        )
    if table.unit.bindings and not has_binding:
        message = f"the table has bindings, and all of them would have the name `{text}`"
        raise _error(table, message, "add `${binding}` to the name, or remove the bindings from the manifest")
    if has_binding and not table.unit.bindings:
        hint = f'name them in the manifest: `bindings = ["*"]` in `{format_path(table.unit.path)}`'
        raise _error(table, f"`{text}` contains the binding, and the table has no bindings", hint)
    return TablePath(text, has_binding, tuple(settings))


def physical_path(table: DeclaredTable, binding: str, settings: Resolved[Any] | None, root: Path) -> str:
    """Return the name of a table in the engine under a binding, and settings if it refers to any.

    Raises:
        TypedflowError: ``bad-table-path``.
    """
    declared = path_of(table)

    def value(found: re.Match[str]) -> str:
        path = parse_path(found[1].strip())
        return binding if path == (_BINDING,) else _setting(table, path, settings, root)

    name = _PLACEHOLDER.sub(value, declared.text)
    parts = name.split(".")
    wrong = next((part for part in parts if not _PART.fullmatch(part)), None)
    related = _origins(declared.settings, settings, root)
    if wrong is not None:
        shown = f"`{wrong}` cannot be a part of it" if wrong else "a part of it is empty"
        hint = "its parts have letters, digits, `_` and `-`"
        raise _error(table, f"the table would have the name `{name}`, and {shown}", hint, related)
    if len(parts) > _MOST_PARTS:
        message = f"the table would have the name `{name}`, which has {len(parts)} parts"
        raise _error(table, message, "a name has at most a catalog, a schema and a table", related)
    return name


def _setting(table: DeclaredTable, path: KeyPath, settings: Resolved[Any] | None, root: Path) -> str:
    """Return the text of a setting."""
    if settings is None:
        raise _error(table, f"`{format_path(path)}` is a setting, and there are no settings")
    value: Any = settings.config
    for index, key in enumerate(path):
        owner, value = value, _part(value, key)
        if value is MISSING:
            raise unknown_setting(table, path[: index + 1], owner)
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, str | int):
        found = "null" if value is None else f"a {type(value).__name__}"
        message = f"`{format_path(path)}` is {found}, and a part of a table's name must be text"
        raise _error(table, message, related=_origins([path], settings, root))
    return str(value)


def _part(owner: Any, key: str | int) -> Any:
    """Return a part of a value by its key; a field may be named by any of its keys. MISSING if there is none."""
    if isinstance(owner, BaseModel):
        kind = type(owner)
        named = (fields_of(kind) or {}).items()
        name = next((name for name, field in named if key in (name, *keys_of(kind, name, field))), None)
        return MISSING if name is None else getattr(owner, name)
    return owner[key] if has_item(owner, key) else MISSING


def unknown_setting(table: DeclaredTable, path: KeyPath, owner: Any) -> TypedflowError:
    """Return the error for a key path whose last key its owner, a value or a class, does not have."""
    kind = type(owner) if isinstance(owner, BaseModel) else owner
    known = list(fields_of(kind) or (owner if isinstance(owner, dict) else ()))
    *above, key = path
    where = f"`{format_path(tuple(above))}`" if above else "the settings"
    label = did_you_mean(str(key), known)
    verb = "has" if above else "have"
    hint = "" if label else f"{where} {verb} {listed(known) or 'no parts'}"
    return _error(table, f"there is no setting `{format_path(path)}`", hint, label=label)


def _origins(paths: Any, settings: Resolved[Any] | None, root: Path) -> Iterator[Related]:
    leaves = provenance_of(settings, root).leaves if settings is not None and paths else {}
    for path in paths:
        if (leaf := leaves.get(path)) is not None:
            yield Related("default at" if leaf.is_default else "set at", leaf.origin)


def _error(table: DeclaredTable, message: str, hint: str = "", related: Any = (), *, label: str = "") -> TypedflowError:
    place: Location = table.place("table")
    return TypedflowError([Diagnostic(_RULE, message, place, hint=hint, label=label, related=tuple(related))])
