"""Raw Metaflow: a config that is a dictionary."""

from metaflow import Config, FlowSpec, resources, step
from recording import record


class Measured(FlowSpec):
    """Reads a config in a step and in a decorator."""

    config = Config("config", default="config.json")

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
