"""Texts that are no expressions."""

from metaflow import FlowSpec

from typedflow import Config, ConfigModel, config_expr


class Train(ConfigModel):
    """A model."""

    rate: float = 0.1


class Wrong(FlowSpec):
    """Each mistake stands where Python's parser says so."""

    config = Config("config", model=Train, default="train.toml")

    syntax = [
        config_expr("config.rate."),
        config_expr("config.class"),
        config_expr("config.rate.cron +"),
        config_expr("x = config.rate"),
        config_expr("config schedule"),
        config_expr("(yield config)"),
        config_expr(""),
        config_expr("\n  config"),
        config_expr("'" + "config"),
    ]
