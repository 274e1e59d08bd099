"""Flow-level decorators come before the config: `config_expr` names it before it is defined."""

import yaml
from metaflow import Config, FlowSpec, config_expr, current, environment, project, schedule, step
from pydantic import BaseModel


class Schedule(BaseModel, extra="forbid"):
    """When the deployed flow starts."""

    hour: int
    days: list[str]


class Job(BaseModel, extra="forbid"):
    """The settings of the flow."""

    name: str
    schedule: Schedule


def parsed_job(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Job.model_validate(yaml.safe_load(text)).model_dump(mode="json")


@schedule(cron=config_expr("f'0 {job.schedule.hour} * * ' + ','.join(job.schedule.days)"))  # any Python expression
@project(name=config_expr("job.name"))  # the same without a string: type checkers follow it
class DecoratedFlow(FlowSpec):
    """Runs under the project's name."""

    job = Config("job", default="job.yaml", parser=parsed_job)

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
