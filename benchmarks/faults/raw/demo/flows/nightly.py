"""The same training on a schedule, in separate environments: the flow that is deployed."""

from metaflow import config_expr, pypi_base, schedule
from training import Training


@schedule(cron=config_expr("settings.schedule.cron"), timezone=config_expr("settings.schedule.timezone"))
@pypi_base(packages=config_expr("settings.packages"))
class Nightly(Training):
    """Inherits the steps, and the settings with them."""


if __name__ == "__main__":
    Nightly()
