"""The settings of a resolved config that must not be shown, and refusing to write them as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from typedflow.models import dump, written
from typedflow.project._origins import settings_of, tree_of
from typedflow.project._resolve import Resolved
from typedflow.project._stored_settings import pairs
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    TypedflowError,
    format_path,
    hidden,
    is_declared_public,
    leaves_of,
    masked_leaves,
)


def masked_settings(resolved: Resolved[Any], public: Sequence[str] = ()) -> list[KeyPath]:
    """Return the key paths, as files write them, of the settings that must not be shown.

    A setting is named by the keys of its files and by the fields' names: one of them is enough.
    """
    tree, stored = tree_of(resolved), _stored(resolved)
    if tree == stored:  # as usual: no aliases, no sets
        return masked_leaves(tree, public=public)
    found = dict.fromkeys(masked_leaves(tree))
    by_name = set(masked_leaves(stored))
    shape = written(resolved.config, {})
    for (theirs, _), (name, _) in zip_longest(pairs(tree, shape, (), ()), leaves_of(stored), fillvalue=((), None)):
        if name in by_name:
            found[theirs] = None
        if is_declared_public(name, public) or is_declared_public(theirs, public):
            found.pop(theirs, None)
    return list(found)


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
                binding=resolved.variant.binding,
                path=item.path,
            )


def _stored(resolved: Resolved[Any]) -> Any:
    """Return a config in its stored form, or as files write it where it cannot be stored."""
    try:
        return dump(resolved.config)
    except TypedflowError:
        return written(resolved.config, {})
