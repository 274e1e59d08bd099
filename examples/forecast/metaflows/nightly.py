"""The same training on a schedule, in an environment of its own: the flow that is deployed.

typedflow deploy nightly --to argo-workflows -- --environment conda
"""

from metaflow import conda_base, schedule
from settings import Settings
from training import Training

from typedflow import ref

settings = ref(Settings, "settings")


@schedule(daily=True)
@conda_base(packages=settings.configuration.conda)
class Nightly(Training):
    """Inherits the steps, and the settings with them."""


if __name__ == "__main__":
    Nightly()
