"""Migrations: how what an older run has stored becomes what the model takes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from pydantic import BaseModel

Change: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the stored form of a config, keys by field name, and gives the next one."""


class Migration(staticmethod):  # type: ignore[type-arg] # generic since Python 3.10 in stubs alone
    """A change of a model's stored form, as an attribute of the model."""

    def __init__(self, change: Change, since: datetime) -> None:
        """Keep what was declared; ``since`` is local time, without a zone, as Metaflow tells it."""
        super().__init__(change)
        self.since = since


def migration(*, since: str | date) -> Callable[[Change], Migration]:
    """Declare, in a model, how the stored form of runs that were made before a moment becomes today's.

    The function takes the whole stored form of a config (plain JSON values, keys by field name) and gives the new one;
    ``since`` is when the model changed: a date, or a moment, as ISO 8601 text or as an object; local time without a
    zone. Migrations of a model and of its bases are run in the order of ``since``, before the model validates.

    Raises:
        ValueError: ``since`` is no date.
    """
    moment = _moment(datetime.fromisoformat(since) if isinstance(since, str) else since)
    return lambda change: Migration(change.__func__ if isinstance(change, staticmethod) else change, moment)


def migrations_of(model: type[BaseModel], made: datetime) -> list[Migration]:
    """Give the migrations that the stored form of a run of that moment needs, in their order."""
    attributes: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        attributes.update(vars(base))
    declared = [value for value in attributes.values() if isinstance(value, Migration)]
    return sorted((each for each in declared if _moment(made) < each.since), key=lambda each: each.since)


def _moment(value: date) -> datetime:
    """Give a moment in local time, without a zone: a date is its midnight."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 # Metaflow's times have no zone
    return value.astimezone().replace(tzinfo=None) if value.tzinfo else value
