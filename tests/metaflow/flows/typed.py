"""Typed values everywhere: at class level, in steps, in a foreach and its join."""

import os
import sys

from metaflow import FlowSpec, Parameter, current, environment, resources, schedule, step
from models import TrainConfig

from typedflow import Config, config_expr, ref

LATER = ref(TrainConfig, "config")
FACTOR = 10


@schedule(cron=config_expr("config.schedule.cron"))
class TypedFlow(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml", help="How to train.")
    lr = Parameter("lr", default=config.model.learning_rate, type=float)
    doubled = config.model.layers[0] * 2

    @resources(cpu=config.resources.cpu + 1)
    @environment(
        vars={
            "KEY": config.env["my-key"],
            "ALIAS": config["tuned-key"],
            "NAME": config.name,
            "KWARGS": config.kwargs,
            "SIZE": config.size,
            "DAY": config.day,
            "PATH_": config.path,
            "LAYER": config.model.layers[1],
            "NEGATIVE": -config.model.layers[1],
            "REFLECTED": 100 - config.model.layers[0],
            "JOINED": "x-" + config.name,
            "SELECTED": config.env[config_expr("'my-' + 'key'")],
            "CALL": config_expr("config.name.upper()"),
            "SHORT_CIRCUIT": config_expr("config.nothing.cpu if config.nothing else 'none'"),
            "SHADOWED": config_expr("[config.upper() for config in config.features]"),
            "COMPREHENSION": config_expr("[layer * FACTOR for layer in config.model.layers]"),
            "PROPERTY": LATER.model.depth,
            "COMPUTED": config.model.width,
            "MINUTES": config_expr("config.timeout.total_seconds() / 60"),
        }
    )
    @step
    def start(self):
        print("type", type(self.config).__name__, type(self.config.size).__name__, self.config.day)
        print("packages", *sorted({name.split(".")[1] for name in sys.modules if name.startswith("typedflow.")}))
        print("lr", self.lr, "doubled", self.doubled)
        for name in sorted(os.environ):
            if name in self.names():
                print("var", name, os.environ[name])
        print("cron", self._flow_decorators["schedule"][0].attributes["cron"])
        self.feature = None
        self.next(self.each, foreach="features")

    @staticmethod
    def names():
        return (
            "KEY ALIAS NAME KWARGS SIZE DAY PATH_ LAYER NEGATIVE REFLECTED JOINED SELECTED CALL COMPREHENSION "
            "SHORT_CIRCUIT SHADOWED "
            "PROPERTY COMPUTED MINUTES"
        ).split()

    @property
    def features(self):
        return self.config.features

    @resources(**config.resources)
    @step
    def each(self):
        self.feature = f"{self.input}/{len(self.config.features)}"
        self.next(self.join)

    @step
    def join(self, inputs):
        print("joined", sorted(f"{i.feature}:{type(i.config).__name__}:{i.config.model.learning_rate}" for i in inputs))
        self.merge_artifacts(inputs, exclude=["feature"])
        self.next(self.end)

    @step
    def end(self):
        print("unpacked", dict(self.config.resources), current.flow_name)


if __name__ == "__main__":
    TypedFlow()
