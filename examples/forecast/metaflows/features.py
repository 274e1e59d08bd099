"""Joins titles with their metrics into the table that `training` learns from.

typedflow run features
"""

from custom.data import load_features
from metaflow import FlowSpec, step
from settings import Sources

from typedflow import SettingsMixin


class Features(SettingsMixin[Sources], FlowSpec):
    """One step: the join is SQL."""

    @step
    def start(self):
        self.show_settings()
        self.rows = load_features(self.settings.environment)
        print(f"{self.settings.environment.TARGET_DATABASE}.demo_features_f has {self.rows} rows")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Features()
