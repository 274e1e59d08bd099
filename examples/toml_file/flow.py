"""A config in a TOML file: the model is the parser. `.yaml` and `.json` work alike."""

from metaflow import FlowSpec, resources, step
from pydantic import PositiveInt

from typedflow import Config, ConfigModel


class Resources(ConfigModel):
    """What a task gets; the names are those of @resources."""

    cpu: PositiveInt = 1
    memory: PositiveInt = 1000


class Train(ConfigModel):
    """What the flow can be told."""

    layers: list[PositiveInt]
    learning_rate: float = 0.1
    resources: Resources = Resources()


class TomlFlow(FlowSpec):
    """Reads `train.toml`, here or beside this file; `--config train other.yaml` takes another file."""

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
