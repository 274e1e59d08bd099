"""Migrations: convert the stored form of older runs to what the model accepts today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from pydantic import BaseModel

Change: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the stored form of a config, keys by field name, and gives the next one."""


class Migration(staticmethod):  # type: ignore[type-arg] # generic since Python 3.10 in stubs alone
    """A change of a model's stored form, declared as an attribute of the model."""

    def __init__(self, change: Change, since: datetime) -> None:
        """``since`` is local time without a time zone, as in Metaflow."""
        super().__init__(change)
        self.since = since


def migration(*, since: str | date) -> Callable[[Change], Migration]:
    """Declare, in a model, how to convert the stored form of runs made before a given time to today's.

    The function accepts the whole stored form of a config (plain JSON values, keys by field name) and returns the new
    one. ``since`` is when the model changed: a date or datetime, or ISO 8601 text; local time if it has no time zone.
    Migrations of a model and of its bases run in the order of ``since``, before the model validates.

    Raises:
        ValueError: ``since`` is not a date.
    """
    moment = _moment(datetime.fromisoformat(since) if isinstance(since, str) else since)
    return lambda change: Migration(change.__func__ if isinstance(change, staticmethod) else change, moment)


def migrations_of(model: type[BaseModel], made: datetime) -> list[Migration]:
    """Return the migrations that the stored form of a run made at that time needs, in order."""
    attributes: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        attributes.update(vars(base))
    declared = [value for value in attributes.values() if isinstance(value, Migration)]
    return sorted((each for each in declared if _moment(made) < each.since), key=lambda each: each.since)


def _moment(value: date) -> datetime:
    """Return a naive datetime in local time; a date becomes midnight."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 # Metaflow's times have no zone
    return value.astimezone().replace(tzinfo=None) if value.tzinfo else value
