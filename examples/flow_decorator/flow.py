"""Flow-level decorators come before the config: `config_expr` names it before it is defined."""

from typing import Annotated

from metaflow import FlowSpec, current, environment, project, schedule, step
from pydantic import Field

from typedflow import Config, ConfigModel, config_expr, ref


class Schedule(ConfigModel):
    """When the deployed flow starts."""

    hour: int
    days: list[str]


class Job(ConfigModel):
    """The settings of the flow."""

    name: Annotated[str, Field(pattern="^[a-z0-9_]+$")]  # what Metaflow takes: `typedflow fuzz flow.py`
    schedule: Schedule


@schedule(cron=config_expr("f'0 {job.schedule.hour} * * ' + ','.join(job.schedule.days)"))  # any Python expression
@project(name=ref(Job, "job").name)  # the same without a string: type checkers follow it
class DecoratedFlow(FlowSpec):
    """Runs under the project's name."""

    job = Config("job", model=Job, default="job.yaml")

    @environment(vars={"HOUR": config_expr("str(job.schedule.hour)")})
    @step
    def start(self):
        print(f"project {current.project_name}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    DecoratedFlow()
