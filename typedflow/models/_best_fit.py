"""The most likely member of a union for a value that fits none, so that one mistake yields one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from typedflow.models._error_paths import Failure, UnionMember
from typedflow.models._types import annotation_of, fields_of, keys_of, tag_values
from typedflow.values import KeyPath, closest, has_item

_OTHER_TYPE = {"literal_error", "enum", "is_instance_of", "is_subclass_of", "none_required"}


@dataclass(frozen=True, slots=True)
class UnionMismatch:
    """A value that fits no member of a union, with two or more members tied for the best fit.

    ``members`` has the findings of each tied member by name; ``owners`` are their classes.
    """

    path: KeyPath
    members: dict[str, tuple[Finding, ...]]
    owners: tuple[type, ...]


Finding: TypeAlias = Failure | UnionMismatch


def best_fit(failures: Iterable[Failure], tree: Any) -> list[Finding]:
    """Return the failures of the best-fitting union members only.

    A key that is missing because it is misspelled is not a separate failure.
    """
    found = _best_at(list(failures), 0, tree, ())
    return _without_misspelled([owner for item in found if isinstance(item, Failure) for owner in item.owners], found)


def _best_at(failures: list[Failure], depth: int, value: Any, path: KeyPath) -> list[Finding]:
    """Return the best fit among failures that share their first ``depth`` steps, which lead to ``value``."""
    found: list[Finding] = []
    groups: dict[Any, list[Failure]] = {}
    tried: dict[str, tuple[UnionMember, list[Failure]]] = {}
    for item in failures:
        label, step = _next(item, depth)
        if label is not None:
            tried.setdefault(label.name, (label, []))[1].append(item)
        elif step is None or not has_item(value, step):
            found.append(item)
        else:
            groups.setdefault(step, []).append(item)
    for key, group in groups.items():
        found += _best_at(group, depth + 1, value[key], (*path, key))
    if tried:
        inner = [
            (label, _best_at([_without(item, depth) for item in group], depth, value, path))
            for label, group in tried.values()
        ]
        found += _best_members(inner, value, path)
    return found


def _next(item: Failure, depth: int) -> tuple[UnionMember | None, str | int | None]:
    """Return the innermost union member at a step, or the key or index there."""
    label = None
    for step in item.steps[depth:]:
        if not isinstance(step, UnionMember):
            return label, step
        label = step
    return label, None


def _without(item: Failure, depth: int) -> Failure:
    """Return a failure without the union members at a step."""
    end = next(
        (at for at in range(depth, len(item.steps)) if not isinstance(item.steps[at], UnionMember)), len(item.steps)
    )
    return replace(item, steps=(*item.steps[:depth], *item.steps[end:]))


def _best_members(tried: Sequence[tuple[UnionMember, list[Finding]]], value: Any, path: KeyPath) -> list[Finding]:
    if not isinstance(value, dict | list):
        return [item for _, findings in tried for item in findings]
    scores = [_score(label, findings, value, path) for label, findings in tried]
    best = [item for item, score in zip(tried, scores, strict=True) if score == min(scores)]
    best = [(label, _without_misspelled(classes_of(label), findings)) for label, findings in best]
    if len({frozenset(_place(item) for item in findings) for _, findings in best}) == 1:
        return [item for _, findings in best for item in findings]
    owners = tuple(dict.fromkeys(owner for label, _ in best for owner in classes_of(label)))
    return [UnionMismatch(path, {label.name: tuple(findings) for label, findings in best}, owners)]


def _without_misspelled(owners: Iterable[type], findings: list[Finding]) -> list[Finding]:
    """Return the findings without missing keys that are present but misspelled."""
    named = {owner: [keys_of(owner, *item) for item in (fields_of(owner) or {}).items()] for owner in owners}
    meant = set()
    for item in findings:
        if isinstance(item, Failure) and item.kind == "unknown":
            keys = [key for owner in item.owners or named for field in named.get(owner, ()) for key in field]
            meant.add((*item.path[:-1], closest(str(item.path[-1]), keys)))
    return [item for item in findings if not (_is_kind(item, "missing") and item.path in meant)]


def _is_kind(item: Finding, kind: str) -> bool:
    return isinstance(item, Failure) and item.kind == kind


def _place(item: Finding) -> tuple[KeyPath, str]:
    return item.path, item.kind if isinstance(item, Failure) else "unfit"


def _score(label: UnionMember, findings: list[Finding], value: Any, path: KeyPath) -> tuple[int, ...]:
    """Return how badly a value fits a member: by type, tags, keys, then the number of findings. Lower is better."""
    here = [item for item in findings if item.path == path and isinstance(item, Failure)]
    is_other = any(item.details["type"].endswith("_type") or item.details["type"] in _OTHER_TYPE for item in here)
    if not isinstance(value, dict):
        return is_other, len(findings)
    owners = classes_of(label)
    named = [(owner, *item) for owner in owners for item in (fields_of(owner) or {}).items()]
    keys = {key for field in named for key in keys_of(*field)}
    known = sum(key in keys for key in value)
    near = sum(key not in keys and closest(key, keys) is not None for key in value)
    tags = [_tags(owner, value) for owner in owners]
    right = max((found.count(True) for found in tags), default=0)
    wrong = min((found.count(False) for found in tags), default=0)
    return is_other, -right, -known, wrong, -near, len(findings)


def classes_of(label: UnionMember) -> tuple[type, ...]:
    """Return the classes with named fields in a union member."""
    return tuple(kind for kind in label.kinds if isinstance(kind, type) and fields_of(kind) is not None)


def _tags(owner: type, value: dict[str, Any]) -> list[bool]:
    """Return, for each literal field of a class that a mapping sets, whether the value is one of the literals."""
    found = []
    for name, field in (fields_of(owner) or {}).items():
        tags = tag_values(annotation_of(field))
        keys = [key for key in keys_of(owner, name, field) if key in value]
        if tags and keys:
            found.append(any(value[keys[0]] == tag and type(value[keys[0]]) is type(tag) for tag in tags))
    return found
