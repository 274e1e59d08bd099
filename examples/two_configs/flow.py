"""Two configs: one that the team shares, one of this flow. They are validated, and reported on, together."""

from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel, config_expr


class Team(ConfigModel):
    """What the team agrees on."""

    max_rows: int


class Job(ConfigModel):
    """What this flow does."""

    rows: int


class TwoConfigsFlow(FlowSpec):
    """Each config has a file, options and variables of its own."""

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
