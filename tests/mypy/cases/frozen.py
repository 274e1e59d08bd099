"""Fields of frozen models are not assigned, whether Pydantic's plugin says so or this one."""

from typing import ClassVar, Generic, TypeVar

from metaflow import FlowSpec, step
from pydantic import BaseModel, ConfigDict, PrivateAttr

from typedflow import Config, ConfigModel

T = TypeVar("T")


class Stage(ConfigModel):
    """A model."""

    cpu: int = 1
    more: dict[str, int] = {}
    _cache: int = PrivateAttr(default=1)
    kind: ClassVar[int] = 1

    def fill(self) -> None:
        """Assign what is no field, and what is one."""
        self._cache = 2
        self.cpu = 2


class Owned(BaseModel):
    """Not frozen."""

    owner: str = ""


class Both(Owned, ConfigModel):
    """Frozen, its inherited fields too."""

    stage: Stage = Stage()


class Box(ConfigModel, Generic[T]):
    """A generic model."""

    content: T


class Mutable(ConfigModel):
    """What a model says of itself counts."""

    model_config = ConfigDict(frozen=False)
    cpu: int = 1


class Thawed(Stage, frozen=False):
    """The same, as a keyword."""


class Ice(BaseModel):
    """A model of another kind, which says that it is frozen."""

    model_config = {"frozen": True}
    cpu: int = 1


class Flow(FlowSpec):
    """A flow."""

    config = Config("config", model=Both, default="both.toml")

    @step
    def start(self) -> None:
        """Assign fields of the config, and what may be assigned."""
        self.config.stage.cpu = 3
        (self.number, self.config.owner) = 3, ""
        self.config.stage.cpu += 1
        self.config.stage.more["a"] = 1
        self.config = self.config


Both().owner = ""
Box[int](content=1).content = 2
Ice().cpu = 2
Owned().owner = ""
Mutable().cpu = 2
Thawed().cpu = 2
Stage.kind = 2
