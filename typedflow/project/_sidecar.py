"""The record of where each value of a stored config is from: beside a compiled config, and within a run."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.parsing import parse
from typedflow.project._resolve import Resolved
from typedflow.project._stored_settings import stored_settings
from typedflow.values import RECORD_VERSION, Location, canonical, format_path
from typedflow.workspace import is_there, read_source


def digest_of(text: str) -> str:
    """Give the digest that names a compiled config: the first 12 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def schema_digest(model: type[BaseModel]) -> str:
    """Return the digest of a model's JSON Schema, by which drift can be told."""
    kind: Any = model
    return _schema_digest(kind)


@lru_cache(maxsize=256)
def _schema_digest(model: Any) -> str:
    return digest_of(canonical(model.model_json_schema()))


def sidecar(resolved: Resolved[Any], digest: str, root: Path) -> dict[str, Any]:
    """Give the record of a resolved config as plain JSON values; files are named from the root.

    ``digest`` is that of the compiled config, which whoever asks has made already.
    """
    settings, taken = stored_settings(resolved, root)
    variant, model = resolved.variant, type(resolved.config)
    return {
        "version": RECORD_VERSION,
        "digest": digest,
        "flow": variant.flow,
        "binding": variant.binding,
        "environment": variant.environment,
        "model": f"{model.__module__}:{model.__qualname__}",
        "schema": schema_digest(model),
        "typedflow": _own_version(),
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


def sidecar_file(compiled: Path) -> Path:
    """Give where the record of a compiled config is."""
    return compiled.with_suffix(".provenance.json")


def record_beside(compiled: Path) -> dict[str, Any]:
    """Give the record of a compiled config; empty where it is not there any more.

    Raises:
        TypedflowError: it cannot be read.
    """
    file = sidecar_file(compiled)
    return parse(read_source(file)) if is_there(file) else {}


def _own_version() -> str:
    """Give typedflow's version; in a code package, which has no metadata of it, that is not known."""
    try:
        return version("typedflow")
    except PackageNotFoundError:
        return "unknown"


def _place(location: Location) -> dict[str, Any]:
    span = location.span
    place: dict[str, Any] = {"source": location.name, **({"default": True} if location.is_default else {})}
    return place if span is None else {**place, "line": span.line, "column": span.column}
