"""Raw Metaflow, with a parser whose model is imported at the top of the flow's file."""

from typing import Any

from metaflow import Config, FlowSpec, resources, step
from recording import record
from schema import Train


def parsed(text: str) -> dict[str, Any]:
    """Validate a config."""
    return Train.model_validate_json(text).model_dump(mode="json")


class Measured(FlowSpec):
    """Reads a config in a step and in a decorator."""

    config = Config("config", default="config.json", parser=parsed)

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
