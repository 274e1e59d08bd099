"""A FlowMutator that reads the config and decorates the flow's steps (Metaflow 2.19.30 and later)."""

import os

from metaflow import FlowMutator, FlowSpec, step

from typedflow import Config, ConfigModel


class Job(ConfigModel):
    """The settings of the flow; `env` is for the steps that it names."""

    env: dict[str, dict[str, str]] = {}


class WithEnvironment(FlowMutator):
    """Sets the environment variables that the config has for each step."""

    def pre_mutate(self, mutable_flow):
        """Decorate each step that the config names."""
        env = mutable_flow.job.env
        for name, mutable_step in mutable_flow.steps:
            if name in env:
                mutable_step.add_decorator("environment", deco_kwargs={"vars": env[name]})


@WithEnvironment
class MutatedFlow(FlowSpec):
    """The steps do not set the variable; the config does."""

    job = Config("job", model=Job, default="job.yaml")

    @step
    def start(self):
        print(f"GREETING is {os.environ['GREETING']}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    MutatedFlow()
