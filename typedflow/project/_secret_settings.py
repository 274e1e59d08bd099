"""Find the settings of a resolved config that must not be shown or written as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from typedflow.models import masked_paths
from typedflow.project._provenance import provenance_of, tree_of
from typedflow.project._shared_findings import secret_value
from typedflow.project._variant import Resolved
from typedflow.values import Diagnostic, KeyPath, format_path, is_declared_public, redact_location


def masked_settings(resolved: Resolved[Any], public: Sequence[str] = ()) -> list[KeyPath]:
    """Return the key paths of the settings that must not be shown, with the keys that files use."""
    found, copies = masked_paths(type(resolved.config), tree_of(resolved), public), resolved.merged.copies
    if copies is None:
        return found
    return [path for path in copies.everywhere(found) if path in found or not is_declared_public(path, public)]


def exposed_secrets(resolved: Resolved[Any], root: Path, public: Sequence[str], what: str) -> Iterator[Diagnostic]:
    """Yield a finding for each secret setting that ``what`` would store, at the line that sets it."""
    paths = masked_settings(resolved, public)
    leaves = provenance_of(resolved, root).leaves if paths else {}
    for path, leaf in leaves.items():
        if path in paths:
            text = format_path(path)
            yield secret_value(
                f"`{text}` may be a secret, and {what} would store it in the clear",
                redact_location(leaf.origin),
                hint="keep only its name here, and read the secret in the step that needs it; "
                f"if it is not a secret, add `{text}` to `public` in the manifest",
                cases=(resolved.variant.case,),
                path=path,
            )
