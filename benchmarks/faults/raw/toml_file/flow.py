"""A config in a TOML file, as one writes it without typedflow."""

import tomli
from metaflow import Config, FlowSpec, resources, step
from pydantic import BaseModel, PositiveInt


class Resources(BaseModel, extra="forbid"):
    """The resources of a task, named as in @resources."""

    cpu: PositiveInt = 1
    memory: PositiveInt = 1000


class Train(BaseModel, extra="forbid"):
    """The settings of the flow."""

    layers: list[PositiveInt]
    learning_rate: float = 0.1
    resources: Resources = Resources()


def parsed_train(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Train.model_validate(tomli.loads(text)).model_dump(mode="json")


class TomlFlow(FlowSpec):
    """Reads `train.toml`, here or beside this file; `--config train other.yaml` uses another file."""

    train = Config("train", default="train.toml", parser=parsed_train)

    @resources(**train.resources)
    @step
    def start(self):
        self.widest = max(self.train.layers)
        print(f"{len(self.train.layers)} layers, rate {self.train.learning_rate}, cpu {self.train.resources.cpu}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TomlFlow()
