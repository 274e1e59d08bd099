"""typedflow: the model is the parser."""

from metaflow import FlowSpec, resources, step
from recording import record
from schema import Train

from typedflow import Config


class Measured(FlowSpec):
    """Reads a config in a step and in a decorator."""

    config = Config("config", model=Train, default="config.json")

    @resources(memory=config.resources.memory)
    @step
    def start(self) -> None:
        """Read the config."""
        record()
        self.rate = self.config.learning_rate
        self.next(self.middle)

    @step
    def middle(self) -> None:
        """Read the config again."""
        self.more = self.config.learning_rate + self.rate
        self.next(self.end)

    @step
    def end(self) -> None:
        """Do nothing."""


if __name__ == "__main__":
    Measured()
