"""Misspelt keys that another name mends: proposed by their spelling, and tried against the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from typedflow.layers import Merged, Provenance, merge
from typedflow.values import Diagnostic, Fix, KeyPath, Origin, SourceKind, holding, slip_of, with_key

Misfit: TypeAlias = tuple[KeyPath, str]
"""A key path that does not fit the model, and the kind of error."""

_MOST_TRIALS = 40


def renaming(
    path: KeyPath, fields: Sequence[tuple[str, ...]], origin: Origin | None, found: Provenance, merged: Merged
) -> Fix | None:
    """Return the fix of a misspelt key: one file alone sets the key, and not the field that was meant.

    That another file sets the field is no doubt: overriding it was meant.
    """
    slip = slip_of(str(path[-1]), fields)
    below = [leaf for other, leaf in found.leaves.items() if slip and other[: len(path)] == path]
    if slip is None or origin is None or any(leaf.origin.source != origin.source or leaf.shadows for leaf in below):
        return None
    if origin.source.kind is not SourceKind.FILE or origin.source.format is None:
        return None
    layer = next(layer for layer in merged.stack if layer.source == origin.source)
    own = {other for keys in fields if slip.key in keys for other in keys}
    around = layer.path_of(origin)[:-1]
    if any(layer.sets((*around, key)) for key in own):
        return None
    return Fix(origin.path, slip.key, slip.word, slip.meant)


def proven(
    diagnostics: Iterable[Diagnostic], merged: Merged, misfits: Callable[[Merged], set[Misfit]]
) -> list[Diagnostic]:
    """Return diagnostics with those fixes that hold: the new key and what is below it fit, and nothing else breaks.

    Shape: ``misfits`` are those of a merged tree.
    """
    found = list(diagnostics)
    fixable = [item for item in found if item.fix]
    if not fixable:
        return found
    before = misfits(merged)

    def hold(items: list[Diagnostic]) -> bool:
        try:
            after = misfits(_mended(merged, items))
        except Exception:  # noqa: BLE001 # layers that clash, or a validator that raises what it likes
            return False
        keys = [_renamed(item) for item in items]
        return after <= before and not any(path[: len(key)] == key for path, _ in after for key in keys)

    held = set(map(id, holding(fixable, hold, _MOST_TRIALS)))
    return [item if id(item) in held else replace(item, fix=None) for item in found]


def _mended(merged: Merged, items: Iterable[Diagnostic]) -> Merged:
    """Return the tree that is merged when fixes are applied, those of inner keys first."""
    stack = list(merged.stack)
    for item in sorted(items, key=lambda item: -len(item.path or ())):
        for index, layer in enumerate(stack):
            if item.fix and item.fix.replacement and item.location and layer.source.name == item.location.name:
                path = layer.path_of(Origin(layer.source, item.fix.path))
                tree = with_key(layer.tree, path, item.fix.replacement)
                stack[index] = replace(layer, tree=tree)
    return merge(stack, merged.plan)


def _renamed(item: Diagnostic) -> KeyPath:
    return (*(item.path or ())[:-1], (item.fix and item.fix.replacement) or "")
