"""Uses a config before there is one, in the way named by a variable."""

import os

from metaflow import FlowSpec
from models import TrainConfig

from typedflow import Config


class EarlyFlow(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml")
    exec(os.environ["USE"])


if __name__ == "__main__":
    EarlyFlow()
