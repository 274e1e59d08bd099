"""A config with neither a default nor ``required=True`` may be None, in expressions as in steps."""

from __future__ import annotations

from metaflow import FlowSpec, resources, schedule, step
from typing_extensions import assert_type

from typedflow import Config, ConfigModel, config_expr, ref


class Resources(ConfigModel):
    """A sub-model."""

    cpu: int = 1


class Train(ConfigModel):
    """A model."""

    cron: str = ""
    resources: Resources = Resources()


@schedule(cron=config_expr("maybe.cron"))
@schedule(cron=config_expr("maybe.cron if maybe is not None else ''"))
@schedule(cron=ref(Train, "maybe").cron)
class Flow(FlowSpec):
    """Each of its configs has a value, or perhaps not."""

    maybe = Config("maybe", model=Train)
    none = Config("none", model=Train, default=None, required=False, help="none")
    needed = Config("needed", model=Train, required=True)
    file = Config("file", model=Train, default="file.toml")
    value = Config("value", model=Train, default_value={})
    function = Config("function", model=Train, default_value=lambda _: {})

    assert_type(config_expr("maybe"), Train | None)
    assert_type(config_expr("none"), Train | None)
    assert_type(config_expr("needed"), Train)
    assert_type(config_expr("file.cron"), str)
    assert_type(config_expr("value.resources.cpu"), int)
    assert_type(config_expr("function.cron"), str)
    assert_type(config_expr("maybe.cron if maybe else None"), str | None)

    attributes = [
        config_expr("maybe.cron"),
        config_expr("none.resources.cpu + 1"),
        config_expr("needed.cron + maybe.cron"),
        maybe.cron,
    ]

    @resources(**maybe.resources)
    @resources(**config_expr("maybe.resources"))
    @resources(cpu=config_expr("maybe.resources.cpu"))
    @resources(cpu=maybe.resources.cpu)
    @step
    def start(self) -> None:
        """Read it."""
        self.cron = self.maybe.cron
        if self.maybe is not None:
            self.cron = self.maybe.cron
        self.next(self.end)

    @step
    def end(self) -> None:
        """Stop."""
