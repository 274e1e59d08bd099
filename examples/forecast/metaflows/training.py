"""Fits a regression to the features of a binding, and writes its predictions.

typedflow run training --binding 'EXP_*'
"""

from importlib import metadata

import numpy as np
from custom.data import read_features, write_predictions
from custom.model import fit_predict
from metaflow import FlowSpec, project, step
from settings import Settings

from typedflow import SettingsMixin


@project(name="demo")
class Training(SettingsMixin[Settings], FlowSpec):
    """The settings choose the target, the features, the model and the databases."""

    @step
    def start(self):
        self.show_settings(exclude_patterns=["system*"])
        configuration = self.settings.configuration
        for package, version in configuration.conda.items():
            if metadata.version(package) != version:
                print(f"{package} is {metadata.version(package)} here; the settings name {version}")
        columns = ["title_id", *configuration.features, configuration.target_column]
        table = np.array(read_features(self.settings.environment, columns), dtype=float)
        self.titles, self.features, self.target = table[:, 0].astype(int), table[:, 1:-1], table[:, -1]
        self.next(self.fit)

    @step
    def fit(self):
        self.predicted, self.r2 = fit_predict(self.features, self.target, self.settings.configuration.model)
        self.next(self.end)

    @step
    def end(self):
        target = self.settings.configuration.target_column
        write_predictions(self.settings.environment, target, zip(self.titles.tolist(), self.predicted, strict=True))
        print(f"{target}: r2 {self.r2:.3f}, {len(self.titles)} predictions")


if __name__ == "__main__":
    Training()
