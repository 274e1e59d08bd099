"""The models of the test flows."""

from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, RootModel, computed_field

from typedflow import ConfigModel, Merge


class Size(Enum):
    """An enum, which decorators take by its value."""

    SMALL = "small"
    LARGE = "large"


class Schedule(ConfigModel):
    """A sub-model."""

    cron: str


class Model(ConfigModel):
    """A sub-model with a list, a property and a computed field."""

    learning_rate: float = 0.1
    """How fast."""
    layers: list[int] = [1, 2]

    @property
    def depth(self) -> int:
        """Expressions see methods and properties of the model."""
        return len(self.layers)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def width(self) -> int:
        """A computed field is no part of what is stored."""
        return max(self.layers)


class Resources(ConfigModel):
    """What `**config.resources` unpacks."""

    cpu: int = 1
    memory: int = 1000


class TrainConfig(ConfigModel):
    """A config with every kind of value that flows read at class level."""

    schedule: Schedule
    model: Model = Model()
    resources: Resources = Resources()
    size: Size = Size.SMALL
    name: str = "unnamed"
    kwargs: str = "a field named like an attribute of Parameter"
    features: Annotated[list[str], Merge.append] = []
    env: dict[str, str] = {}
    day: date = date(2024, 1, 1)
    path: Path = Path("data/x.csv")
    timeout: timedelta = timedelta(minutes=5)
    nothing: Resources | None = None
    tuned_key: int = Field(default=0, alias="tuned-key")


class Small(ConfigModel):
    """The second config of a flow with two."""

    size: int = 1


class Plain(BaseModel):
    """A model that is no ConfigModel."""

    a: int = 1
    b: list[str] = []


class Names(RootModel[list[str]]):
    """A config that is a list."""
