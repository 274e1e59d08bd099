"""A Parameter with a default from the config: override it for one run with `run --rate 0.5`."""

from metaflow import FlowSpec, Parameter, step

from typedflow import Config, ConfigModel


class Train(ConfigModel):
    """The settings of the flow."""

    rate: float
    epochs: int


class ParameterFlow(FlowSpec):
    """The config has the default, the Parameter overrides it for one run."""

    train = Config("train", model=Train, default="train.yaml")
    rate = Parameter("rate", default=train.rate, type=float)
    steps = Parameter("steps", default=train.epochs * 100, type=int)

    @step
    def start(self):
        print(f"rate {self.rate}, steps {self.steps}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    ParameterFlow()
