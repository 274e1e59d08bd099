"""Compiling: from a resolved config to the bytes that a run gets, with a sidecar that says where each value is from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.models import dump
from typedflow.project._files import display_name, ignored_directory, write_atomically
from typedflow.project._origins import settings_of
from typedflow.project._resolve import Resolved, Variant
from typedflow.values import Location, Source, SourceKind, canonical, format_path

_DIRECTORY = Path(".typedflow", "compiled")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled config: where it is, and the digest of its content."""

    file: Path
    sidecar: Path
    digest: str


def digest_of(text: str) -> str:
    """Give the digest that names a compiled config: the first 12 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def schema_digest(model: type[BaseModel]) -> str:
    """Give the digest of a model's JSON Schema, by which drift can be told."""
    return digest_of(canonical(model.model_json_schema()))


def identity(resolved: Resolved[Any]) -> str:
    """Give the digest that a variant's compiled config would have."""
    return digest_of(canonical(dump(resolved.config)))


def compile_config(resolved: Resolved[Any], root: Path) -> Compiled:
    """Write a variant's compiled config and its sidecar below the project's root; equal configs give equal bytes.

    Raises:
        TypedflowError: ``not-round-trip``; ``unwritable-file``.
    """
    text = canonical(dump(resolved.config))
    digest = digest_of(text)
    file = _file(resolved.variant, digest, root)
    compiled = Compiled(file, file.with_suffix(".provenance.json"), digest)
    ignored_directory(root)
    write_atomically(compiled.sidecar, canonical(_sidecar(resolved, digest, root)))
    write_atomically(compiled.file, text)
    return compiled


def compiled_source(resolved: Resolved[Any], root: Path) -> Source:
    """Give what ``compile_config`` would write as a source, without writing it."""
    text = canonical(dump(resolved.config))
    file = _file(resolved.variant, digest_of(text), root)
    return Source(display_name(file, root), text, "json", SourceKind.CODE, file)


def is_compiled(file: Path, text: str) -> bool:
    """Tell whether a file is a compiled config as it was written: its name carries the digest of its text."""
    return file.parent.name == _DIRECTORY.name and file.name.endswith(f".{digest_of(text)}.json")


def _file(variant: Variant, digest: str, root: Path) -> Path:
    return root / _DIRECTORY / f"{variant.flow}.{variant.binding}.{digest}.json"


def _sidecar(resolved: Resolved[Any], digest: str, root: Path) -> dict[str, Any]:
    settings, taken = settings_of(resolved, root)
    variant, model = resolved.variant, type(resolved.config)
    return {
        "version": 1,
        "digest": digest,
        "flow": variant.flow,
        "binding": variant.binding,
        "environment": variant.environment,
        "model": f"{model.__module__}:{model.__qualname__}",
        "schema": schema_digest(model),
        "typedflow": version("typedflow"),
        "leaves": {
            format_path(item.path): {
                "origin": _place(item.origin),
                "shadows": [_place(place) for place in item.shadows],
                "default": item.is_default,
            }
            for item in settings
        },
        "removed": [
            {
                "path": format_path(item.path),
                "origin": _place(item.origin),
                "by": _place(item.by),
                "reason": item.reason,
            }
            for item in taken
        ],
    }


def _place(location: Location) -> dict[str, Any]:
    span = location.span
    place: dict[str, Any] = {"source": location.name}
    return place if span is None else {**place, "line": span.line, "column": span.column}
