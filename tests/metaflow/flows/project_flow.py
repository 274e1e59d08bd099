"""A flow with the settings of its project."""

import os

from metaflow import FlowSpec, Parameter, pypi_base, resources, schedule, step
from project_settings import Settings

from typedflow import SettingsMixin, ref

SETTINGS = ref(Settings, "settings")


@schedule(cron=SETTINGS.cron)
class ProjectFlow(SettingsMixin[Settings], FlowSpec):
    alpha = Parameter("alpha", default=SETTINGS.model.alpha)

    @resources(cpu=SETTINGS.cpu)
    @step
    def start(self):
        print("settings", self.settings.target, self.settings.model.alpha, self.settings.cpu, self.alpha)
        print("cron", self._flow_decorators["schedule"][0].attributes["cron"])
        self.show_settings(exclude_patterns=["packages", "model.*"])
        self.next(self.end)

    @step
    def end(self):
        pass


if os.environ.get("PYPI"):  # takes an environment that installs packages, which a local run has not
    pypi_base(packages=SETTINGS.packages)(ProjectFlow)

if __name__ == "__main__":
    ProjectFlow()
