"""The wording of a value that fits no member of a union."""

from __future__ import annotations

from typedflow.models._best_fit import UnionMismatch
from typedflow.models._error_paths import Failure
from typedflow.models._wording import reason, reason_of_key
from typedflow.values import format_path

_MOST_WORDS = 4


def describe_mismatch(item: UnionMismatch) -> str:
    """Return the classes that a value does not fit, with the reasons for each."""
    names = list(item.members)
    none = f"neither {names[0]} nor {names[1]}" if len(names) == 2 else f"none of {', '.join(names)}"  # noqa: PLR2004
    parts = []
    for name, findings in item.members.items():
        words = [_misfit(each, len(item.path)) for each in findings]
        more = [f"{len(words) - _MOST_WORDS} more"] if len(words) > _MOST_WORDS else []
        parts.append(f"{name}: {', '.join([*words[:_MOST_WORDS], *more])}")
    return f"{none} ({'; '.join(parts)})"


def _misfit(item: Failure | UnionMismatch, depth: int) -> str:
    key = f"`{format_path(item.path[depth:])}`" if item.path[depth:] else "it"
    if isinstance(item, UnionMismatch):
        return f"{key} matches {describe_mismatch(item)}"
    words = {"unknown": "is not a field", "missing": "is missing"}
    if item.kind == "key":
        return f"the key {key}: {reason_of_key(item.details)}"
    return f"{key} {words[item.kind]}" if item.kind in words else f"{key}: {reason(item.details)}"
