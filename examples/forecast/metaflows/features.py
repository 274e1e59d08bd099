"""Joins titles with their metrics into the table that `training` learns from.

typedflow run features
"""

from metaflow import FlowSpec, step
from settings import Sources
from tables import Tables

from typedflow import SettingsMixin, TablesMixin


class Features(TablesMixin[Tables], SettingsMixin[Sources], FlowSpec):
    """One step: reads the external tables, and replaces the features."""

    @step
    def start(self):
        self.show_settings()
        titles = self.tables.titles.read(columns=["title_id", "year", "runtime", "oscars"]).pandas()
        films = titles.merge(self.tables.metrics.read().pandas(), on="title_id").dropna()
        films = films[(films["runtime"] > 0) & (films["box_office"] > 0)]
        self.rows = self.tables.demo_features_f.write(films, mode="overwrite")
        print(f"{self.settings.environment.TARGET_DATABASE}.demo_features_f has {self.rows} rows")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Features()
