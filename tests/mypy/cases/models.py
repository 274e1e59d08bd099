"""Typed access to models of every kind: in steps, at class level, by key, from the flow's class, in expressions."""

from __future__ import annotations

import dataclasses
import datetime
import uuid
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from metaflow import FlowSpec, step
from pydantic import BaseModel, ConfigDict, Field, RootModel, computed_field
from typing_extensions import TypedDict, assert_type

from typedflow import Config, ConfigModel, Merge, config_expr, ref

T = TypeVar("T")


class Color(Enum):
    """An enum."""

    RED = "red"


class Adam(ConfigModel):
    """One variant of a discriminated union."""

    kind: Literal["adam"] = "adam"
    beta: float = 0.9


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"] = "sgd"
    momentum: float = 0.0


class Page(ConfigModel, Generic[T]):
    """A generic model."""

    items_: list[T] = Field(default=[], alias="items")
    first: T | None = None


class Names(RootModel[list[str]]):
    """A list as a model."""


class Table(RootModel[dict[str, int]]):
    """A dict as a model."""


@dataclasses.dataclass
class Point:
    """A dataclass."""

    x: int = 0


class Typed(TypedDict):
    """A typed dict."""

    key: int


class Plain(BaseModel):
    """No ConfigModel."""

    a: int = 1


class Base(ConfigModel):
    """Fields to inherit."""

    inherited: int = 1


class Train(Base):
    """All of them."""

    model_config = ConfigDict(populate_by_name=True)

    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam()
    either: int | str = 1
    page: Page[int] = Page()
    names: Names = Names([])
    table: Table = Table({})
    point: Point = Point()
    typed: Typed = {"key": 1}
    plain: Plain = Plain()
    tags: Annotated[list[str], Merge.append] = []
    deep: dict[str, list[Adam]] = {}
    pair: tuple[int, str] = (1, "a")
    color: Color = Color.RED
    path: Path = Path()
    when: datetime.date = datetime.date(2000, 1, 1)
    unique: uuid.UUID | None = None
    dashed: int = Field(default=1, alias="dashed-key")
    tree: Tree | None = None
    anything: Any = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def doubled(self) -> int:
        """A computed field."""
        return 2

    def method(self) -> str:
        """A method."""
        return ""


class Tree(ConfigModel):
    """A forward reference, and a recursive model."""

    value: int = 0
    children: list[Tree] = []


class Flow(FlowSpec):
    """Right and wrong, in each place."""

    config = Config("config", model=Train, default="train.toml")
    page = Config("page", model=Page[str], default="page.toml")
    names = Config("names", model=Names, default="names.json")

    assert_type(config.optimizer, Adam | Sgd)
    assert_type(config.page.first, int | None)
    assert_type(config["point"], Point)
    assert_type(config["tree"], Tree | None)
    assert_type(config["page"]["first"], int | None)
    assert_type(config["dashed-key"], int)
    assert_type(config["inherited"], int)
    assert_type(page["first"], str | None)
    assert_type(config_expr("config.page.first"), int | None)
    assert_type(config_expr("page.first"), str | None)
    assert_type(config_expr("page['items']"), list[str])
    assert_type(config_expr("names.root[0]"), str)
    assert_type(config_expr("config.table.root['a']"), int)
    assert_type(config_expr("config.either"), int | str)
    assert_type(config_expr("config.point.x"), int)
    assert_type(config_expr("config.typed['key']"), int)
    assert_type(config_expr("config.plain.a"), int)
    assert_type(config_expr("config.deep['a'][0].beta"), float)
    assert_type(config_expr("config.pair[1]"), str)
    assert_type(config_expr("config.color"), Color)
    assert_type(config_expr("config.path.suffix"), str)
    assert_type(config_expr("config.when.year"), int)
    assert_type(config_expr("config.doubled"), int)
    assert_type(config_expr("config.method()"), str)
    assert_type(config_expr("config.inherited"), int)
    assert_type(config_expr("config['inherited']"), int)
    assert_type(config_expr("config.optimizer.beta if config.optimizer.kind == 'adam' else 0.0"), float)
    assert_type(config_expr("config.tree.children[0].value if config.tree else 0"), int)

    at_class_level = [
        config.page.second,
        config["page"]["second"],
        config["dashed"],
        page["third"],
        ref(Train, "config").nope,
        config_expr("config.page.second"),
        config_expr("page.items_[0].nope"),
        config_expr("names.root[0].nope"),
        config_expr("names[0]"),
        config_expr("config.optimizer.beta"),
        config_expr("config.either.upper()"),
        config_expr("config.point.y"),
        config_expr("config.typed['kye']"),
        config_expr("config.plain.b"),
        config_expr("config.plain['a']"),
        config_expr("config.deep['a'].beta"),
        config_expr("config.pair[2]"),
        config_expr("config.color.valu"),
        config_expr("config.when.yaer"),
        config_expr("config.unique.hex"),
        config_expr("config.doublet"),
        config_expr("config.zzz"),
        config_expr("config.tree.children"),
        config_expr("config['table']['a']"),
        config_expr("config.inherted"),
        config_expr("config.optimizer.momentun"),
    ]

    @step
    def start(self) -> None:
        """Read values."""
        assert_type(self.config, Train)
        assert_type(self.config.page.first, int | None)
        assert_type(self.config["page"], Page[int])
        assert_type(self.page.first, str | None)
        assert_type(self.names.root, list[str])
        assert_type(Flow.config.inherited, int)
        self.config.zzz
        self.config["inherted"]
        Flow.config.zzz
