"""The columns of a table of runs: facts, settings and results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from typedflow.cli._chosen import wrong
from typedflow.metaflow import PastRun
from typedflow.models import fields_of, models_at
from typedflow.values import KeyPath, KeyPathError, did_you_mean, format_path, has_item, leaves_of, listed, parse_path

RUN_FACTS = ("id", "pathspec", "created", "user", "finished", "successful", "status", "tags", "binding", "environment")
_MISSING = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is ``config``, ``run`` or ``data``, ``path`` leads to what is shown of it."""

    name: str
    kind: str
    path: KeyPath

    def value(self, past: PastRun) -> Any:
        """Give what a run has there.

        Raises:
            LookupError: nothing.
        """
        if self.kind == "run":
            return getattr(past, str(self.path[0]))
        if self.kind == "data":
            try:
                return getattr(past.data, str(self.path[0]))
            except Exception as error:  # noqa: BLE001 # what a run has stored is unpickled
                raise LookupError(str(error)) from None
        found = past.tree
        for key in self.path:
            if not has_item(found, key):
                raise LookupError(self.name)
            found = found[key]
        return found

    def plain(self, past: PastRun) -> Any:
        """Give it as JSON has it: what is no plain data as text, None where there is nothing."""
        try:
            value = self.value(past)
        except LookupError:
            return None
        return json.loads(json.dumps(value, default=_number_or_text))

    def cell(self, past: PastRun) -> str:
        """Give it as a table shows it."""
        try:
            value = self.value(past)
        except LookupError:
            return _MISSING
        if self.name == "run.created":
            return str(past.created.astimezone().isoformat(sep=" ", timespec="minutes")[:16])
        if value is None:
            return "null" if self.kind == "config" else _MISSING
        return value if isinstance(value, str) else json.dumps(value, default=_number_or_text, ensure_ascii=False)

    def sorted(self, runs: Iterable[PastRun]) -> list[PastRun]:
        """Give runs in the order of their values there, those without one last."""
        having: list[tuple[Any, PastRun]] = []
        lacking: list[tuple[Any, PastRun]] = []
        for each in runs:
            value = self.plain(each)
            (lacking if value is None else having).append((value, each))
        is_falling = self.name.startswith("-")
        try:
            having.sort(key=lambda pair: pair[0], reverse=is_falling)
        except TypeError:  # values of several types
            having.sort(key=lambda pair: str(pair[0]), reverse=is_falling)
        return [each for _, each in (*having, *lacking)]


def _number_or_text(value: Any) -> Any:
    """Give what JSON has for a value that it does not know: the number of a NumPy or torch scalar, else its text."""
    return value.item() if getattr(value, "shape", None) == () else str(value)


FACTS = tuple(
    Column(f"run.{name}", "run", (name,)) for name in ("id", "binding", "environment", "status", "created", "user")
)


def columns_of(text: str | None, model: type[BaseModel]) -> tuple[Column, ...] | None:
    """Read the names of columns; None where none are given.

    Raises:
        CommandLineError: a name that no run can have.
    """
    return None if text is None else tuple(_column(name.strip(), model) for name in _split(text))


def _split(text: str) -> list[str]:
    """Split at commas, those in brackets and quotes aside."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += (character == "[") - (character == "]")
        if character == "," and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _column(name: str, model: type[BaseModel]) -> Column:
    try:
        path = parse_path(name.removeprefix("-"))
    except KeyPathError as error:
        raise wrong(f"`{name}` is no column: {error}", hint="write it as in `model.alpha,data.r2`") from None
    kind = str(path[0])
    if kind == "run":
        if len(path) != 2 or path[1] not in RUN_FACTS:  # noqa: PLR2004 # `run` and a fact
            label = did_you_mean(str(path[-1]), RUN_FACTS)
            raise wrong(f"a run has no `{name}`; it has {listed(RUN_FACTS)}", hint=label)
        return Column(name, "run", path[1:])
    if kind == "data" and "data" not in (fields_of(model) or {}):
        if len(path) != 2:  # noqa: PLR2004 # `data` and an artifact
            raise wrong(f"`{name}` names no artifact", hint="write it as in `data.r2`")
        return Column(name, "data", path[1:])
    path = path[1:] if kind == "config" and "config" not in (fields_of(model) or {}) else path
    _judge(name, path, model)
    return Column(name, "config", path)


def _judge(name: str, path: KeyPath, model: type[BaseModel]) -> None:
    """Refuse a key path that the model cannot have."""
    for length, key in enumerate(path):
        owners = models_at(model, path[:length])
        known = {alias for owner in owners for alias in _keys(owner)}
        if owners and key not in known:
            where = f"`{format_path(path[:length])}`" if length else "the settings"
            label = did_you_mean(str(key), known)
            raise wrong(f"`{name}`: {where} cannot have `{key}`", hint=label or f"it has {listed(sorted(known))}")


def _keys(owner: Any) -> Iterable[str]:
    from typedflow.models import keys_of

    for name, field in (fields_of(owner) or {}).items():
        yield name
        yield from keys_of(owner, name, field)


def differing(runs: Sequence[PastRun]) -> tuple[Column, ...]:
    """Give the settings in which some runs differ, lists as a whole; all settings of one run."""
    paths = dict.fromkeys(_whole(path) for each in runs for path, _ in leaves_of(each.tree) if path)
    columns = tuple(Column(format_path(path), "config", path) for path in paths)
    known = [each for each in runs if not each.problem]
    return columns if len(runs) == 1 else tuple(each for each in columns if len(set(map(each.cell, known))) > 1)


def _whole(path: KeyPath) -> KeyPath:
    """Give the path of the outermost list that a leaf is in, or its own."""
    return next((path[:index] for index, key in enumerate(path) if isinstance(key, int)), path)
