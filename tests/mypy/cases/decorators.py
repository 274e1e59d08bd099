"""Configs as arguments of Metaflow's decorators, right and wrong."""

import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from metaflow import (
    FlowSpec,
    Parameter,
    catch,
    environment,
    kubernetes,
    project,
    pypi,
    pypi_base,
    resources,
    retry,
    schedule,
    secrets,
    step,
    timeout,
    trigger,
)
from metaflow import resources as needs

from typedflow import Config, ConfigModel, config_expr, ref


class Zone(Enum):
    """An enum, which decorators get by value."""

    UTC = "UTC"


class Schedule(ConfigModel):
    """Fields of the decorator's own names, and others."""

    cron: str | None = None
    timezone: Zone = Zone.UTC


class Resources(ConfigModel):
    """What `resources` takes."""

    cpu: int = 1
    memory: int = 4096


class Odd(ConfigModel):
    """What `resources` does not take."""

    cpu: str = "1"
    gpus: int = 1
    memory: int | None = None


class Train(ConfigModel):
    """A model."""

    schedule: Schedule = Schedule()
    resources: Resources = Resources()
    odd: Odd = Odd()
    variables: dict[str, str] = {}
    packages: dict[str, str] = {}
    secrets: list[str] = []
    python: str = "3.11"
    path: Path = Path("a")
    wait: datetime.timedelta = datetime.timedelta(hours=1)
    events: list[str] = []
    name: str = "training"
    rate: float = 0.1
    anything: Any = None
    counts: dict[str, int] = {}
    zone: Zone = Zone.UTC


@project(name=config_expr("config.name"))
@schedule(cron=config_expr("config.schedule.cron"), timezone=config_expr("config.schedule.timezone"))
@schedule(**ref(Train, "config").schedule)
@schedule(**config_expr("config.schedule"))
@pypi_base(packages=config_expr("config.packages"), python=ref(Train, "config").python)
@trigger(events=config_expr("config.events"))
class Right(FlowSpec):
    """Each decorator takes what it is given."""

    config = Config("config", model=Train, default="train.toml")
    rate = Parameter("rate", default=config.rate, type=float)

    @resources(**config.resources)
    @needs(cpu=config.resources.cpu * 2, memory=config.resources.memory)
    @environment(vars=config.variables)
    @retry(times=config.resources.cpu)
    @step
    def start(self) -> None:
        """Go on."""
        self.next(self.train)

    @pypi(packages=config.packages, python=config.python)
    @kubernetes(image=config_expr("config.path"), secrets=config.secrets)
    @timeout(seconds=config_expr("int(config.wait.total_seconds())"))
    @resources(cpu=config.anything)
    @step
    def train(self) -> None:
        """Go on."""
        self.next(self.end)

    @catch(var=config.name)
    @step
    def end(self) -> None:
        """Stop."""


@project(name=config_expr("config.rate"))
@schedule(cron=config_expr("config.resources.cpu"))
@schedule(cron=config_expr("  config.rate * 2  "), timezone=config_expr("config.wait"))
@schedule(cron=Right.config.resources.cpu)
@schedule(cron=ref(Train, "config").resources.cpu)
@schedule(**config_expr("config.resources"))
@pypi_base(packages=config_expr("config.python"))
class Wrong(FlowSpec):
    """Each mistake names the argument, what was found and what was expected."""

    config = Config("config", model=Train, default="train.toml")

    @resources(**config.odd)
    @resources(cpu=config.python, memory=config.resources.memory)
    @resources(memory=config["python"])
    @resources(cpu=config.odd.memory)
    @needs(cpu=-config.variables)
    @environment(vars=config.events)
    @step
    def start(self) -> None:
        """Go on."""
        self.next(self.end)

    @resources(cpu=config_expr("config.resources.cpus"))
    @resources(cpu="1")
    @kubernetes(image=config.wait)
    @timeout(seconds=config.wait)
    @step
    def end(self) -> None:
        """Stop."""


class Contexts(FlowSpec):
    """What mypy infers from the parameter's type hides nothing."""

    config = Config("config", model=Train, default="train.toml")

    @pypi(packages=config_expr("{}"))
    @pypi(packages=config_expr("dict()"))
    @pypi(packages=config_expr("{'a': config.zone}"))
    @pypi(packages=config_expr("{'a': config.anything, 'b': config.zone}"))
    @secrets(sources=config_expr("[config.anything, config.zone, config.resources]"))
    @resources(cpu=config_expr("max([], default=1)"))
    @step
    def start(self) -> None:
        """Go on."""
        self.next(self.end)

    @pypi(packages=config_expr("dict(config.counts)"))
    @pypi(packages=config_expr("{name: count for name, count in config.counts.items()}"))
    @pypi(packages=config_expr("{'a': 1}"))
    @pypi(packages=config_expr("{**config.counts}"))
    @pypi(packages=config_expr("config.counts or {}"))
    @pypi(packages=config_expr("{} if config.rate else config.counts"))
    @pypi(packages=config_expr("{'a': config.python + 1}"))
    @pypi(packages=config_expr("{'a': config.anything, 'b': 1}"))
    @secrets(sources=config_expr("[name for name in config.counts.values()]"))
    @secrets(sources=config_expr("[config.anything, print]"))
    @step
    def end(self) -> None:
        """Stop."""
