"""The types of the project's tables. Written by `typedflow table types`: do not edit."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal, TypedDict

from typing_extensions import NotRequired

if TYPE_CHECKING:
    from typedflow import ExternalTable, WritableTable


class Films:
    """Films."""

    Column = Literal["day", "title", "runtime"]

    class Row(TypedDict):
        """A row of `films`."""

        day: datetime.date
        title: str
        runtime: NotRequired[int | None]


class Log:
    """Log."""

    Column = Literal["number", "note"]

    class Row(TypedDict):
        """A row of `log`."""

        number: int
        note: NotRequired[str | None]


class Predictions:
    """Predictions."""

    Column = Literal["title", "score"]

    class Row(TypedDict):
        """A row of `predictions`."""

        title: str
        score: float


class Titles:
    """Titles."""

    Column = Literal["title"]

    class Row(TypedDict):
        """A row of `titles`."""

        title: NotRequired[str | None]


class Tables:
    """The tables of the project."""

    films: WritableTable[Films.Column, Films.Row]
    log: WritableTable[Log.Column, Log.Row]
    predictions: WritableTable[Predictions.Column, Predictions.Row]
    titles: ExternalTable[Titles.Column, Titles.Row]
