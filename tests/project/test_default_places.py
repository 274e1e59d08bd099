"""Defaults are shown at the line of the field that supplies the value."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from typedflow.project import LoadedProject, provenance_of, resolve, sidecar
from typedflow.values import format_path

Make = Callable[..., LoadedProject]

MODEL = """\
import dataclasses
from typing import Any
from pydantic import Field, RootModel, model_validator
from typedflow import ConfigModel

class M(ConfigModel):
    a: int = 1  # 7
    b: int = 2  # 8
    made: list[int] = Field(default_factory=lambda: [1])  # 9

class Outer(ConfigModel):
    inner: M = M(a=3)  # 12
    plain: M = M()  # 13

@dataclasses.dataclass
class Box:
    m: M = dataclasses.field(default_factory=lambda: M(b=5))  # 17
    size: int = 0  # 18

class Names(RootModel[dict[str, M]]):
    pass

class Made(ConfigModel):
    key: int = 0  # 24
    other: int = 0  # 25

    @model_validator(mode="before")
    @classmethod
    def fill(cls, value: Any) -> Any:
        return {"key": 7} if value == {} else value

class Settings(ConfigModel):
    m: M = M()  # 33
    n: M = M(a=5)  # 34
    outer: Outer = Outer(plain=M(b=4))  # 35
    rows: list[M] = [M(a=5)]  # 36
    table: dict[str, M] = {"k": M(b=5)}  # 37
    box: Box = Box(size=3)  # 38
    names: Names = Names({"k": M(b=5)})  # 39
    maybe: M | None = Field(default_factory=lambda: M(a=6))  # 40
    made: Made = Made()  # 41
    filled: Made | None = None  # 42
"""

DEFAULTS = {
    "m.a": 7,
    "n.a": 34,
    "n.b": 8,
    "n.made[0]": 9,
    "outer.inner.a": 12,
    "outer.inner.b": 8,
    "outer.plain.a": 7,
    "outer.plain.b": 35,
    "rows[0].a": 36,
    "rows[0].b": 8,
    "table.k.a": 7,
    "table.k.b": 37,
    "box.size": 38,
    "names.k.b": 39,
    "names.k.a": 7,
    "maybe.a": 40,
    "maybe.b": 8,
    "made.key": 41,
}


def _places(project: LoadedProject) -> dict[str, str]:
    leaves = provenance_of(resolve(project, "report"), project.root).leaves
    return {format_path(path): f"{leaf.origin}{' default' if leaf.is_default else ''}" for path, leaf in leaves.items()}


@pytest.mark.parametrize(("path", "line"), DEFAULTS.items(), ids=DEFAULTS)
def test_a_default_is_shown_at_the_field_that_supplies_it(make: Make, path: str, line: int) -> None:
    """Arguments of an instance belong to the field that has the instance; the rest belongs to its class."""
    assert _places(make({"model.py": MODEL}))[path] == f"model.py:{line}:1 default"


@pytest.mark.parametrize(
    ("texts", "path", "expected"),
    [
        (["m: {a: 3}", "$merge: {delete: [m.a]}"], "m.a", "model.py:7:1 default"),
        (["m: {a: 3, b: 4}", "$merge: {delete: [m.a]}"], "m.a", "model.py:7:1 default"),
        (["m: {a: 3, b: 4}", "$merge: {delete: [m.a]}"], "m.b", "settings/settings.yaml:1:14"),
        (["n: {b: 3}", "$merge: {delete: [n.b]}"], "n.b", "model.py:8:1 default"),
        (["n: {b: 3}", "$merge: {delete: [n.b]}"], "n.a", "model.py:34:1 default"),
        (["n: {b: 3}", "$merge: {delete: [n]}"], "n.a", "model.py:34:1 default"),
        (["rows: [{}]", ""], "rows[0].a", "model.py:7:1 default"),
        (["m: {}", ""], "m.a", "model.py:7:1 default"),
        (["outer: {inner: {a: 9}}", "$merge: {delete: [outer.inner.a]}"], "outer.plain.b", "model.py:35:1 default"),
        (["filled: {}", ""], "filled.key", "settings/settings.yaml:1:9"),
        (["filled: {}", ""], "filled.other", "model.py:25:1 default"),
        (["table: {k: {a: 1}}", ""], "table.k.b", "model.py:37:1 default"),
    ],
)
def test_a_default_that_applies_again_has_its_own_place(make: Make, texts: list[str], path: str, expected: str) -> None:
    """A mapping that `$merge.delete` or a file leaves empty sets no field; code that reads it does."""
    names = ("settings/settings.yaml", "settings/settings.environment.dev.yaml")
    manifest = 'model = "model.py:Settings"\n[flows.report]\nfile = "report.py"\n[environments]\ndefault = "dev"\n'
    files = dict(zip(names, texts, strict=True))
    project = make({"model.py": MODEL, "typedflow.toml": f'{manifest}unknown = "dev"\n', **files})
    assert _places(project)[path] == expected


def test_the_sidecar_says_the_same(make: Make) -> None:
    """The same holds for the form stored with a run."""
    project = make({"model.py": MODEL})
    record: Any = json.loads(json.dumps(sidecar(resolve(project, "report"), "", project.root)))
    assert record["leaves"]["n.a"] == {
        "origin": {"source": "model.py", "line": 34, "column": 1},
        "shadows": [],
        "default": True,
    }
