"""Mistakes on purpose: each type checker finds those that are marked, and no others; it is never run.

``# wrong`` marks a line that every checker finds, ``# wrong for`` those that are named.
"""

import json
from typing import Literal, TypedDict

from metaflow import FlowSpec, Parameter, environment, project, resources, retry, schedule, step
from pydantic import RootModel
from typing_extensions import NotRequired

import typedflow
from typedflow import Config, ConfigModel, ExternalTable, Project, SettingsMixin, TablesMixin, WritableTable, ref


class Sub(ConfigModel):
    """A sub-model."""

    cron: str = ""
    cpu: int = 1
    kind: Literal["a", "b"] = "a"


class Other(ConfigModel):
    """Another."""

    kind: Literal["c"] = "c"
    depth: int = 1


class Names(RootModel[list[str]]):
    """A list."""


class Model(ConfigModel):
    """A model."""

    sub: Sub = Sub()
    maybe: Sub | None = None
    either: Sub | Other = Sub()
    table: dict[str, Sub] = {}
    listed: list[int] = []
    names: Names = Names([])


LATER = ref(Model, "config")
LATER.subs  # wrong
LATER.sub.crom  # wrong
ref(Model)  # wrong
ref(int, "config")  # wrong
Config("config", model=int)  # wrong
Config("config", model=Model, default_valu={})  # wrong
Config("config", model=Model, default=1)  # wrong
Config("config", model=Model, required="yes")  # wrong
Config("config", model=Model, default_value=1)  # wrong
Config("config", model=Model, default_value=None).sub  # wrong
Config("config", model=Model, default_value=json.loads("{}")).subs  # wrong
Project.open(".", model=int)  # wrong
Project.open(".", model=Model).resolve("training").subs  # wrong
Project.open(".").resolve("training", bindings="EXP_01")  # wrong


@schedule(cron=LATER.sub.cpu)  # wrong
@project(name=LATER.sub)  # wrong
class Flow(SettingsMixin[Model], FlowSpec):
    """A flow."""

    config = Config("config", model=Model, default="config.toml")
    maybe = Config("maybe", model=Model)
    possible = Config("possible", model=Model, default=None, required=False)
    alpha = Parameter("alpha", default=0.1)
    kind = maybe.sub.kind  # wrong
    cron = config.sub.crom  # wrong
    size = Parameter("size", default=config.sub.cron, type=int)  # wrong

    @retry(times=config.sub.cron)  # wrong
    @resources(cpu=LATER.sub.cron)  # wrong
    @resources(cpus=1)  # wrong
    @environment(vars=config.sub.cron)  # wrong
    @step
    def start(self) -> None:
        """A step."""
        self.config.subs  # wrong
        self.config.sub.crom  # wrong
        self.config.maybe.cron  # wrong
        self.config.either.depth  # wrong
        self.config.table["a"].crom  # wrong
        self.config.listed[0].upper()  # wrong
        self.config.names.roots  # wrong
        self.settings.subs  # wrong
        self.maybe.sub  # wrong
        self.possible["sub"]  # wrong
        given: Model = self.maybe  # wrong
        text: str = self.config.sub.cpu  # wrong
        self.config.sub.cron = ""  # wrong for pyright ty pyrefly
        self.alpha.upper()  # wrong
        self.text = (text, given)


Flow.config.subs  # wrong
Flow.maybe.sub  # wrong
Flow.config.sub.cron.nothing  # wrong
ref(Model, "config").sub.kind == "c"  # wrong for mypy pyright
typedflow.ConfigModl  # wrong


class Films:
    """A table."""

    Column = Literal["day", "title"]

    class Row(TypedDict):
        """A row."""

        day: int
        title: NotRequired[str | None]


class Tables:
    """The tables."""

    films: WritableTable[Films.Column, Films.Row]
    titles: ExternalTable[Literal["title"], Films.Row]


class Reading(TablesMixin[Tables], FlowSpec):
    """A flow with tables."""

    @step
    def start(self) -> None:
        """A step."""
        made: list[Films.Row] = [{"day": 1}]
        self.tables.films.read(columns=["dya"])  # wrong
        self.tables.films.read(where={"titel": 3})  # wrong
        self.tables.films.read().rows()[0]["titel"]  # wrong
        self.tables.films.write([{"title": "x"}])  # wrong
        self.tables.films.write([{"day": "x"}])  # wrong
        self.tables.films.write([{"day": 1, "extra": 1}])  # wrong
        self.tables.films.write(made, partitions={"dya": 1})  # wrong
        self.tables.films.write(made, mode="insert")  # wrong
        self.tables.films.write(3)  # wrong
        self.tables.titles.write(made)  # wrong
        self.tables.titles.read(columns=["day"])  # wrong
        self.tables.flims.read()  # wrong
