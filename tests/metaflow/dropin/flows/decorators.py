"""A config's values in decorators, and as defaults of Parameters."""

import os

from facts import fact
from metaflow import (
    Config,
    FlowSpec,
    IncludeFile,
    JSONType,
    Parameter,
    config_expr,
    current,
    environment,
    project,
    resources,
    retry,
    schedule,
    step,
    trigger,
)

FACTOR = 10


def doubled(number):
    return 2 * number


def from_context(context):
    return context.configs.config.epochs + 1


@project(name=config_expr("config").project)
@schedule(cron=config_expr("config.cron"))
@trigger(event=config_expr("config.event"))
class DecoratorsFlow(FlowSpec):
    config = Config("config", default="values.json")  # typed: Settings
    rate = Parameter("rate", default=config.rate, type=float)
    epochs = Parameter("epochs", default=config["epochs"])
    helped = Parameter("helped", default="x", help=config.project)
    computed = Parameter("computed", default=config_expr("config.epochs * 2"), type=int)
    function = Parameter("function", default=from_context, type=int)
    whole = Parameter("whole", default=config_expr("config.nested.deep"), type=JSONType)
    included = IncludeFile("included", default=config.file)

    @retry(times=config.epochs)
    @resources(cpu=config.resources.cpu, memory=config_expr("config.resources.memory"))
    @environment(
        vars={
            "BY_DOT": config.project,
            "BY_KEY": config["nested"]["deep"].deeper,
            "BUILTIN": config_expr("str(config.epochs)"),
            "GLOBAL": config_expr("str(FACTOR * config.epochs)"),
            "FUNCTION": config_expr("str(doubled(config.epochs))"),
            "CHOICE": config_expr("'long' if config.epochs > 2 else 'short'"),
            "METHOD": config_expr("config.project.upper()"),
            "SELECTED": config.variables[config.selector],
        }
    )
    @step
    def start(self):
        for name in "BY_DOT BY_KEY BUILTIN GLOBAL FUNCTION CHOICE METHOD SELECTED".split():
            fact(name, os.environ.get(name))
        fact("project", lambda: current.project_name)
        for deco, attribute in (("schedule", "cron"), ("trigger", "event")):
            fact(deco, self._flow_decorators[deco][0].attributes[attribute])
        fact("resources", self.of_step("start", "resources"))
        fact("retry", self.of_step("start", "retry", "times"))
        for name in "rate epochs computed function whole included".split():
            fact(f"parameter {name}", lambda name=name: getattr(self, name))
        self.next(self.unpacked)

    def of_step(self, name, decorator, *attributes):
        found = {each.name: each.attributes for each in getattr(type(self), name).decorators}
        return [found[decorator][attribute] for attribute in attributes or ("cpu", "memory")]

    @resources(**config.resources)
    @environment(vars=config.variables)
    @step
    def unpacked(self):
        fact("unpacked", self.of_step("unpacked", "resources"))
        fact("a whole dictionary", [os.environ["FIRST"], os.environ["SECOND"]])
        self.next(self.end)

    @resources(cpu=4, **config_expr("{'memory': config.resources.memory}"))
    @step
    def end(self):
        fact("an expression unpacked", self.of_step("end", "resources"))


if __name__ == "__main__":
    DecoratorsFlow()
