"""The record of the origin of each value of a stored config: beside a compiled config, and in a run."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.parsing import parse
from typedflow.project._module_folders import module_name
from typedflow.project._stored_provenance import stored_provenance
from typedflow.project._variant import Resolved, Variant
from typedflow.values import Location, Origins, Provenance, canonical, format_path, sidecar_data
from typedflow.workspace import is_there, read_source


def digest_of(text: str) -> str:
    """Return the digest that names a compiled config: the first 12 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def schema_digest(model: type[BaseModel]) -> str:
    """Return the digest of a model's JSON Schema, which changes if the model does."""
    kind: Any = model
    return _schema_digest(kind)


@lru_cache(maxsize=256)
def _schema_digest(model: Any) -> str:
    return digest_of(canonical(model.model_json_schema()))


def sidecar(resolved: Resolved[Any], digest: str, root: Path) -> dict[str, Any]:
    """Return the content of a resolved config's sidecar as plain JSON values; files are relative to the root.

    ``digest`` is that of the compiled config, which the caller has computed already.
    """
    found = stored_provenance(resolved, root, with_lines=False)
    return origins_record(resolved.variant, type(resolved.config), found, digest)


def origins_record(
    variant: Variant, model: type[BaseModel], found: Provenance[Location], digest: str
) -> dict[str, Any]:
    """Return the origins of a stored config's values as a sidecar has them, and of which variant and model it is."""
    origins = Origins(
        {format_path(path): leaf for path, leaf in found.leaves.items()},
        found.removed,
        kind=variant.kind,
        unit=variant.unit,
        binding=variant.binding,
        environment=variant.environment,
        identity=variant.identity,
        model=f"{module_name(model.__module__)}:{model.__qualname__}",
        schema=schema_digest(model),
        digest=digest,
        typedflow=_own_version(),
    )
    return sidecar_data(origins)


def sidecar_file(compiled: Path) -> Path:
    """Return the file of a compiled config's record."""
    return compiled.with_suffix(".provenance.json")


def record_beside(compiled: Path) -> dict[str, Any]:
    """Return the record of a compiled config; empty if it no longer exists.

    Raises:
        TypedflowError: it cannot be read.
    """
    file = sidecar_file(compiled)
    return parse(read_source(file)) if is_there(file) else {}


def _own_version() -> str:
    """Return typedflow's version; ``unknown`` in a code package, which does not contain its metadata."""
    try:
        return version("typedflow")
    except PackageNotFoundError:
        return "unknown"
