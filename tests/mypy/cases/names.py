"""Names of configs, and texts, that are not written as one literal."""

import os
from typing import Final, Literal

from metaflow import FlowSpec, resources, step
from typing_extensions import assert_type

from typedflow import Config, ConfigModel, config_expr, ref


class Train(ConfigModel):
    """A model."""

    cron: str = ""
    cpu: int = 1


class Other(ConfigModel):
    """Another."""

    cron: int = 1


NAME = "config"
CHOSEN: Final = "config" if os.environ["A"] else "other"
EITHER: Literal["config", "other"] = "config"
ONE: Literal["config"] = "config"
TEXT: Literal["config.cron"] = "config.cron"
FIELD: Final = "cron"


def name() -> str:
    """Return a name at run time."""
    return NAME


class Known(FlowSpec):
    """What mypy knows of a name is enough."""

    config = Config(ONE, model=Train, default="train.toml")
    assert_type(config_expr("config.cron"), str)
    wrong = [config_expr("config.crn"), config_expr("cnfig.cron")]


class Two(FlowSpec):
    """One of two names."""

    either = Config(EITHER, model=Train, default="train.toml")
    third = Config("third" if os.environ["A"] else "fourth", model=Other, default="other.toml")
    assert_type(config_expr("other.cron"), str)
    wrong = [config_expr("config.crn"), config_expr("third.crn + fourth.crn"), ref(Train, "fifth").cron]


class Chosen(FlowSpec):
    """A constant whose type mypy infers."""

    chosen = Config(CHOSEN, model=Train, default="train.toml")
    wrong = [config_expr("config.crn"), config_expr("other.crn"), config_expr("third.cron")]


class Unknown(FlowSpec):
    """Names that are made at run time."""

    config = Config(NAME, model=Train, default="train.toml")
    second = Config(name(), model=Train, default="train.toml")
    third = Config("third", model=Train, default="train.toml")
    right = [config_expr("third.cron"), ref(Train, "config").cron, config.cron]
    wrong = [config_expr("config.crn"), config_expr("third.crn"), config.crn]


class Heir(Unknown):
    """The same, inherited."""

    more = [config_expr("config.crn"), config_expr("third.crn")]


class Texts(FlowSpec):
    """One of several texts."""

    config = Config("config", model=Train, default="train.toml")
    assert_type(config_expr(TEXT), str)
    assert_type(config_expr("config.cron" if os.environ["A"] else "config.cpu"), str | int)
    assert_type(config_expr("config." + ("cron" if os.environ["A"] else "cpu")), str | int)
    assert_type(config_expr(expr="config." + FIELD), str)
    wrong = [
        config_expr("config.crn" if os.environ["A"] else "config.cpus"),
        config_expr("config." + ("crn" if os.environ["A"] else "cpus")),
        config_expr(EITHER),
        config_expr(NAME),
        config_expr("config." + NAME),
        config_expr(expr="config.crn"),
    ]

    @resources(cpu=config_expr("config.cron" if os.environ["A"] else "config.cpu"))
    @resources(cpu=config_expr(TEXT))
    @step
    def start(self) -> None:
        """Go on."""
