"""The stored form: plain JSON values, from which the same config is rebuilt."""

import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
import subprocess
import sys
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    computed_field,
)

from typedflow.models import ConfigModel, dump, file_values, restore
from typedflow.values import TypedflowError


class Color(enum.Enum):
    """An enum."""

    RED = "red"


class Level(enum.IntEnum):
    """An enum of numbers."""

    LOW = 1


class Inner(ConfigModel):
    """A model whose keys are no identifiers."""

    fit_intercept: bool = Field(default=True, alias="fit-intercept")


class Rows(RootModel[list[Inner]]):
    """A list of models."""


@dataclasses.dataclass
class Data:
    """A dataclass."""

    when: datetime.date
    tags: set[str]


class Everything(ConfigModel):
    """A field of each kind."""

    color: Color = Color.RED
    level: Level = Level.LOW
    path: pathlib.Path = pathlib.Path("a/b")
    day: datetime.date = datetime.date(2024, 2, 29)
    moment: datetime.datetime = datetime.datetime(2024, 2, 29, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)
    span: datetime.timedelta = datetime.timedelta(days=1, seconds=2, microseconds=3)
    tags: set[str] = {"b", "a"}
    frozen: frozenset[int] = frozenset({2, 1})
    pair: tuple[int, str] = (1, "a")
    many: tuple[int, ...] = (1, 2)
    price: decimal.Decimal = decimal.Decimal("1.10")
    raw: bytes = b"abc"
    inner: Inner = Inner()
    inners: dict[str, Inner] = {"a b": Inner.model_validate({"fit-intercept": False})}
    rows: Rows = Rows([Inner()])
    data: Data = Data(datetime.date(2024, 1, 1), {"y", "x"})
    literal: Literal["a", 1] = 1
    none: int | None = None
    number: float = 1e300
    anything: Any = {"a": [1, None, "x"]}

    @computed_field  # type: ignore[prop-decorator] # pydantic's documented use
    @property
    def twice(self) -> int:
        """A computed field is not stored."""
        return 2 * self.level


class Strict(Everything):
    """The same, strict."""

    model_config = ConfigDict(strict=True)


class Numbers(ConfigModel):
    """What hypothesis fills."""

    integer: int
    number: float
    text: str
    span: datetime.timedelta
    moment: datetime.datetime
    price: decimal.Decimal
    tags: set[int]
    table: dict[str, list[int]]


class Unstable(ConfigModel):
    """A validator that is not idempotent."""

    path: Annotated[str, BeforeValidator(lambda text: f"data/{text}")]


class Unreadable(ConfigModel):
    """A serializer whose text is not read."""

    count: Annotated[int, PlainSerializer(lambda count: f"{count} pieces")]


class Base(ConfigModel):
    """A base."""


class Derived(Base):
    """A subclass with a field."""

    more: int = 1


class Holder(ConfigModel):
    """A field that holds a subclass's instance, whose field is not written."""

    base: Base


class Excluding(ConfigModel):
    """A field that is not written."""

    kept: int = 1
    lost: int = Field(1, exclude=True)


class Loose(ConfigModel):
    """A field of any kind."""

    value: Any


class Limits(ConfigModel):
    """Numbers that may be infinite."""

    most: float = 1.0
    each: list[float] = []


class Outer(ConfigModel):
    """A model around others."""

    deep: dict[str, Unstable] = {}
    inner: Loose


class Default(ConfigModel):
    """A default that nobody has validated, and that pydantic's serializer falls over."""

    inner: Inner = object  # type: ignore[assignment]


def _unable(_: object) -> object:
    raise KeyError("no such thing")


class Failing(ConfigModel):
    """A serializer that fails as nobody expects."""

    count: Annotated[int, PlainSerializer(_unable)] = 1


LOST = {
    "a validator that is not idempotent": (Unstable(path="x"), "path", "what is read back differs", Unstable),
    "a serializer that is not read": (Unreadable(count=3), "count", "reading it back fails", Unreadable),
    "a subclass's field": (Holder(base=Derived(more=2)), "base", "what is read back differs", Holder),
    "a field that is not written": (Excluding(lost=2), "lost", "what is read back differs", Excluding),
    "a tuple in Any": (Loose(value=(1, 2)), "value", "what is read back differs", Loose),
    "a tuple in a nested Any": (Outer(inner=Loose(value=(1,))), "inner.value", "what is read back differs", Loose),
    "a set in Any": (Loose(value={1}), "value", "what is read back differs", Loose),
    "infinity": (Limits(most=float("inf")), "most", "JSON has no infinity", Limits),
    "NaN in a list": (Limits(each=[1.0, float("nan")]), "each[1]", "JSON has no infinity", Limits),
    "bytes that are no text": (Outer(inner=Loose(value=b"\xff")), "inner.value", "writing it fails", Loose),
    "a class as default": (Default(), "inner", "writing it fails", Default),
    "a serializer that fails": (Failing(), "count", "writing it fails", Failing),
    "an object": (Loose(value=object()), "value", "writing it fails", Loose),
    "in a dict": (Outer(deep={"k": Unstable(path="x")}, inner=Loose(value=1)), "deep", "differs", Outer),
}


@pytest.mark.parametrize("model", [Everything, Strict])
def test_every_kind_of_field_is_rebuilt(model: type[BaseModel]) -> None:
    """What is stored is plain JSON, and the same config is made of it, by a strict model too."""
    config = model()
    data = dump(config)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert restore(model, data) == config


def test_what_is_stored_is_plain() -> None:
    """Fields stand under their names, whatever their aliases; computed fields are left out; sets are sorted."""
    data = dump(Everything())
    assert data["inner"] == {"fit_intercept": True}
    assert data["inners"] == {"a b": {"fit_intercept": False}}
    assert data["rows"] == [{"fit_intercept": True}]
    assert data["data"] == {"when": "2024-01-01", "tags": ["x", "y"]}
    assert (data["tags"], data["frozen"]) == (["a", "b"], [1, 2])
    assert (data["color"], data["path"], data["span"], data["price"]) == ("red", "a/b", "P1DT2.000003S", "1.10")
    assert "twice" not in data


def test_a_model_that_dumps_aliases_is_stored_by_name() -> None:
    """The model's own choice of keys when dumping is not for the stored form."""

    class Aliased(ConfigModel):
        model_config = ConfigDict(serialize_by_alias=True)

        rate: float = Field(default=0.1, alias="learning-rate")

    assert dump(Aliased()) == {"rate": 0.1}
    assert restore(Aliased, {"rate": 0.2}).rate == restore(Aliased, {"learning-rate": 0.2}).rate == 0.2


@given(
    st.builds(
        Numbers,
        integer=st.integers(),
        number=st.floats(allow_nan=False, allow_infinity=False),
        text=st.text(st.characters(codec="utf-8")),
        span=st.timedeltas(),
        moment=st.datetimes(),
        price=st.decimals(allow_nan=False, allow_infinity=False),
        tags=st.sets(st.integers(), max_size=5),
        table=st.dictionaries(st.text(st.characters(codec="utf-8")), st.lists(st.integers(), max_size=3), max_size=3),
    )
)
def test_storing_and_rebuilding_are_inverse(config: Numbers) -> None:
    """Every config is rebuilt from its stored form, or refused when it is stored, never changed in silence."""
    try:
        data = dump(config)
    except TypedflowError as error:
        # pydantic loses microseconds of spans of many years, and digits of integers beyond JSON's limit
        assert error.diagnostics[0].rule.name == "not-round-trip"  # noqa: PT017 # one of two outcomes
    else:
        assert restore(Numbers, json.loads(json.dumps(data))) == config


@pytest.mark.parametrize(("config", "path", "reason", "owner"), LOST.values(), ids=LOST)
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_what_does_not_survive_is_named(config: BaseModel, path: str, reason: str, owner: type) -> None:
    """A config that JSON cannot carry is refused with the field, and the class that declares it."""
    with pytest.raises(TypedflowError) as caught:
        dump(config)
    (problem,) = caught.value.diagnostics
    assert problem.rule.name == "not-round-trip"
    assert problem.message.startswith(f"`{path}` of {type(config).__name__} cannot be stored as JSON: ")
    assert reason in problem.message
    assert problem.location is not None
    assert problem.location.name == __file__
    assert [item.detail for item in problem.related] == [f"(class {owner.__name__})"]


def test_sets_are_stored_alike_by_every_process() -> None:
    """The order of a set's items, nested ones too, depends on nothing but the items."""
    program = """
import json
from typedflow.models import ConfigModel, dump
class M(ConfigModel):
    a: set[str] = set("abcdefgh")
    b: list[frozenset[frozenset[str]]] = [frozenset({frozenset("abc"), frozenset("de")})]
    c: dict[str, set[str]] = {"x": set("abcd")}
    d: tuple[set[str], int] = (set("xyz"), 1)
print(json.dumps(dump(M())))
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    (output,) = outputs
    assert json.loads(output)["b"] == [[["a", "b", "c"], ["d", "e"]]]


class Files(ConfigModel):
    """Keys of many kinds."""

    rate: float = Field(default=0.1, validation_alias=AliasChoices("lr", "learning-rate"))
    out: str = Field(default="x", serialization_alias="OUT")
    tags: set[str] = set()
    inner: list[Inner] = []
    table: dict[str, Inner] = {}
    rows: Rows = Rows([])
    data: Data | None = None


def test_a_config_is_written_as_its_file_writes_it() -> None:
    """Keys are those that the field was read from, else the first that it would be; sets keep the file's order."""
    tree: dict[str, Any] = {
        "learning-rate": 1,
        "tags": ["c", "a", "b"],
        "inner": [{"fit-intercept": False}],
        "table": {"k": {}},
        "rows": [{}],
        "data": {"when": "2024-01-01", "tags": ["z", "y"]},
    }
    expected = {
        "learning-rate": 1.0,
        "out": "x",
        "tags": ["c", "a", "b"],
        "inner": [{"fit-intercept": False}],
        "table": {"k": {"fit-intercept": True}},
        "rows": [{"fit-intercept": True}],
        "data": {"when": "2024-01-01", "tags": ["z", "y"]},
    }
    config = Files.model_validate(tree)
    assert file_values(config, tree) == expected
    assert file_values(Files(), {})["lr"] == 0.1


def test_a_serializers_own_shape_is_left_alone() -> None:
    """What a model's own serializer made is written as it is."""

    class Own(ConfigModel):
        size: Annotated[set[int], PlainSerializer(lambda items: {"n": len(items)})] = {1, 2}
        table: Annotated[dict[str, int], PlainSerializer(sorted)] = {"b": 1, "a": 2}

    assert file_values(Own(), {}) == {"size": {"n": 2}, "table": ["a", "b"]}


def test_what_cannot_be_written_is_named() -> None:
    """Showing a config that its model cannot write is a diagnostic too."""
    with pytest.raises(TypedflowError, match="`inner` of Default cannot be stored as JSON"):
        file_values(Default(), {})
