"""What is wrong with references, once all layers are merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from typedflow.layers._references import Broken
from typedflow.layers._shared_findings import circular_reference, too_large, unknown_reference
from typedflow.layers._through import through
from typedflow.parsing import location
from typedflow.values import (
    Diagnostic,
    KeyPath,
    LeafOrigin,
    Location,
    Origin,
    Related,
    closest,
    format_path,
    has_path,
    listed,
)

_MOST = 8


def reference_problems(
    broken: Iterable[Broken], leaves: Mapping[KeyPath, LeafOrigin[Origin]], tree: Any
) -> Iterator[Diagnostic]:
    """Yield the finding of each reference that has no value, given the origins of the leaves, references included."""
    reports = _Reports(leaves, tree)
    for item in broken:
        if item.circle:
            yield reports.circular(item)
        elif item.excess:
            yield reports.excessive(item)
        elif item.default:
            yield reports.unknown_default(item, *item.default)
        else:
            yield reports.unknown(item)


class _Reports:
    def __init__(self, leaves: Mapping[KeyPath, LeafOrigin[Origin]], tree: Any) -> None:
        self._leaves = leaves
        self._tree = tree

    def _place(self, place: KeyPath) -> Location:
        """Return the location of a reference's key path."""
        origin = self._leaves[place].origin
        return location(origin.source, (*origin.path, "$ref"))

    def _related(self, place: KeyPath) -> tuple[Related, ...]:
        return through(self._leaves[place].origin)

    def circular(self, item: Broken) -> Diagnostic:
        """Return the finding of references that lead to each other."""
        names = [format_path(path) for path in (*item.circle, item.circle[0])]
        steps = zip(item.circle[1:], names[1:-1], names[2:], strict=True)
        return circular_reference(
            f"`{names[0]}` refers to itself: {' -> '.join(names)}",
            self._place(item.place),
            hint="write a value in place of one of these references",
            related=(
                *self._related(item.place),
                *(Related(f"{name} refers to {other} at", self._place(path)) for path, name, other in steps),
            ),
            path=item.place,
        )

    def excessive(self, item: Broken) -> Diagnostic:
        """Return the finding of a reference that makes the config too large."""
        return too_large(item.excess, self._place(item.place), related=self._related(item.place), path=item.place)

    def unknown_default(self, item: Broken, path: KeyPath, default: Any, reason: str) -> Diagnostic:
        """Return the finding of a reference to a default that is not known yet."""
        declared = location(default.source, ())
        return unknown_reference(
            f"`{format_path(path)}` is not set, and its default is not known before validation: {reason}",
            self._place(item.place),
            hint=f"set `{format_path(path)}` in a settings file",
            related=(*self._related(item.place), Related("declared at", declared, f"({default.source.name})")),
            path=item.place,
        )

    def unknown(self, item: Broken) -> Diagnostic:
        """Return the finding of a reference that leads nowhere."""
        path = item.reference.path
        rest = path[len(item.at) :] if len(item.at) < len(path) else path[-1:]
        key, known = rest[0], _keys(item)
        meant = closest(key, known) if isinstance(key, str) and key not in known else None
        label = self._nearer(item)
        if meant and not label:
            label = f"did you mean `{format_path((*item.at, meant, *rest[1:]))}`?"
        return unknown_reference(
            f"`{item.reference}` is not in the settings: {_content(item, key)}",
            self._place(item.place),
            label=label,
            hint="" if label else _hint(item, key, known),
            related=self._related(item.place),
            path=item.place,
        )

    def _nearer(self, item: Broken) -> str:
        """Return a suggestion where the key path is one that begins at a mapping around the reference."""
        path = item.reference.path
        paths = ((*item.place[:end], *path) for end in range(len(item.place) - 1, 0, -1))
        found = next((each for each in paths if has_path(self._tree, each)), None)
        return f"did you mean `{format_path(found)}`? Key paths begin at the top" if found else ""


def _keys(item: Broken) -> list[str]:
    """Return the keys that there could be where a reference ends."""
    if not isinstance(item.value, dict):
        return []
    plan = item.plan.member(item.value)
    return [str(key) for key in dict.fromkeys([*item.value, *plan.fields])]


def _content(item: Broken, key: str | int) -> str:
    where, value = f"`{format_path(item.at)}`", item.value
    if isinstance(value, list):
        return f"{where} is a list of {len(value)}" if isinstance(key, int) else f"{where} is a list"
    if isinstance(value, dict):
        plan = item.plan.member(value)
        is_unset = isinstance(key, str) and key in plan.fields
        if is_unset:
            return f"`{key}` is required, and no layer sets it"
        return f"{where} has no key `{key}`" if item.at else f"there is no key `{key}` at the top"
    return f"{where} has no keys, it is {'null' if value is None else 'a single value'}"


def _hint(item: Broken, key: str | int, known: list[str]) -> str:
    if isinstance(item.value, list):
        return "items of a list are numbered from 0, as in `a[0]`"
    if isinstance(key, str) and key in known:
        return f"set `{item.reference}` in a settings file"
    return f"there is {listed(known, most=_MOST)}" if known else ""
