"""The lock file: the config of each variant as it was reviewed, with its digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from math import isfinite
from operator import itemgetter
from pathlib import Path
from typing import Any

from typedflow.parsing import find_conflicts
from typedflow.project._diff_sides import Side, changed_paths, side_of_stored, side_of_variant
from typedflow.project._kinds import KINDS
from typedflow.project._sidecar import digest_of, schema_digest
from typedflow.project._variant import Resolved, Variant
from typedflow.values import (
    RULES,
    Case,
    Diagnostic,
    KeyPath,
    Location,
    Source,
    Span,
    TypedflowError,
    canonical,
    format_path,
    masked,
)
from typedflow.workspace import read_bytes, write_atomically

LOCK = "typedflow.lock"
_VERSION = 2
_RULE = RULES["not-locked"]
_HINT = "run `typedflow lock` to write it, and have the changes reviewed"


def variant_name(variant: Variant) -> str:
    """Return the name of a variant within its unit: ``EXP_01@prod``."""
    return variant.binding if variant.environment is None else f"{variant.binding}@{variant.environment}"


def lock_text(resolved: Iterable[Resolved[Any]]) -> str:
    """Return the content of a lock file; one line for each setting, so that reviewers see the effect of a change."""
    units: dict[str, dict[str, dict[str, Any]]] = {}
    for each in resolved:
        config = each.lasting
        entry = {"digest": digest_of(canonical(config)), "schema": schema_digest(type(each.config)), "config": config}
        variants = units.setdefault(each.variant.kind, {}).setdefault(each.variant.unit, {})
        variants[variant_name(each.variant)] = entry
    data = {"version": _VERSION, "units": units}
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_lock(root: Path, text: str) -> None:
    """Write the lock file.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    write_atomically(root / LOCK, text)


class Lock:
    """The content of a lock file."""

    def __init__(self, root: Path) -> None:
        """Read it.

        Raises:
            TypedflowError: ``not-locked``: the file does not exist, or is not valid.
        """
        try:
            units = _units(read_bytes(root / LOCK).decode())
        except FileNotFoundError:
            raise TypedflowError([_problem(f"there is no {LOCK}, so nothing is locked")]) from None
        except ValueError as error:
            raise TypedflowError(_unreadable(error)) from None
        except (OSError, TypeError, KeyError, RecursionError) as error:
            raise TypedflowError([_broken(error)]) from None
        if not isinstance(units, dict) or not all(isinstance(each, dict) for each in units.values()):
            raise TypedflowError([_problem(f"{LOCK} was written by another version of typedflow")])
        self._units: dict[str, Any] = units

    def side(self, resolved: Resolved[Any], public: Sequence[str] = ()) -> Side:
        """Return the locked settings of a variant.

        Raises:
            TypedflowError: ``not-locked``.
        """
        return side_of_stored(LOCK, self._stored(resolved.variant), type(resolved.config), public=public)

    def problems(self, resolved: Resolved[Any], root: Path) -> Iterator[Diagnostic]:
        """Yield a finding for each setting of a variant that differs from the lock, at the line that sets it now."""
        try:
            stored = self._stored(resolved.variant)
        except TypedflowError as error:
            yield from error.diagnostics
            return
        if canonical(stored) == canonical(resolved.lasting):
            return
        locked = side_of_stored(LOCK, stored, type(resolved.config))
        today = side_of_variant("", resolved, root)
        for path in changed_paths(today, locked):
            yield _differs(path, today, locked, resolved.variant)

    def _stored(self, variant: Variant) -> Any:
        try:
            return self._units[variant.kind][variant.unit][variant_name(variant)]["config"]
        except (KeyError, TypeError):
            message = f"`{variant.unit}` {variant_name(variant)} is not in {LOCK}"
            raise TypedflowError([_problem(message, variant.case)]) from None


def _units(text: str) -> Any:
    """Return the units of a lock file, by kind; None if a later version wrote it. Version 1 has only flows."""
    # Not with our own parser: for thousands of variants, the file is larger than any config.
    tree = json.loads(text, parse_float=_number, parse_constant=_number)
    if tree["version"] == 1:
        return {"flow": tree["flows"]}
    return tree["units"] if tree["version"] == _VERSION else None


def _unreadable(error: ValueError) -> list[Diagnostic]:
    """Return the problems of a text that is not valid JSON: its merge conflicts, or its syntax error."""
    if not isinstance(error, json.JSONDecodeError):
        return [_broken(error)]
    place = Span(error.lineno, error.colno, error.lineno, error.colno)
    found = find_conflicts(Source(LOCK, error.doc))
    return [replace(item, rule=_RULE, hint=_HINT) for item in found] or [_broken(error, place)]


def _broken(error: Exception, place: Span | None = None) -> Diagnostic:
    found = _problem(f"{LOCK} is not a valid lock file ({type(error).__name__}: {error})")
    return replace(found, location=Location(LOCK, place))


def _number(text: str) -> float:
    """Return the number in a text of the lock file; typedflow never writes an infinite one."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is out of range")
    return number


def _problem(message: str, *cases: Case) -> Diagnostic:
    return Diagnostic(_RULE, message, Location(LOCK), hint=_HINT, cases=cases)


def _differs(path: KeyPath, today: Side, locked: Side, variant: Variant) -> Diagnostic:
    value, place = today.leaves.get(path, (None, None))
    if KINDS[variant.kind].has_own_config and (place is None or place.span is None):
        place = _nearest(path, today)
    now = f"is {_shown(path, value, today)}" if path in today.leaves else "is not set"
    old = locked.leaves.get(path)
    then = f"was locked as {_shown(path, old[0], locked)}" if old else "was not set when it was locked"
    hint = f"compare with `typedflow diff FLOW BINDING {LOCK}`; after a review, run `typedflow lock`"
    return Diagnostic(
        _RULE,
        f"`{format_path(path)}` {now}, but {then}",
        place or Location(LOCK),
        hint=hint,
        cases=(variant.case,),
        path=path,
    )


def _nearest(path: KeyPath, side: Side) -> Location | None:
    """Return the line of what a file sets next to a key path: a default, or what was removed, has none of its own."""
    places = [(_shared(path, other), place) for other, (_, place) in side.leaves.items() if place and place.span]
    return max(places, key=itemgetter(0))[1] if places else None


def _shared(one: KeyPath, other: KeyPath) -> int:
    """Return how many keys two key paths begin with alike."""
    return sum(1 for _ in takewhile(lambda keys: keys[0] == keys[1], zip(one, other, strict=False)))


def _shown(path: KeyPath, value: Any, side: Side) -> str:
    value = masked(value) if path in side.masked else value
    return json.dumps(value, ensure_ascii=False)
