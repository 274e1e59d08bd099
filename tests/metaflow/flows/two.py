"""A flow with two configs; one's attribute has another name than the config."""

import os

from metaflow import FlowSpec, Parameter, step
from models import Small, TrainConfig

from typedflow import Config, config_expr


class TwoFlow(FlowSpec):
    train = Config(os.environ.get("CONFIG_NAME", "TrainConfig"), model=TrainConfig, default="myconfig.toml")
    small = Config("small", model=Small, default_value={"size": 3})
    raw = Config("raw", default_value={"a": {"b": 1}})
    total = Parameter("total", default=config_expr("small.size + raw.a.b"))
    renamed = Parameter("renamed", default=train.name)

    @step
    def start(self):
        print("two", self.train.name, self.small.size, self.raw.a.b, self.total, self.renamed)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TwoFlow()
