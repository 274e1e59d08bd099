"""Metaflow's own configs: in decorators of the flow and of steps, in parameters, in steps."""

import json
from typing import Any

from metaflow import (
    Config,
    FlowSpec,
    Parameter,
    card,
    config_expr,
    environment,
    kubernetes,
    project,
    pypi,
    pypi_base,
    pyproject_toml_parser,
    resources,
    retry,
    schedule,
    step,
    trigger,
)


def parsed(text: str) -> dict[str, Any]:
    """Parse a config."""
    found: dict[str, Any] = json.loads(text)
    return found


@project(name=config_expr("config").project.name)
@trigger(event=config_expr("config.event"))
@schedule(cron=config_expr("config['cron']"), timezone="Europe/Berlin")
@pypi_base(**config_expr("packages"))
class Configured(FlowSpec):
    """Takes all that it does from its configs."""

    config = Config("config", default="config.json")
    given = Config("given", default_value={"a": {"b": 1}})
    own = Config("own", default="config.txt", parser=parsed, required=True)
    packages = Config("packages", default="pyproject.toml", parser=pyproject_toml_parser)
    limit = Parameter("limit", default=config.limit)
    rate = Parameter("rate", default=config["rate"], type=float)

    @card(type=config.card)
    @retry(times=config.retries)
    @pypi(packages=config.packages)
    @environment(vars={"LEVEL": config.level, "SIZE": config_expr("str(given.a.b)")})
    @resources(cpu=config.resources.cpu, memory=config_expr("config.resources.memory * 1024"))
    @step
    def start(self) -> None:
        """Read configs in a step."""
        self.level = self.config.level.upper() + str(self.given["a"]["b"]) + self.own.name
        for key, value in self.config.resources.items():
            print(key, value, self.limit + 1, self.rate)
        self.next(self.train)

    @kubernetes(**config.kubernetes)
    @step
    def train(self) -> None:
        """Unpack a config as a decorator's options."""
        self.next(self.end)

    @step
    def end(self) -> None:
        """Configs are there at class level, too."""
        print(Configured.config.level)


if __name__ == "__main__":
    Configured()
