"""Models with defaults that lie under a part of what files set."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Generic, Literal, NamedTuple, Optional, TypeVar

from pydantic import Field, RootModel
from typing_extensions import TypedDict

from typedflow.layers import Merge
from typedflow.models import ConfigModel

T = TypeVar("T")


class Schedule(ConfigModel):
    """A model inside of another."""

    warmup: int
    decay: float = 0.5


class Opt(ConfigModel):
    """A model with a required field, and one with defaults of its own."""

    name: str
    lr: float = 9.0
    schedule: Schedule = Schedule(warmup=1, decay=0.25)
    tags: Annotated[list[str], Merge.append] = ["own"]


class Adam(ConfigModel):
    """A variant."""

    kind: Literal["adam"] = "adam"
    lr: float
    betas: tuple[float, float] = (0.1, 0.2)
    schedule: Schedule = Schedule(warmup=5, decay=0.75)


class Sgd(ConfigModel):
    """Another, with a common field."""

    kind: Literal["sgd"] = "sgd"
    lr: float = 7.0
    momentum: float = 0.0
    schedule: Schedule = Schedule(warmup=6)


class Left(ConfigModel):
    """A member of a union without a tag."""

    both: int = 1
    left: int = 2


class Right(ConfigModel):
    """Another."""

    both: int = 1
    right: int = 2


class Stage(ConfigModel):
    """An item of a list."""

    name: str
    opt: Opt = Opt(name="stage", lr=3.0)
    size: int = 0


class Point(NamedTuple):
    """A tuple that files may write as a mapping."""

    x: int
    y: int = 9


@dataclasses.dataclass(frozen=True)
class Box(Generic[T]):
    """A dataclass."""

    content: T
    opt: Opt = dataclasses.field(default_factory=lambda: Opt(name="boxed"))


class Typed(TypedDict, total=False):
    """A dictionary with known keys."""

    a: int
    b: int


class Names(RootModel[dict[str, int]]):
    """A mapping as a model."""


class Everything(ConfigModel):
    """A field of each kind."""

    opt: Opt = Opt(name="sgd", lr=0.5)
    maybe: Opt | None = Opt(name="maybe", lr=0.5)
    old_style: Optional[Opt] = Opt(name="old")  # noqa: UP045 # people write it so
    required: Opt | None = None
    made: Opt = Field(default_factory=lambda: Opt(name="made", lr=0.125))
    models: dict[str, Opt] = {"a": Opt(name="A"), "b": Opt(name="B")}
    env: dict[str, int] = {"u": 1, "v": 2}
    data: Any = {"u": {"deep": 1}, "v": 2}
    added: Annotated[list[str], Merge.append] = ["a", "b"]
    unique: Annotated[list[str], Merge.union] = ["a", "b"]
    unique_set: Annotated[frozenset[str], Merge.union] = frozenset({"b", "a"})
    stages: Annotated[list[Stage], Merge.by_key("name")] = [Stage(name="i", size=1), Stage(name="j", size=2)]
    plain_list: list[str] = ["z"]
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam(lr=0.3, betas=(0.5, 0.6))
    untagged: Left | Right = Right(right=5)
    point: Point = Point(1, 2)
    steps: list[Stage] = []
    pair: tuple[int, Stage] | None = None
    replaced: Annotated[Opt, Merge.replace] = Opt(name="replaced")
    typed: Typed = {"a": 1, "b": 2}
    names: Names = Names({"a": 1, "b": 2})
    box: Box[int] = Box(1, Opt(name="inner"))
    checked: dict[str, float] = Field(default={"a": "1"}, validate_default=True)
