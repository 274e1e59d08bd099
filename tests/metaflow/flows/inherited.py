"""A base flow that carries a config, a mixin that carries another, and a flow that inherits both."""

from metaflow import FlowSpec, Parameter, resources, retry, step
from models import Small, TrainConfig

from typedflow import Config, config_expr


class Base(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml")
    base_name = Parameter("base-name", default=config.name)


class Mixin:
    small = Config("small", model=Small, default_value='{"size": 5}')
    half = small.size / 2


class InheritedFlow(Mixin, Base):
    @retry(times=config_expr("small.size - 5"))
    @resources(cpu=config_expr("small.size"), memory=Base.config.resources.memory)
    @step
    def start(self):
        print("inherited", self.config.name, self.small.size, self.half, self.base_name)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    InheritedFlow()
