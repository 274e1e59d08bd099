"""The settings of the project's flows: a model for each family of flows, with shared fields in a base class."""

from typing import Annotated

from pydantic import Field, NonNegativeFloat
from tables import DemoFeaturesF

from typedflow import ConfigModel, SystemSettings

Database = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


class Environment(ConfigModel):
    """Where tables are: a database is a schema of the engine."""

    READ_DATABASE: Database
    """The database of the external tables."""
    TARGET_DATABASE: Database
    """The database that the flows write."""


class Sources(ConfigModel):
    """The settings of flows that only read and write tables."""

    environment: Environment


class Regression(ConfigModel):
    """A linear regression."""

    fit_intercept: bool = True
    alpha: NonNegativeFloat = 0.0
    """The weight of the penalty on large coefficients."""


class Configuration(ConfigModel):
    """What an experiment may change."""

    target_column: DemoFeaturesF.Column
    """The column to predict."""
    features: Annotated[list[DemoFeaturesF.Column], Field(min_length=1)]
    """The columns to learn from."""
    model: Regression = Regression()
    conda: dict[str, str] = {}
    """The versions of packages that the model was developed with; a run prints which ones differ."""


class Settings(Sources):
    """The settings of flows that fit a model."""

    configuration: Configuration
    system: SystemSettings = SystemSettings()
    """The version of the code, from git."""
