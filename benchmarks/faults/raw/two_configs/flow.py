"""Two configs: one that the team shares, and one for this flow. They are validated and reported together."""

import tomli
import yaml
from metaflow import Config, FlowSpec, config_expr, step
from pydantic import BaseModel


class Team(BaseModel, extra="forbid"):
    """The shared settings of the team."""

    max_rows: int


class Job(BaseModel, extra="forbid"):
    """The settings of this flow."""

    rows: int


def parsed_team(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Team.model_validate(tomli.loads(text)).model_dump(mode="json")


def parsed_job(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Job.model_validate(yaml.safe_load(text)).model_dump(mode="json")


class TwoConfigsFlow(FlowSpec):
    """Each config has its own file, options and variables."""

    team = Config("team", default="team.toml", parser=parsed_team)
    job = Config("job", default="job.yaml", parser=parsed_job)
    rows = config_expr("min(job.rows, team.max_rows)")

    @step
    def start(self):
        print(f"{self.rows} of {self.job.rows} rows")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TwoConfigsFlow()
