"""Flows with configs of their own, and helpers beside them."""

import helpers
from helpers import LIMIT, TEXT, count, option
from metaflow import FlowSpec, resources, schedule, step
from models import Other, Schedule, Settings
from typing_extensions import assert_type

from typedflow import Config, config_expr


@schedule(cron=config_expr("config.schedule.cron"))
class Declared(FlowSpec):
    config = Config("config", model=Settings, default="settings.toml")

    @resources(cpu=config_expr("config.cpu + LIMIT"))
    @option(cpu=config_expr("config.cpu"), cron=config_expr("config.schedule.cron"))
    @step
    def start(self) -> None:
        assert_type(config_expr("[config.owner]"), list[str])

    @resources(**config.limits)
    @resources(**helpers.shared.limits)
    @resources(cpu=helpers.shared.cpu)
    @option(anything=config_expr("config.memory"))
    @step
    def end(self) -> None:
        assert_type(config_expr("{hour: count() for hour in config.schedule.hours}"), dict[int, int])

    assert_type(config_expr(TEXT), int)
    assert_type(config_expr("helpers.LIMIT"), int)
    assert_type(config["owner"], str)


shared = option(cron=config_expr("config.schedule.cron"), cpu=config_expr("config.cpu"))


def chosen() -> None:
    """Has no config of its own."""
    assert_type(config_expr("config.schedule"), Schedule)
