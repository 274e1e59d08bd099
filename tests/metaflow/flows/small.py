"""A flow whose Parameter default shows, in `run --help`, which config it was given."""

from metaflow import FlowSpec, Parameter, step
from models import TrainConfig

from typedflow import Config


class SmallFlow(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml")
    shown = Parameter("shown", default=config.name, show_default=True)
    rate = Parameter("rate", default=config.model.learning_rate)

    @step
    def start(self):
        print("in start", self.config.name, self.config.model.learning_rate)
        if self.config.model.learning_rate > 1:
            raise ValueError("diverged")
        self.next(self.end)

    @step
    def end(self):
        print("in end", self.config.name, self.config.model.learning_rate)


if __name__ == "__main__":
    SmallFlow()
