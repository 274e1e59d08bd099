"""Fits a regression to the features of a binding, and writes its predictions.

typedflow run training --binding 'EXP_*'
"""

from importlib import metadata

import numpy as np
from custom.model import fit_predict
from metaflow import FlowSpec, project, step
from settings import Settings
from tables import Tables

from typedflow import SettingsMixin, TablesMixin


@project(name="demo")
class Training(TablesMixin[Tables], SettingsMixin[Settings], FlowSpec):
    """The settings choose the target, the features, the model and the databases."""

    @step
    def start(self):
        self.show_settings(exclude_patterns=["system*"])
        configuration = self.settings.configuration
        for package, version in configuration.conda.items():
            if metadata.version(package) != version:
                print(f"{package} is {metadata.version(package)} here; the settings name {version}")
        columns = ["title_id", *configuration.features, configuration.target_column]
        films = self.tables.demo_features_f.read(columns=columns).rows()
        self.titles = [film["title_id"] for film in films]
        self.features = np.array([[film[name] for name in configuration.features] for film in films], dtype=float)
        self.target = np.array([film[configuration.target_column] for film in films], dtype=float)
        self.next(self.fit)

    @step
    def fit(self):
        self.predicted, self.r2 = fit_predict(self.features, self.target, self.settings.configuration.model)
        self.next(self.end)

    @step
    def end(self):
        target = self.settings.configuration.target_column
        pairs = zip(self.titles, self.predicted, strict=True)
        rows = [{"title_id": title, "predicted": predicted} for title, predicted in pairs]
        self.tables.demo_predictions_f.write(rows, partitions={"target": target})
        print(f"{target}: r2 {self.r2:.3f}, {len(self.titles)} predictions")


if __name__ == "__main__":
    Training()
