"""Provenance: for each leaf of a merged tree, the origin that won and those that it shadows.

Computed only when somebody asks, by walking the same merge again with a log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from typedflow.layers._layer import Layer
from typedflow.layers._merge import Merged, fold
from typedflow.layers._record import Record, leaf_of
from typedflow.values import KeyPath, LeafOrigin, Origin, Provenance, leaves_of


def provenance(merged: Merged) -> Provenance[Origin]:
    """Return the origin of every leaf of a merged tree."""
    record = Record()
    tree, _ = fold(merged.stack, merged.plan, record, merged.defaults)
    final = dict(leaves_of(tree, ())) if tree else {}
    leaves = {path: record.leaves.get(path) or _emptied(merged.stack, path, record.emptied) for path in final}
    if merged.copies:
        from typedflow.layers._reference_origins import copied_leaves

        leaves = copied_leaves(leaves, merged.copies, merged.tree)
    lost = (*(item for layer in merged.stack for item in layer.removed), *record.removed)
    return Provenance(leaves, tuple(item for item in lost if item.path not in leaves))


def _emptied(stack: Sequence[Layer], path: KeyPath, emptied: Mapping[KeyPath, Origin]) -> LeafOrigin[Origin]:
    """Return the origin of a mapping that was emptied by deletions: the highest layer that has it.

    A layer may have it at another key: then it is where what was last deleted in it stood, or else what has it inside.
    """
    if path in emptied and not any(layer.sets(path) for layer in stack):
        return leaf_of(emptied[path])
    setters = [(layer, path[:end]) for end in range(len(path) + 1) for layer in stack if layer.sets(path[:end])]
    layer, above = setters[-1]
    return leaf_of(layer.origin(above))
