"""A config in a TOML file: the model is the parser. `.yaml` and `.json` work alike."""

from metaflow import FlowSpec, resources, step
from pydantic import PositiveInt

from typedflow import Config, ConfigModel


class Resources(ConfigModel):
    """The resources of a task, named as in @resources."""

    cpu: PositiveInt = 1
    memory: PositiveInt = 1000


class Train(ConfigModel):
    """The settings of the flow."""

    layers: list[PositiveInt]
    learning_rate: float = 0.1
    resources: Resources = Resources()


class TomlFlow(FlowSpec):
    """Reads `train.toml`, here or beside this file; `--config train other.yaml` uses another file."""

    train = Config("train", model=Train, default="train.toml")

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
