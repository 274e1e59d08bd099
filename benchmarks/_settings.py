"""The settings model of the measured project: nested, with lists, mappings, constrained numbers and a tagged union."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from typedflow import ConfigModel


class Schedule(ConfigModel):
    """When the flow runs."""

    cron: str
    timezone: str
    enabled: bool
    timeout: timedelta


class Resources(ConfigModel):
    """What each task gets."""

    cpu: int = Field(ge=1)
    memory: int = Field(ge=128)
    gpu: int = 0
    disk: int
    retries: int = Field(ge=0)


class Column(ConfigModel):
    """A column of the table."""

    name: str
    dtype: Literal["float", "int", "text"]


class Data(ConfigModel):
    """What is read."""

    table: str
    target: str
    features: list[str]
    columns: list[Column]
    test_share: float = Field(gt=0, lt=1)
    seed: int


class Adam(ConfigModel):
    """The optimizer of that name."""

    kind: Literal["adam"]
    learning_rate: float
    betas: tuple[float, float]


class Sgd(ConfigModel):
    """The optimizer of that name."""

    kind: Literal["sgd"]
    learning_rate: float
    momentum: float = 0.0


class Model(ConfigModel):
    """What is trained."""

    layers: list[int]
    dropout: float
    activation: Literal["relu", "gelu", "tanh"]
    epochs: int
    batch_size: int
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")]


class Settings(ConfigModel):
    """All settings of a flow."""

    name: str
    owner: str
    description: str
    tags: list[str]
    schedule: Schedule
    resources: Resources
    data: Data
    model: Model
    conda: dict[str, str]
    alerts: dict[str, list[str]]
