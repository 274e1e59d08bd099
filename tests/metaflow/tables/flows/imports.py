"""A flow without a binding."""

import datetime
from typing import TYPE_CHECKING

from cinema_settings import Settings
from metaflow import FlowSpec, Parameter, step

from typedflow import SettingsMixin, TableError, TablesMixin

if TYPE_CHECKING:
    from tables import Films, Titles

    from typedflow import ExternalTable, WritableTable


class Own:
    """What this flow uses of the project's tables."""

    films: "WritableTable[Films.Column, Films.Row]"
    titles: "ExternalTable[Titles.Column, Titles.Row]"


class Imports(TablesMixin[Own], SettingsMixin[Settings], FlowSpec):
    code = Parameter("code", default="tables.films")

    @step
    def start(self):
        for line in self.code.splitlines():
            try:
                print("got", eval(line, {"tables": self.tables, "datetime": datetime}))  # noqa: S307
            except TableError as error:
                print("refused", error)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Imports()
