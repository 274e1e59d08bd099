"""What the names of columns mean, and what is shown of artifacts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any, NamedTuple

import pytest
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from typedflow import ConfigModel
from typedflow.metaflow import PastRun
from typedflow.models import StoredConfig
from typedflow.operations import ArgumentError
from typedflow.operations._runs_columns import Column, columns_of
from typedflow.operations._runs_names import Meaning, meaning_of, name_of


class Model(ConfigModel):
    """No field is named like a root."""

    alpha: float = 1.0
    anything: Any = None


class Part(ConfigModel):
    """Its fields are named like facts and artifacts."""

    x: int = 1
    user: str = ""


class Clash(ConfigModel):
    """Each root is a field, too."""

    config: Part = Part()
    run: Part = Part()
    data: Part = Part()
    artifacts: Part = Part()
    free: dict[str, Any] = {}
    x: int = 1


def _of(kind: str, *path: str | int) -> Meaning:
    return Meaning(kind, path)


MEANINGS: dict[str, tuple[type[BaseModel], Meaning]] = {
    "alpha": (Model, _of("setting", "alpha")),
    "config.alpha": (Model, _of("setting", "alpha")),
    "config": (Model, _of("setting")),
    "anything.a[0]": (Model, _of("setting", "anything", "a", 0)),
    "run.user": (Model, _of("run", "user")),
    "facts.user": (Model, _of("run", "user")),
    "run.tables": (Model, _of("run", "tables")),
    "run.tables.films": (Model, _of("run", "tables", "films")),
    "facts.tables.films": (Model, _of("run", "tables", "films")),
    "data.x": (Model, _of("artifact", "x")),
    "artifacts.x": (Model, _of("artifact", "x")),
    "data.x.y[2].z": (Model, _of("artifact", "x", "y", 2, "z")),
    "data": (Clash, _of("setting", "data")),
    "data.y": (Clash, _of("artifact", "y")),
    "artifacts.y": (Clash, _of("artifact", "y")),
    "run.id": (Clash, _of("run", "id")),
    "run.x": (Clash, _of("setting", "run", "x")),
    "config.data.x": (Clash, _of("setting", "data", "x")),
    "config.run.user": (Clash, _of("setting", "run", "user")),
    "config.user": (Clash, _of("setting", "config", "user")),
    "config.config.x": (Clash, _of("setting", "config", "x")),
    "free.data": (Clash, _of("setting", "free", "data")),
}
#: Names with two meanings, and a name for each.
AMBIGUOUS = {
    "data.x": ("`config.data.x` (a setting)", "`artifacts.x` (an artifact)"),
    "run.user": ("`config.run.user` (a setting)", "`facts.user` (a fact of the run)"),
    "config.x": ("`config.config.x` (a setting)", "`x` (a setting)"),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_a_name_has_one_meaning(name: str) -> None:
    """Settings by key path, facts and artifacts by what they begin with; a model's own fields are names, too."""
    model, meaning = MEANINGS[name]
    assert meaning_of(name, model) == meaning


@pytest.mark.parametrize(("name", "names"), AMBIGUOUS.items(), ids=AMBIGUOUS)
def test_two_meanings_are_refused(name: str, names: tuple[str, str]) -> None:
    """The hint has names that mean one of them alone."""
    with pytest.raises(ArgumentError) as caught:
        meaning_of(name, Clash)
    [found] = caught.value.diagnostics
    assert found.message == f"`{name}` is ambiguous"
    assert all(each in found.hint for each in names)


@pytest.mark.parametrize("meaning", [meaning for model, meaning in MEANINGS.values() if model is Clash])
def test_the_names_of_a_table_can_be_asked_for(meaning: Meaning) -> None:
    """Each meaning has a name that leads back to it."""
    assert meaning_of(name_of(meaning, Clash), Clash) == meaning


@dataclass
class Record:
    """A result."""

    r2: float = 0.5
    none: None = None

    def method(self) -> int:
        """No value."""
        return 1


class Plain(BaseModel):
    """A result."""

    r2: float = 0.5


class Pair(NamedTuple):
    """A result."""

    r2: float
    loss: int


class Failing:
    """A result whose attributes raise."""

    def __getattr__(self, name: str) -> Any:
        """Raise what is no AttributeError."""
        raise ValueError(name)


LOOP: list[Any] = []
LOOP.append(LOOP)
PAST = PastRun(
    "1",
    "Flow/1",
    datetime.now(timezone.utc),
    "",
    (True, True),
    frozenset(),
    _artifacts={
        "table": {"r2": 0.5, 3: "three", "list": [1, [2, {"n": 4}]]},
        "record": Record(),
        "plain": Plain(),
        "pair": Pair(0.5, 1),
        "part": Part(),
        "stored": StoredConfig({"a": {"b": 1}}),
        "failing": Failing(),
        "keys": {(1, 2): 3},
        "loop": LOOP,
        "text": "abc",
    },
    _tables=lambda: {"films": "dev.films"},
)
CELLS = {
    "data.table.r2": "0.5",
    "data.table[3]": "three",
    "data.table.list[1][1].n": "4",
    "data.table.r3": "-",
    "data.table.list[7]": "-",
    "data.table.list.n": "-",
    "data.table.r2.x": "-",
    "data.table.keys": "-",
    "data.record.r2": "0.5",
    "data.record.none": "-",
    "data.record.method": "-",
    "data.record.__class__": "-",
    "data.plain.r2": "0.5",
    "data.pair.loss": "1",
    "data.pair[0]": "0.5",
    "data.part.x": "1",
    "data.part": '{"x": 1, "user": ""}',
    "data.stored.a.b": "1",
    "data.stored": '{"a": {"b": 1}}',
    "data.failing.x": "-",
    "data.keys": '"{(1, 2): 3}"',
    "data.loop": '"[[...]]"',
    "data.text": "abc",
    "run.tables": '{"films": "dev.films"}',
    "run.tables.films": "dev.films",
    "run.tables.log": "-",
}


@pytest.mark.parametrize(("name", "cell"), CELLS.items(), ids=CELLS)
def test_what_is_in_an_artifact(name: str, cell: str) -> None:
    """Keys of mappings, indices, attributes; what is not there is missing, and no value ends the command."""
    column = Column(name, meaning_of(name, Model), Model)
    assert column.cell(PAST) == cell
    assert (column.plain(PAST) is None) is (cell == "-")
    assert column.unreadable(PAST) == ""


class Rates(ConfigModel):
    """Each field has several names."""

    model_config = ConfigDict(populate_by_name=True)

    lr: float = Field(0.1, alias="learning_rate")
    width: int = Field(1, validation_alias=AliasChoices("w", "wide"))


class Keyed(ConfigModel):
    """Rates as a field, and by name."""

    rates: Rates
    named: dict[str, Rates] = {}


#: What one run has stored, by the keys of files and by the names of fields.
TREES = [
    {"rates": {"learning_rate": 5.0, "w": 7}, "named": {"a": {"learning_rate": 2.0, "w": 3}}},
    {"rates": {"lr": 5.0, "width": 7}, "named": {"a": {"lr": 2.0, "width": 3}}},
]


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize(
    ("names", "value"),
    [
        ("rates.lr,rates.learning_rate,config.rates.lr", 5.0),
        ("rates.w,rates.wide,rates.width", 7),
        ("named.a.lr,named.a.learning_rate", 2.0),
        ("named.b.lr", None),
    ],
)
def test_a_setting_by_any_key_of_its_field(tree: Any, names: str, value: object) -> None:
    """Whichever of them the run has stored."""
    columns = columns_of(names, Keyed)
    assert columns is not None
    assert [each.plain(replace(PAST, tree=tree)) for each in columns] == [value] * len(columns)


@pytest.mark.parametrize("name", ["rates.lr", "rates.learning_rate"])
def test_runs_are_sorted_by_any_key_of_a_field(name: str) -> None:
    """The largest first, too."""
    runs = [replace(PAST, id=str(lr), tree={"rates": {"learning_rate": lr}}) for lr in (2, 3, 1)]
    rising, falling = (columns_of(text, Keyed) or () for text in (name, f"-{name}"))
    assert [each.id for each in rising[0].sorted(runs)] == ["1", "2", "3"]
    assert [each.id for each in falling[0].sorted(runs)] == ["3", "2", "1"]
