"""The columns of a table of runs: facts, settings and results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import PastRun, UnreadableError
from typedflow.models import ConfigModel, StoredConfig, masked_paths, path_in_tree
from typedflow.operations._errors import argument_error
from typedflow.operations._runs_names import Meaning, meaning_of, name_of
from typedflow.values import KeyPath, format_path, has_item, is_declared_public, leaves_of, masked_leaves, masked_tree

_MISSING = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``meaning`` is what its name stands for; a setting may use any key of a field of the ``model``.

    ``public`` are globs of the key paths that are not secrets.
    """

    name: str
    meaning: Meaning
    model: type[BaseModel]
    public: tuple[str, ...] = ()

    def value(self, past: PastRun) -> Any:
        """Return the value of a run.

        Raises:
            UnreadableError: the value cannot be read.
            LookupError: the run has no such value.
        """
        if self.meaning.kind == "run":
            fact, *names = self.meaning.path
            known = getattr(past, str(fact))
            return known[names[0]] if names else known
        if self.meaning.kind == "artifact":
            name, *rest = self.meaning.path
            return _within(past.artifact(str(name)), tuple(rest))
        found = past.tree
        for key in self._path_in(past):
            if not has_item(found, key):
                raise LookupError(self.name)
            found = found[key]
        return found

    def plain(self, past: PastRun) -> Any:
        """Return the value as JSON data, masked if it may be a secret; objects as text, None if there is no value."""
        try:
            value = self.value(past)
        except LookupError:
            return None
        return masked_tree(json.loads(_json(value)), self._masked(past), self._path_in(past))

    def is_masked(self, past: PastRun) -> bool:
        """Return whether a part of a run's value is masked."""
        try:
            return bool(self._masked(past))
        except LookupError:
            return False

    def _masked(self, past: PastRun) -> list[KeyPath]:
        """Return the key paths in the value that must not be shown."""
        if self.meaning.kind == "run":
            return []
        if self.meaning.kind == "artifact":
            return self._masked_in_artifact(past)
        path = self._path_in(past)
        found = masked_paths(self.model, past.tree, self.public)  # of the whole: the data around a value matters
        return [each for each in found if each[: len(path)] == path]

    def _masked_in_artifact(self, past: PastRun) -> list[KeyPath]:
        path = self.meaning.path
        whole = past.artifact(str(path[0]))
        if not isinstance(whole, ConfigModel):
            return masked_leaves(json.loads(_json(self.value(past))), path, self.public)
        found = [(*path[:1], *each) for each in masked_paths(type(whole), json.loads(_json(whole)))]
        return [each for each in found if each[: len(path)] == path and not is_declared_public(each, self.public)]

    def _path_in(self, past: PastRun) -> KeyPath:
        """Return the column's key path with the keys that a run uses."""
        path = self.meaning.path
        return path_in_tree(self.model, past.tree, path) if self.meaning.kind == "setting" else path

    def identity(self, past: PastRun) -> str:
        """Return a text that is equal for equal values; it is not masked, so do not show it."""
        try:
            return _json(self.value(past))
        except LookupError:
            return _MISSING

    def cell(self, past: PastRun) -> str:
        """Return the value as a table shows it."""
        try:
            value = self.value(past)
        except LookupError:
            return _MISSING
        if self.name == "run.created":
            return str(past.created.astimezone().isoformat(sep=" ", timespec="minutes")[:16])
        if value is None:
            return "null" if self.meaning.kind == "setting" else _MISSING
        if self.meaning.kind != "run" and self.is_masked(past):
            value = self.plain(past)
        return value if isinstance(value, str) else _json(value)

    def unreadable(self, past: PastRun) -> str:
        """Return why a run's value cannot be read, or an empty text."""
        try:
            self.value(past)
        except UnreadableError as error:
            return str(error)
        except LookupError:
            return ""
        return ""

    def sorted(self, runs: Iterable[PastRun]) -> list[PastRun]:
        """Return runs in the order of their values, those without one last.

        Raises:
            ArgumentError: a value is masked, and the order would reveal something about it.
        """
        runs = list(runs)
        name = self.name.removeprefix("-")
        if any(map(self.is_masked, runs)):
            path = format_path(self.meaning.path)
            hint = f"if they are not, add `{path}` to `public` in the manifest"
            raise argument_error(
                f"`{name}` is masked, since its values may be secrets, and cannot sort runs", hint=hint
            )
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


def _within(value: Any, path: KeyPath) -> Any:
    """Return what is at a path in an artifact: a key of a mapping, an index of a sequence, an attribute.

    Raises:
        LookupError: there is no such value.
    """
    for key in path:
        value = _item(value, key)
    return value


def _item(value: Any, key: str | int) -> Any:
    try:
        if isinstance(value, Mapping) or isinstance(key, int):
            return value[key]
        found = None if key.startswith("_") else getattr(value, key)
    except Exception as error:  # noqa: BLE001 # an artifact is of any class
        raise LookupError(f"it has no {key!r}: {type(error).__name__}: {error}") from None
    if found is None or callable(found):
        raise LookupError(f"it has no {key!r}")
    return found


def _json(value: Any) -> str:
    """Return a value as JSON; as text if JSON cannot have its keys, or it contains itself."""
    try:
        return json.dumps(value, default=_number_or_text, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return json.dumps(str(value), ensure_ascii=False)


def _number_or_text(value: Any) -> Any:
    """Return a JSON value for an object: the number of a NumPy or torch scalar, else its text."""
    if isinstance(value, ConfigModel | StoredConfig):
        return value.to_dict()
    return value.item() if getattr(value, "shape", None) == () else str(value)


RUN_COLUMNS = tuple(
    Column(f"run.{name}", Meaning("run", (name,)), BaseModel)
    for name in ("id", "binding", "environment", "status", "created", "user")
)


TABLES_COLUMN = Column("run.tables", Meaning("run", ("tables",)), BaseModel)


def columns_of(text: str | None, model: type[BaseModel], public: tuple[str, ...] = ()) -> tuple[Column, ...] | None:
    """Parse the names of columns; None if none are given.

    Raises:
        ArgumentError: a name that no run can have, or that is ambiguous.
    """
    return None if text is None else tuple(_column(name.strip(), model, public) for name in _split(text))


def _column(name: str, model: type[BaseModel], public: tuple[str, ...]) -> Column:
    return Column(name, meaning_of(name.removeprefix("-"), model), model, public)


def _split(text: str) -> list[str]:
    """Split at commas outside of brackets and quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += (character == "[") - (character == "]")
        if character == "," and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def differing(runs: Sequence[PastRun], model: type[BaseModel], public: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the settings in which the runs differ, lists as a whole; for one run, all of its settings."""
    paths = dict.fromkeys(_whole(path) for each in runs for path, _ in leaves_of(each.tree) if path)
    meanings = [Meaning("setting", path) for path in paths]
    columns = tuple(Column(name_of(each, model), each, model, public) for each in meanings)
    known = [each for each in runs if not each.problem]
    return columns if len(runs) == 1 else tuple(each for each in columns if len(set(map(each.identity, known))) > 1)


def _whole(path: KeyPath) -> KeyPath:
    """Return the path of the outermost list that contains a leaf, or its own path."""
    return next((path[:index] for index, key in enumerate(path) if isinstance(key, int)), path)
