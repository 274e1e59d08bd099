"""Two configs: one that the team shares, and one for this flow. They are validated and reported together."""

from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel, config_expr


class Team(ConfigModel):
    """The shared settings of the team."""

    max_rows: int


class Job(ConfigModel):
    """The settings of this flow."""

    rows: int


class TwoConfigsFlow(FlowSpec):
    """Each config has its own file, options and variables."""

    team = Config("team", model=Team, default="team.toml")
    job = Config("job", model=Job, default="job.yaml")
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
