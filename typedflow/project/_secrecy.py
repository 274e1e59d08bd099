"""The settings of a resolved config that must not be shown, and refusing to write them as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from typedflow.models import masked_paths
from typedflow.project._origins import settings_of, tree_of
from typedflow.project._resolve import Resolved
from typedflow.values import RULES, Diagnostic, KeyPath, format_path, hidden


def masked_settings(resolved: Resolved[Any], public: Sequence[str] = ()) -> list[KeyPath]:
    """Return the key paths, as files write them, of the settings that must not be shown."""
    return masked_paths(type(resolved.config), tree_of(resolved), public)


def refusals(resolved: Resolved[Any], root: Path, public: Sequence[str], what: str) -> Iterator[Diagnostic]:
    """Yield why ``what`` must not hold settings as they are, each at the line that it is from."""
    paths = masked_settings(resolved, public)
    settings, _ = settings_of(resolved, root) if paths else ([], None)
    for item in settings:
        if item.path in paths:
            text = format_path(item.path)
            yield Diagnostic(
                RULES["secret-value"],
                f"`{text}` may be a secret, and {what} would hold it in the clear",
                hidden(item.origin),
                hint="keep its name here, and read the secret in the step that needs it; "
                f"if it is none, add `{text}` to `public` in the manifest",
                cases=(resolved.variant.case,),
                path=item.path,
            )
