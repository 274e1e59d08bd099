"""References to what typedflow fills in: their values would differ from commit to commit, in digests and lock files."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.layers import Merged, provenance, through
from typedflow.models._shared_findings import system_field
from typedflow.models._system_fields import system_fields
from typedflow.values import Diagnostic, format_path

_HINT = "it has another value after each commit, and settings would differ; read it in the flow"


def system_references(merged: Merged, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield a finding for each reference to a field of the class SystemSettings."""
    filled = {key for name, keys in system_fields(model).items() for key in (name, *keys)}
    found = {place: path for place, path in merged.copies.targets.items() if path[0] in filled} if merged.copies else {}
    leaves = provenance(merged).leaves if found else {}
    for place, path in found.items():
        steps = next(through(leaf.origin) for at, leaf in leaves.items() if at[: len(place)] == place)
        message = f"`{format_path(place)}` cannot refer to `{format_path(path)}`, which typedflow fills in from git"
        yield system_field(message, steps[0].location, hint=_HINT, path=place)
