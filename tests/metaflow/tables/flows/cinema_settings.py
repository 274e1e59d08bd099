"""The settings of the project of tables."""

from pydantic import Field

from typedflow import ConfigModel


class Environment(ConfigModel):
    """What differs between environments."""

    database: str = Field(alias="DATABASE")


class Settings(ConfigModel):
    """What the flows are configured with."""

    environment: Environment
    rate: float = 1.0
