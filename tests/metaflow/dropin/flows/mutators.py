"""Mutators that read configs: of the flow, of its base, of its steps."""

import os

from facts import fact
from metaflow import Config, FlowMutator, FlowSpec, Parameter, StepMutator, config_expr, resources, step


class Limiting(FlowMutator):
    def init(self, **kwargs):
        self.factor = kwargs.get("factor", 1)

    def pre_mutate(self, mutable_flow):
        configs = dict(mutable_flow.configs)
        mutable_flow.add_parameter("injected", Parameter("injected", default=configs["later"]["a"]))

    def mutate(self, mutable_flow):
        limits = mutable_flow.limits
        for _, each in mutable_flow.steps:
            for name, _, _, attributes in each.decorator_specs:
                if name == "resources":
                    bounded = {key: min(int(attributes[key]), limit * self.factor) for key, limit in limits.items()}
                    each.add_decorator(name, deco_kwargs=attributes | bounded, duplicates=each.OVERRIDE)
        configs = dict(mutable_flow.configs)
        variables = {"BY_DOT": str(limits.cpu), "ITERATED": " ".join(configs), "LATE": config_expr("str(later.a)")}
        mutable_flow.start.add_decorator("environment", deco_kwargs={"vars": variables})


class Telling(StepMutator):
    def init(self, **kwargs):
        self.told = kwargs

    def mutate(self, mutable_step):
        told = {**self.told, "of_flow": mutable_step.flow.limits.memory}
        mutable_step.add_decorator("environment", deco_kwargs={"vars": {"TOLD": repr(sorted(told.items()))}})


@Limiting(factor=config_expr("limits.cpu"))
class Base(FlowSpec):
    limits = Config("limits", default_value={"cpu": 2, "memory": 100})  # typed: Limits


class MutatorsFlow(Base):
    later = Config("later", default="first.json")  # typed: Option

    @resources(cpu=16, memory=64)
    @step
    def start(self):
        found = {each.name: each.attributes for each in type(self).start.decorators}
        fact("bounded", [int(found["resources"]["cpu"]), int(found["resources"]["memory"])])
        fact("injected", self.injected)
        for name in "BY_DOT ITERATED LATE".split():
            fact(name, os.environ[name])
        fact("value in the step", [self.limits.cpu, self.later.a])
        self.next(self.end)

    @Telling(a=later.a, **Base.limits)
    @step
    def end(self):
        fact("TOLD", os.environ["TOLD"])


if __name__ == "__main__":
    MutatorsFlow()
