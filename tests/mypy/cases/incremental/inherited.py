"""Flows whose configs are declared in other modules."""

from helpers import option
from metaflow import FlowSpec, resources, step
from mixins import Configured, Middle, Plain
from typing_extensions import assert_type

from typedflow import config_expr


class Inherited(FlowSpec, Configured, Plain):
    @resources(cpu=config_expr("config.cpu"))
    @option(cron=config_expr("config.schedule.cron"))
    @step
    def start(self) -> None:
        assert_type((self.config.cpu, config_expr("config.owner")), tuple[int, str])

    @option(anything=config_expr("extra.owner"))
    @step
    def end(self) -> None:
        assert_type(config_expr("extra.owner"), int)


@option(cron=config_expr("config.schedule.cron"))
class Far(FlowSpec, Middle):
    assert_type(config_expr("config.schedule.hours[0]"), int)
