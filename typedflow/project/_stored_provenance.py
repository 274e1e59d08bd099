"""The leaves of a resolved config as whoever reads the stored config sees them: one key for each field, sets sorted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typedflow.models import file_values
from typedflow.project._provenance import provenance_of, tree_of
from typedflow.project._resolve import Resolved
from typedflow.values import KeyPath, Location, Provenance, canonical


def stored_provenance(resolved: Resolved[Any], root: Path) -> Provenance[Location]:
    """Return what ``provenance_of`` does, but not under a field's second alias, nor with a set in a file's order.

    So the paths of two variants, and of what a run has stored, are those of the same values.
    """
    found = provenance_of(resolved, root)
    paths = pairs(tree_of(resolved), file_values(resolved.config, {}), (), ())
    return Provenance({path: found.leaves[theirs] for theirs, path in paths}, found.removed)


def pairs(theirs: Any, ours: Any, there: KeyPath, here: KeyPath) -> Iterator[tuple[KeyPath, KeyPath]]:
    """Yield each leaf's key path in a file's form of a config and in the stored one; keys have one order in both."""
    if isinstance(ours, dict) and ours:
        for (key, item), (own, each) in zip(theirs.items(), ours.items(), strict=True):
            yield from pairs(item, each, (*there, key), (*here, own))
    elif isinstance(ours, list) and ours:
        for index, at in enumerate(_order(theirs, ours)):
            yield from pairs(theirs[at], ours[index], (*there, at), (*here, index))
    else:
        yield there, here


def _order(theirs: list[Any], ours: list[Any]) -> list[int]:
    """Return where each item of the stored list stands in a file's: elsewhere only in a set."""
    texts = [canonical(item) for item in theirs]
    wanted = [canonical(item) for item in ours]
    is_set = texts != wanted and sorted(texts) == sorted(wanted)
    return [texts.index(text) for text in wanted] if is_set else list(range(len(ours)))
