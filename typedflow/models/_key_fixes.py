"""Fixes for misspelled keys: proposed by spelling, and validated against the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from typedflow.layers import Layer, Merged, merge
from typedflow.values import (
    Diagnostic,
    Fix,
    KeyPath,
    Origin,
    Provenance,
    SourceKind,
    find_typo,
    format_path,
    keep_valid,
    with_key,
)

Misfit: TypeAlias = tuple[KeyPath, str]
"""A key path that does not fit the model, and the kind of error."""

_MOST_TRIALS = 40


def rename_fix(
    path: KeyPath, fields: Sequence[tuple[str, ...]], origin: Origin | None, found: Provenance[Origin], merged: Merged
) -> Fix | None:
    """Return the fix of a misspelled key that exactly one file sets, if that file does not set the intended field.

    Another file may set the field: this one was meant to override it.
    """
    typo = find_typo(str(path[-1]), fields)
    below = [leaf for other, leaf in found.leaves.items() if typo and other[: len(path)] == path]
    if typo is None or origin is None or any(leaf.origin.source != origin.source or leaf.shadows for leaf in below):
        return None
    if origin.source.kind is not SourceKind.FILE or origin.source.format is None:
        return None
    layer = next((layer for layer in merged.stack if _path_in(layer, path, origin)), None)
    around = _path_in(layer, path, origin)[:-1] if layer else ()
    own = {other for keys in fields if typo.key in keys for other in keys}
    if layer is None or any(layer.sets((*around, key)) for key in own):
        return None
    return Fix(origin.path, typo.key, typo.word, typo.meant)


def _path_in(layer: Layer, path: KeyPath, origin: Origin) -> KeyPath:
    """Return the key path in a layer's tree of a key that a source has; empty where the layer does not have it.

    What a reference brings into the tree is also elsewhere, so it is nobody's to rename.
    """
    if origin.source == layer.source and all(step.directive == "$literal" for step in origin.directives()):
        return layer.path_of(origin)
    here = layer.origin(path) if layer.sets(path) else None
    is_here = here is not None and (here.source, here.path) == (origin.source, origin.path)
    return path if is_here and all(step.directive == "$include" for step in origin.directives()) else ()


def keep_valid_fixes(
    diagnostics: Iterable[Diagnostic], merged: Merged, misfits: Callable[[Merged], Mapping[Misfit, str]]
) -> list[Diagnostic]:
    """Return diagnostics with only the valid fixes: the new key and everything below it fit, and nothing else breaks.

    A hint replaces an invalid fix, and says why. Shape: ``misfits`` returns a merged tree's misfits, with reasons.
    """
    found = list(diagnostics)
    fixable = [item for item in found if item.fix]
    if not fixable:
        return found
    trials = _Trials(merged, misfits)
    held = set(map(id, keep_valid(fixable, trials.can_apply, _MOST_TRIALS)))
    return [item if id(item) in held else _without_fix(item, trials.reasons.get(id(item), "")) for item in found]


def _without_fix(item: Diagnostic, reason: str) -> Diagnostic:
    hint = "; ".join(filter(None, (item.hint, f"--fix does not rename it: {reason}" if reason else "")))
    return replace(item, fix=None, hint=hint)


class _Trials:
    def __init__(self, merged: Merged, misfits: Callable[[Merged], Mapping[Misfit, str]]) -> None:
        self.reasons: dict[int, str] = {}
        self._merged = merged
        self._misfits = misfits
        self._before = misfits(merged)

    def can_apply(self, items: list[Diagnostic]) -> bool:
        """Return whether fixes are valid together; if not, record the reason for the last one."""
        try:
            after = self._misfits(_apply_fixes(self._merged, items))
        except (Exception, SystemExit):  # noqa: BLE001 # layers that clash, or a validator that raises what it likes
            return False
        keys = [_new_path(item) for item in items]
        objection = next(
            (
                f"{f'`{format_path(path)}`' if path else 'the config'} would be invalid: {reason}"
                for (path, kind), reason in after.items()
                if (path, kind) not in self._before or any(path[: len(key)] == key for key in keys)
            ),
            None,
        )
        if objection is not None:
            self.reasons[id(items[-1])] = objection
        return objection is None


def _apply_fixes(merged: Merged, items: Iterable[Diagnostic]) -> Merged:
    """Return the merged tree after applying fixes, inner keys first."""
    stack = list(merged.stack)
    sources = {layer.source.name: layer.source for layer in merged.parts()}
    for item in sorted(items, key=lambda item: -len(item.path or ())):
        for index, layer in enumerate(stack):
            if item.fix is None or item.fix.replacement is None or item.location is None:
                continue
            origin = Origin(sources.get(item.location.name, layer.source), item.fix.path)
            if path := _path_in(layer, item.path or (), origin):
                stack[index] = replace(layer, tree=with_key(layer.tree, path, item.fix.replacement))
    return merge(stack, merged.plan)


def _new_path(item: Diagnostic) -> KeyPath:
    return (*(item.path or ())[:-1], (item.fix and item.fix.replacement) or "")
