"""Models and a flow of another module."""

from metaflow import FlowSpec

from typedflow import Config, ConfigModel


class First(ConfigModel):
    """A model."""

    one: int = 1


class Second(ConfigModel):
    """Another model."""

    two: int = 2


class Base(FlowSpec):
    """A flow to inherit from."""

    config = Config("config", model=First, default="first.toml")
    renamed = Config("other", model=Second, default="second.toml")


class Mixin:
    """No flow, but it carries a config."""

    mixed = Config("mixed", model=Second, default="second.toml")


SHARED = Config("shared", model=First, default="first.toml")
