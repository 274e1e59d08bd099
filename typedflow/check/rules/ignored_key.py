"""TF307 ignored-key: keys of files that a model silently ignores."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pydantic import BaseModel

from typedflow.check._facts import Facts
from typedflow.layers import Merged, Rank, provenance, through
from typedflow.models import declared_at, extra_of, fields_of, ignored_keys, keeps_others, keys_of, models_in
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Origin,
    Related,
    Severity,
    did_you_mean,
    format_path,
    listed,
)

_MOST_LISTED = 8


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Yield each key of a file that has no effect in some case, once."""
    seen: set[Origin] = set()
    for case in facts.cases:
        model: type[BaseModel] = type(case.config)
        if not _is_permissive(model):
            continue
        for path, owner in ignored_keys(case.config, case.merged.tree):
            for origin in _origins(case.merged, path):
                if origin not in seen:
                    seen.add(origin)
                    yield _finding(origin, path, owner)


@lru_cache(maxsize=64)
def _is_permissive(model: type[BaseModel]) -> bool:
    return any(extra_of(owner) != "forbid" for owner in models_in(model))


def _origins(merged: Merged, path: KeyPath) -> list[Origin]:
    """Return the places in files that set a key path; for an item of a merged list, its origin."""
    step = next((index for index, key in enumerate(path) if isinstance(key, int)), len(path))
    setters = [layer for layer in merged.stack if layer.rank <= Rank.BINDING and layer.sets(path[:step])]
    if step == len(path) or len(setters) == 1:
        return [layer.origin(path) for layer in setters]
    leaves = provenance(merged).leaves
    below = next(leaf for leaf in leaves if leaf[: len(path)] == path)  # the tree has it, so some leaf is below it
    return [leaves[below].origin.above(len(below) - len(path)).key]


def _finding(origin: Origin, path: KeyPath, owner: type) -> Diagnostic:
    known = [key for name, field in (fields_of(owner) or {}).items() for key in keys_of(owner, name, field)]
    label = did_you_mean(str(path[-1]), known)
    place = declared_at(owner)
    does = "keeps" if keeps_others(owner) else "ignores"
    return Diagnostic(
        RULES["ignored-key"],
        f"`{format_path(path)}` has no effect: it is not a field of {owner.__name__}, which {does} it",
        location(origin.source, origin.path, key=True),
        label=label,
        hint="" if label else f"{owner.__name__} has {listed(known, most=_MOST_LISTED)}",
        related=(*((Related("declared at", place, f"(class {owner.__name__})"),) if place else ()), *through(origin)),
        path=path,
        severity=Severity.WARNING,
    )
