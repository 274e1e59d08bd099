"""Refuse secrets in the names of tables: every command shows those, and the lock file has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.models import fields_of, keys_of
from typedflow.project._provenance import provenance_of
from typedflow.project._secret_settings import masked_settings
from typedflow.project._shared_findings import secret_value
from typedflow.project._tables import DeclaredTable
from typedflow.project._variant import Resolved
from typedflow.values import Diagnostic, KeyPath, Related, format_path, has_item, redact_location


def secrets_in_name(
    table: DeclaredTable, paths: Collection[KeyPath], settings: Resolved[Any], root: Path, public: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield a finding for each setting that the name of a table refers to, and that may be a secret."""
    masked = masked_settings(settings, public)
    leaves = provenance_of(settings, root).leaves if masked else {}
    for path in paths:
        keys = list(_keys_along(settings.config, path))
        for other in masked:
            if len(other) == len(path) and all(key in each for key, each in zip(other, keys, strict=False)):
                text, leaf = format_path(path), leaves.get(other)
                yield secret_value(
                    f"`{text}` may be a secret, and the name of the table would show it",
                    table.place("table"),
                    hint=f"use another setting; if it is not a secret, add `{text}` to `public` in the manifest",
                    related=(Related("set at", redact_location(leaf.origin)),) if leaf else (),
                )


def _keys_along(value: Any, path: KeyPath) -> Iterator[set[str | int]]:
    """Yield, for each key of a path in a config, all keys of the field that it names."""
    for key in path:
        keys: set[str | int] = {key}
        if isinstance(value, BaseModel):
            kind = type(value)
            for name, field in (fields_of(kind) or {}).items():
                if key in (name, *keys_of(kind, name, field)):
                    keys |= {name, *keys_of(kind, name, field)}
                    value = getattr(value, name)
                    break
        else:
            value = value[key] if has_item(value, key) else None
        yield keys
