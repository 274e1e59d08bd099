"""The same training on a schedule, in separate environments: the flow that is deployed.

typedflow run nightly -- --environment pypi argo-workflows create
"""

from metaflow import pypi_base, schedule
from settings import Settings
from training import Training

from typedflow import ref

settings = ref(Settings, "settings")


@schedule(cron=settings.schedule.cron, timezone=settings.schedule.timezone)
@pypi_base(packages=settings.packages)
class Nightly(Training):
    """Inherits the steps, and the settings with them."""


if __name__ == "__main__":
    Nightly()
