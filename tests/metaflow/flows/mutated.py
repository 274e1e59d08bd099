"""A FlowMutator that reads the config and decorates steps with what it finds."""

import os

from metaflow import FlowMutator, FlowSpec, environment, step
from models import TrainConfig

from typedflow import Config, ref


class Environment(FlowMutator):
    def pre_mutate(self, mutable_flow):
        for name, config in mutable_flow.configs:
            print("mutator sees", name, type(config).__name__, config.model.learning_rate)
        late = ref(TrainConfig, "config")
        for _, each in mutable_flow.steps:
            each.add_decorator(environment, deco_kwargs={"vars": {"FROM_MUTATOR": late.name}})


@Environment
class MutatedFlow(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml")

    @step
    def start(self):
        print("mutated", os.environ["FROM_MUTATOR"], type(self.config).__name__)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    MutatedFlow()
