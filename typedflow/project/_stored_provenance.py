"""The leaves of a resolved config as in its stored form: one key for each field, and sets sorted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typedflow.models import file_values
from typedflow.project._provenance import provenance_of, tree_of
from typedflow.project._variant import Resolved
from typedflow.values import KeyPath, Location, Provenance, canonical


def stored_provenance(resolved: Resolved[Any], root: Path, *, with_lines: bool = True) -> Provenance[Location]:
    """Return ``provenance_of``, but with each field's stored key instead of an alias, and with sets in stored order.

    So equal paths mean equal values in two variants, and in what a run has stored.
    """
    found = provenance_of(resolved, root, with_lines=with_lines)
    paths = pairs(tree_of(resolved), file_values(resolved.config, {}), (), ())
    return Provenance({path: found.leaves[theirs] for theirs, path in paths}, found.removed)


def pairs(theirs: Any, ours: Any, there: KeyPath, here: KeyPath) -> Iterator[tuple[KeyPath, KeyPath]]:
    """Yield each leaf's key path in the file form of a config and in the stored form; both have the same key order."""
    if isinstance(ours, dict) and ours:
        for (key, item), (own, each) in zip(theirs.items(), ours.items(), strict=True):
            yield from pairs(item, each, (*there, key), (*here, own))
    elif isinstance(ours, list) and ours:
        for index, at in enumerate(_order(theirs, ours)):
            yield from pairs(theirs[at], ours[index], (*there, at), (*here, index))
    else:
        yield there, here


def _order(theirs: list[Any], ours: list[Any]) -> list[int]:
    """Return the index of each stored item in the file's list: a different one only in a set."""
    texts = [canonical(item) for item in theirs]
    wanted = [canonical(item) for item in ours]
    is_set = texts != wanted and sorted(texts) == sorted(wanted)
    return [texts.index(text) for text in wanted] if is_set else list(range(len(ours)))
