"""A Parameter with a default from the config: override it for one run with `run --rate 0.5`."""

import yaml
from metaflow import Config, FlowSpec, Parameter, config_expr, step
from pydantic import BaseModel


class Train(BaseModel, extra="forbid"):
    """The settings of the flow."""

    rate: float
    epochs: int


def parsed_train(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Train.model_validate(yaml.safe_load(text)).model_dump(mode="json")


class ParameterFlow(FlowSpec):
    """The config has the default, the Parameter overrides it for one run."""

    train = Config("train", default="train.yaml", parser=parsed_train)
    rate = Parameter("rate", default=train.rate, type=float)
    steps = Parameter("steps", default=config_expr("train.epochs * 100"), type=int)

    @step
    def start(self):
        print(f"rate {self.rate}, steps {self.steps}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    ParameterFlow()
