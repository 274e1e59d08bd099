"""A flow that reads and writes tables, from several processes at once."""

import datetime

from cinema_settings import Settings
from metaflow import FlowSpec, card, current, step
from tables import Tables

from typedflow import SettingsMixin, TablesMixin, config_table


class Training(TablesMixin[Tables], SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.numbers = list(range(6))
        print("name", self.tables.films, self.settings.environment.database)
        self.next(self.each, foreach="numbers")

    @step
    def each(self):
        day = datetime.date(2026, 1, 1 + self.input)
        rows = [{"title": f"film {number}", "runtime": number} for number in range(10)]
        self.written = self.tables.films.write(rows, partitions={"day": day})
        self.tables.films.write(rows, partitions={"day": day})
        self.tables.log.write([{"number": self.input}])
        self.next(self.join)

    @step
    def join(self, inputs):  # noqa: ARG002
        self.rows = len(self.tables.films.read(columns=["title"]).rows())
        day = datetime.date(2026, 1, 3)
        self.one = self.tables.films.read(columns=["runtime"], where={"day": day, "title": ["film 1", "film 2"]}).rows()
        self.log = sorted(row["number"] for row in self.tables.log.read().rows())
        scores = [{"title": "film 1", "score": self.settings.rate}]
        self.tables.predictions.write(scores, mode="overwrite")
        self.next(self.end)

    @card(type="blank")
    @step
    def end(self):
        current.card.append(config_table(self, "tables"))
        print("found", self.rows, sorted(row["runtime"] for row in self.one), self.log)


if __name__ == "__main__":
    Training()
