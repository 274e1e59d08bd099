"""Parts of configs that steps store, and that need their classes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from typedflow.check.rules import of_subject
from typedflow.metaflow import configs_of, import_flow, outermost_flows, stored_parts
from typedflow.units import Subject
from typedflow.values import Diagnostic, Location, Severity

Found: TypeAlias = Callable[[str], list[Diagnostic]]

FLOW = """\
import dataclasses, enum
from typing import Any, Generic, Literal, TypeVar
from metaflow import FlowSpec, step
from metaflow import Config as MetaflowConfig
from pydantic import BaseModel, RootModel
from pydantic.networks import AnyUrl
from typedflow import Config, ConfigModel

T = TypeVar("T")

class Part(BaseModel):
    rate: float = 0.1

class Fine(ConfigModel):
    part: Part = Part()
    rate: float = 0.1

class Names(RootModel[list[str]]): ...

class Box(BaseModel, Generic[T]):
    content: T

@dataclasses.dataclass
class Record:
    rate: float = 0.1

class Whole(ConfigModel):
    part: Part = Part()
    fine: Fine = Fine()
    many: list[Part] = []
    table: dict[str, Part] = {{}}
    maybe: Fine | Part | None = None
    record: Record = Record()
    names: Names = Names([])
    box: Box[int] = Box[int](content=1)
    fines: list[Fine] = []
    rate: float = 0.1
    anything: Any = None
    tags: list[str] = []

    def made(self): return Part()

class Flow(FlowSpec):
    config = Config("config", model=Whole, default_value={{}})
    plain = Config("plain", model=Part, default_value={{}})
    raw = MetaflowConfig("raw", default_value="{{}}")

    @step
    def start(self):
        {}
        self.next(self.end)

    @step
    def end(self):
        pass
"""

#: What a step does, and where what it stores is read (columns), and the class.
CATCHES = {
    "a part": ("self.x = self.config.part", (18, 34), "`x` holds Part, a plain Pydantic model"),
    "a whole config": ("self.x = self.plain", (18, 28), "`x` holds Part, a plain Pydantic model"),
    "a list": ("self.x = self.config.many", (18, 34), "`x` holds Part"),
    "an item": ("self.x = self.config.many[1]", (18, 37), "`x` holds Part"),
    "some item": ("self.x = self.config.many[len(self.config.tags)]", (18, 57), "`x` holds Part"),
    "a slice": ("self.x = self.config.many[1:]", (18, 38), "`x` holds Part"),
    "a table": ("self.x = self.config.table", (18, 35), "`x` holds Part"),
    "a table's item": ('self.x = self.config.table["a"]', (18, 40), "`x` holds Part"),
    "by key": ('self.x = self.config["part"]', (18, 37), "`x` holds Part"),
    "one of several": ("self.x = self.config.maybe", (18, 35), "`x` holds Part"),
    "a dataclass": ("self.x = self.config.record", (18, 36), "`x` holds Record, a dataclass"),
    "a root model": ("self.x = self.config.names", (18, 35), "`x` holds Names"),
    "a generic model": ("self.x = self.config.box", (18, 33), "`x` holds Box[int]"),
    "below a ConfigModel": ("self.x = self.config.fine.part", (18, 39), "`x` holds Part"),
    "an annotated one": ("self.x: Part = self.config.part", (24, 40), "`x` holds Part"),
    "two at once": ("self.x, self.y = self.config.rate, self.config.part", (44, 60), "`y` holds Part"),
    "in a branch": ("if self.config.rate: self.x = self.config.part", (39, 55), "`x` holds Part"),
}

KEEPS = {
    "a ConfigModel": "self.x = self.config.fine",
    "a whole ConfigModel": "self.x = self.config",
    "a list of ConfigModels": "self.x = self.config.fines",
    "a number": "self.x = self.config.rate",
    "text": "self.x = self.config.tags",
    "anything": "self.x = self.config.anything",
    "a field of a plain model": "self.x = self.config.part.rate",
    "a root": "self.x = self.config.names.root",
    "what a method returns": "self.x = self.config.made()",
    "a dictionary": "self.x = self.config.part.model_dump()",
    "no artifact": "x = self.config.part; x.rate",
    "what is deleted again": "self.x = self.config.part; del self.x",
    "what is replaced": "self.x = self.config.part; self.x = 1",
    "another's": "def inner(self): self.x = self.config.part",
    "a plain Config": "self.x = self.raw.part",
    "no config": "self.x = self.other.part",
    "itself": "self.x = self",
    "an unknown field": "self.x = self.config.nothing",
}


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Found]:
    """Judge a flow whose step does something."""

    def judged(body: str) -> list[Diagnostic]:
        file = tmp_path / "parts_of_flow.py"
        file.write_text(FLOW.format(body))
        [flow] = outermost_flows(import_flow(file), Location(""))
        return list(of_subject(Subject(configs_of(flow), stored_parts=partial(stored_parts, flow))))

    before = list(sys.path)
    yield judged
    sys.path[:] = before
    sys.modules.pop("parts_of_flow", None)


@pytest.mark.parametrize(("body", "columns", "words"), CATCHES.values(), ids=CATCHES)
def test_what_needs_its_class_is_found(found: Found, body: str, columns: tuple[int, int], words: str) -> None:
    """The finding stands at what is stored, and names the class and what to do."""
    [item] = found(body)
    span = item.location.span if item.location else None
    assert span is not None
    assert (item.rule.code, item.severity, span.line) == ("TF313", Severity.WARNING, 50)
    assert (span.column, span.end_column) == columns
    assert words in item.message
    assert item.hint.startswith("store its `root`" if "Names" in words else "inherit from `ConfigModel`")
    assert item.related


@pytest.mark.parametrize("body", KEEPS.values(), ids=KEEPS)
def test_what_needs_no_class_is_kept(found: Found, body: str) -> None:
    """What is loaded without its class, is not stored, or is not certain, is no finding."""
    assert found(body) == []
