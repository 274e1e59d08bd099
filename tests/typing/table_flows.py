"""A flow that reads and writes tables, as a program that type checkers judge; it is never run."""

from __future__ import annotations

import datetime
from typing import Any, Literal, TypedDict

from metaflow import FlowSpec, step
from typing_extensions import NotRequired, assert_type

import typedflow
from typedflow import ExternalTable, TablesMixin, WritableTable


class Films:
    """The table `films`, as `typedflow table types` writes it."""

    Column = Literal["day", "title", "runtime"]

    class Row(TypedDict):
        """A row of the table."""

        day: datetime.date
        title: str
        runtime: NotRequired[int | None]


class Titles:
    """The external table `titles`."""

    Column = Literal["title"]

    class Row(TypedDict):
        """A row of the table."""

        title: NotRequired[str | None]


class Tables:
    """The tables of the project."""

    films: WritableTable[Films.Column, Films.Row]
    titles: ExternalTable[Titles.Column, Titles.Row]


class Frame:
    """A data frame with Arrow's PyCapsule interface, as those of pandas and Polars are."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the stream."""
        return requested_schema


class Reading(TablesMixin[Tables], FlowSpec):
    """A flow with tables."""

    @step
    def start(self) -> None:
        """A step."""
        day = datetime.date(2026, 1, 1)
        films = self.tables.films
        assert_type(films, WritableTable[Films.Column, Films.Row])
        rows = films.read(columns=["day", "title"], where={"day": day, "title": ["a", "b"]}).rows()
        assert_type(rows, list[dict[Films.Column, Any]])
        assert_type(rows[0]["title"], Any)
        assert_type(self.tables.titles.read(where={"title": None}).rows(), list[dict[Literal["title"], Any]])
        made: list[Films.Row] = [{"day": day, "title": "x"}, {"day": day, "title": "y", "runtime": 3}]
        assert_type(films.write(made), int)
        films.write([{"day": day, "title": "x"}, {"day": day, "title": "y", "runtime": None}], mode="append")
        films.write((each for each in made), partitions={"day": day}, mode="replace-partitions")
        films.write(Frame(), mode="overwrite")
        self.next(self.end)


def names(run: str) -> list[str]:
    """What a past run used."""
    return [table.table for table in typedflow.tables(run).tables.values()]
