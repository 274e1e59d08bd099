"""Models of every kind, read in every place where a flow reads its config; type checkers judge it, it is never run."""

from __future__ import annotations

import enum
from typing import Annotated, Generic, Literal, NewType, TypeVar

from metaflow import FlowSpec, Parameter, environment, kubernetes, project, pypi_base, resources, retry, schedule, step
from pydantic import BaseModel, Field, RootModel, computed_field
from pydantic.dataclasses import dataclass
from typing_extensions import assert_type

from typedflow import Config, ConfigModel, SettingsMixin, config_expr, ref

T = TypeVar("T")
Size = NewType("Size", int)


class Level(enum.Enum):
    """An enumeration."""

    LOW = "low"
    HIGH = "high"


class Adam(ConfigModel):
    """A member of a tagged union."""

    kind: Literal["adam"]
    beta: float = 0.9


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"]
    momentum: float = 0.1


class Resources(ConfigModel):
    """Options of a decorator."""

    cpu: int = 1
    memory: int = 4096


class Box(ConfigModel, Generic[T]):
    """A generic model."""

    content: T
    rest: list[T] = []


class Names(RootModel[list[str]]):
    """A model that is a list."""


@dataclass(frozen=True)
class Point:
    """A dataclass."""

    x: float
    y: float = 0.0


class Schedule(ConfigModel):
    """A sub-model."""

    cron: str = "0 0 * * *"
    timezone: str | None = None


class Everything(ConfigModel):
    """A field of each kind."""

    schedule: Schedule = Schedule()
    resources: Resources = Resources()
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")]
    amount: int | str = 1
    maybe: Resources | None = None
    table: dict[str, Resources] = {}
    listed: list[Point] = []
    numbers: Box[int]
    names: Names
    tuned: float = Field(default=0.1, alias="tuned-key")
    size: Size = Size(1)
    level: Level = Level.LOW
    env: dict[str, str] = {}
    later: Later | None = None

    @computed_field  # type: ignore[prop-decorator] # mypy takes no decorators above a property
    @property
    def width(self) -> int:
        """A computed field."""
        return self.resources.cpu * 2

    def described(self) -> str:
        """Describe it."""
        return self.schedule.cron


class Later(ConfigModel):
    """A model that is named before it is there."""

    parent: Later | None = None
    depth: int = 1


class Plain(BaseModel):
    """A model of pydantic's own."""

    a: int = 1


LATER = ref(Everything, "config")


@project(name=LATER.schedule.cron)
@schedule(cron=LATER.schedule.cron, timezone=LATER.schedule.timezone)
@pypi_base(packages=LATER.env)
class Flow(SettingsMixin[Everything], FlowSpec):
    """A flow: values are typed at class level, in decorators, in parameters and in steps."""

    config = Config("config", model=Everything, default="config.toml")
    plain = Config("plain", model=Plain, default_value={"a": 1})
    names = Config("names", model=Names, default_value=["a"])
    boxed = Config("boxed", model=Box[str], default_value='{"content": "a"}')
    raw = Config("raw", default="raw.json")
    alpha = Parameter("alpha", default=config.tuned)
    cpu = Parameter("cpu", default=config.resources.cpu, type=int)
    assert_type(config.resources.cpu, int)
    assert_type(config.table["a"].memory, int)
    assert_type(config.optimizer, Adam | Sgd)

    @retry(times=config.resources.cpu)
    @resources(**config.resources)
    @kubernetes(cpu=LATER.width, **ref(Everything, "settings").resources)
    @environment(vars={"SIZE": config.size, "ANY": config_expr("raw.anything"), "NAME": raw.name})
    @step
    def start(self) -> None:
        """Values have the types of the model's fields."""
        assert_type(self.config, Everything)
        assert_type(self.config.schedule.cron, str)
        assert_type(self.config.amount, int | str)
        assert_type(self.config.maybe, Resources | None)
        assert_type(self.config.table, dict[str, Resources])
        assert_type(self.config.listed[0].x, float)
        assert_type(self.config.numbers.content, int)
        assert_type(self.config.numbers.rest, list[int])
        assert_type(self.config.names.root, list[str])
        assert_type(self.config.tuned, float)
        assert_type(self.config.size, Size)
        assert_type(self.config.level, Level)
        assert_type(self.config.width, int)
        assert_type(self.config.described(), str)
        assert_type(self.boxed.content, str)
        assert_type(self.names.root, list[str])
        assert_type(self.plain.a, int)
        assert_type(self.settings.schedule, Schedule)
        assert_type(self.alpha, float)
        assert_type(self.cpu, int)
        self.next(self.narrowed)

    @step
    def narrowed(self) -> None:
        """A tag tells the members of a union apart, and a check takes None away."""
        optimizer = self.config.optimizer
        if optimizer.kind == "adam":
            assert_type(optimizer, Adam)
            self.rate = optimizer.beta
        else:
            assert_type(optimizer, Sgd)
            self.rate = optimizer.momentum
        if self.config.later is not None:
            assert_type(self.config.later.depth, int)
        self.plains = ({**self.config.resources}, dict(self.config.schedule), len(self.config))


assert_type(Flow.config.resources.memory, int)
assert_type(Flow.plain.a, int)
assert_type(ref(Box[int], "numbers").content, int)
