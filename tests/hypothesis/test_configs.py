"""`configs` gives valid instances: each kind of field, each constraint, each kind of model."""

import collections
import dataclasses
import datetime
import decimal
import enum
import ipaddress
import pathlib
import re
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, InvalidArgument
from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasPath,
    AnyUrl,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ByteSize,
    Field,
    IPvAnyAddress,
    IPvAnyInterface,
    IPvAnyNetwork,
    Json,
    NaiveDatetime,
    PostgresDsn,
    RootModel,
    StringConstraints,
    create_model,
    field_validator,
    model_validator,
)
from pydantic.types import FutureDate, PastDate, PastDatetime
from typing_extensions import NotRequired, Self, TypedDict

from typedflow import ConfigModel, SystemSettings
from typedflow.hypothesis import configs, documents, faults, stacks

QUICK = settings(max_examples=40, suppress_health_check=list(HealthCheck))


class Colour(enum.Enum):
    """Values of two types."""

    RED = "red"
    TWO = 2


class Level(enum.Enum):
    """Values that no text is read to, in a Literal; a tuple is not read at all."""

    LOW = "low"
    HIGH = (1, 2)


class Pair(TypedDict):
    """A dictionary with known keys."""

    a: int
    b: NotRequired[str]


@dataclasses.dataclass
class Point:
    """A dataclass with a constraint."""

    x: Annotated[int, Field(ge=3)]
    y: str = "a"


class Place(NamedTuple):
    """A tuple with names."""

    x: int
    y: str


class Adam(ConfigModel):
    """A member of a union."""

    kind: Literal["adam"]
    rate: Annotated[float, Field(gt=0, lt=1)]


class Sgd(ConfigModel):
    """Another one."""

    kind: Literal["sgd", "momentum"]
    step: Annotated[int, Field(ge=1)] = 1


class Node(BaseModel):
    """A model that contains itself."""

    value: int
    children: list["Node"] = []
    next: "Node | None" = None


def _even(value: int) -> int:
    if value % 2:
        raise ValueError("an odd number")
    return value


DAY = datetime.date(2024, 2, 29)
MOMENT = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)

FIELDS: dict[str, Any] = {
    "bool": bool,
    "int": int,
    "int-bounds": Annotated[int, Field(gt=-3, le=3)],
    "int-multiple": Annotated[int, Field(multiple_of=7, gt=7, lt=70)],
    "float-open": Annotated[float, Field(gt=0, lt=1)],
    "float-closed": Annotated[float, Field(ge=0, le=0)],
    "float-multiple": Annotated[float, Field(multiple_of=0.5, ge=1)],
    "float-strict": Annotated[float, Field(strict=True)],
    "decimal": decimal.Decimal,
    "decimal-digits": Annotated[decimal.Decimal, Field(max_digits=3, decimal_places=1, gt=0)],
    "decimal-multiple": Annotated[decimal.Decimal, Field(multiple_of=0.25, gt=0)],
    "decimal-places": Annotated[decimal.Decimal, Field(max_digits=2, decimal_places=4)],
    "str": str,
    "str-lengths": Annotated[str, Field(min_length=2, max_length=3)],
    "str-pattern": Annotated[str, Field(pattern=r"^[A-Z][a-z]{1,5}(-\d+)?$")],
    "str-pattern-lengths": Annotated[str, Field(pattern=r"^\w+$", min_length=3, max_length=5)],
    "str-stripped": Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, to_lower=True)],
    "bytes": Annotated[bytes, Field(max_length=3)],
    "literal": Literal["a", 1, True],
    "literal-enum": Literal[Level.LOW, Colour.RED, 1],
    "enum": Colour,
    "date": Annotated[datetime.date, Field(ge=DAY)],
    "date-past": PastDate,
    "date-future": FutureDate,
    "datetime": datetime.datetime,
    "datetime-bound": Annotated[AwareDatetime, Field(gt=MOMENT)],
    "datetime-naive": NaiveDatetime,
    "datetime-past": PastDatetime,
    "time": datetime.time,
    "timedelta": Annotated[datetime.timedelta, Field(gt=datetime.timedelta(0))],
    "uuid": uuid.UUID,
    "url": AnyUrl,
    "dsn": PostgresDsn,
    "path": pathlib.Path,
    "address": ipaddress.IPv4Address,
    "address-any": IPvAnyAddress,
    "interface-any": IPvAnyInterface,
    "network-any": IPvAnyNetwork,
    "network": ipaddress.IPv6Network,
    "regex": re.Pattern[str],
    "size": ByteSize,
    "json": Json[list[int]],
    "any": Any,
    "none": None,
    "optional": int | None,
    "union": int | list[str],
    "list": Annotated[list[int], Field(min_length=2, max_length=3)],
    "sequence": Sequence[int],
    "set": Annotated[set[Literal["x", "y", "z"]], Field(min_length=2)],
    "frozenset": frozenset[int],
    "tuple": tuple[int, str],
    "tuple-any-length": Annotated[tuple[int, ...], Field(min_length=1)],
    "named-tuple-items": tuple[Colour, Adam],
    "named-tuple": Place,
    "deque": Annotated[collections.deque[int], Field(min_length=1)],
    "counter": collections.Counter[str],
    "ordered-dict": collections.OrderedDict[str, int],
    "dict": Annotated[dict[str, int], Field(min_length=1)],
    "dict-bare": dict,
    "dict-int-keys": dict[int, bool],
    "dict-of-models": dict[str, Adam],
    "typed-dict": Pair,
    "dataclass": Point,
    "model": Adam,
    "tagged": Annotated[Adam | Sgd, Field(discriminator="kind")],
    "untagged": Adam | Sgd,
    "recursive": Node,
    "root": RootModel[list[int]],
    "after": Annotated[int, AfterValidator(_even)],
    "before": Annotated[int, BeforeValidator(lambda value: value)],
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_config_is_valid(name: str) -> None:
    """What a field holds survives strict validation: its type and all of its constraints are met."""
    model = create_model("Model", field=(FIELDS[name], ...))

    @QUICK
    @given(configs(model))
    def is_valid(config: BaseModel) -> None:
        assert isinstance(config, model)
        model.model_validate(config.model_dump(round_trip=True))

    is_valid()


def test_a_config_model_is_one() -> None:
    """ConfigModels are given as well as plain models, with what a validator of the whole asks for."""

    class Range(ConfigModel):
        low: int
        high: int

        @model_validator(mode="after")
        def _in_order(self) -> Self:
            if self.low > self.high:
                raise ValueError("low is above high")
            return self

    @QUICK
    @given(configs(Range))
    def in_order(config: Range) -> None:
        assert config["low"] <= config.high

    in_order()


def test_every_choice_is_made() -> None:
    """Optional keys are set and left out, both members of a union come, and recursion goes down."""

    class Model(ConfigModel):
        optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")]
        node: Node
        name: str = "default"

    for wanted in (
        lambda config: isinstance(config.optimizer, Adam),
        lambda config: isinstance(config.optimizer, Sgd) and config.optimizer.step > 5,
        lambda config: config.name != "default",
        lambda config: "name" not in config.model_fields_set,
        lambda config: config.node.next is not None and bool(config.node.children),
    ):
        assert wanted(find(configs(Model), wanted))


def test_configs_shrink_to_the_least() -> None:
    """The smallest config has nothing that is not needed for the failure."""

    class Model(ConfigModel):
        layers: list[Adam] = []
        epochs: Annotated[int, Field(ge=1)]
        name: str

    found = find(configs(Model), lambda config: len(config.layers) == 1 and config.epochs > 10)
    assert found == Model(layers=[Adam(kind="adam", rate=0.5)], epochs=11, name="")


def test_a_key_is_an_alias_where_the_field_has_one() -> None:
    """Keys are those of files: aliases, one of several, and names where they are allowed."""

    class Model(ConfigModel):
        from_: Annotated[int, Field(alias="from")]
        batch: Annotated[int, Field(validation_alias=AliasChoices(AliasPath("sizes", "batch"), "batch size"))]

    @QUICK
    @given(configs(Model))
    def is_valid(config: Model) -> None:
        assert isinstance(config.from_, int)
        assert isinstance(config.batch, int)

    is_valid()


def test_overrides_reach_any_depth() -> None:
    """A strategy for a key path, of Python's values or of a file's, takes the place of ours."""

    class Model(ConfigModel):
        optimizer: Adam
        start: datetime.date
        layers: list[Point] = []

    chosen = {"optimizer.rate": st.just(0.25), "start": st.just(DAY), "layers.x": st.integers(100, 110)}

    @QUICK
    @given(configs(Model, **chosen))
    def as_chosen(config: Model) -> None:
        assert config.optimizer.rate == 0.25
        assert config.start == DAY
        assert all(100 <= point.x <= 110 for point in config.layers)

    as_chosen()


def test_a_strategy_in_an_annotation_is_taken() -> None:
    """What Hypothesis itself reads from ``Annotated``, we read, too."""

    class Model(ConfigModel):
        cron: Annotated[str, st.sampled_from(["@daily", "@hourly"])]

    @QUICK
    @given(configs(Model))
    def as_annotated(config: Model) -> None:
        assert config.cron in {"@daily", "@hourly"}

    as_annotated()


class Callback(ConfigModel):
    """A field that no file can hold."""

    hook: type


class Pairs(ConfigModel):
    """Keys that no text is read to."""

    cells: Annotated[dict[tuple[int, int], int], Field(min_length=1)]


class Endless(ConfigModel):
    """A model that must contain itself."""

    next: "Endless"


class Narrow(ConfigModel):
    """Constraints that nothing meets."""

    sizes: Annotated[list[int], Field(min_length=3, max_length=2)]
    count: Annotated[int, Field(gt=3, lt=4)]
    level: Literal[Level.LOW, Level.HIGH]


class Odd(ConfigModel):
    """A path as the only alias."""

    batch: Annotated[int, Field(validation_alias=AliasPath("sizes", "batch"))]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: configs(int), "model=<class 'int'> must be a Pydantic model"),  # type: ignore[type-var] # on purpose
        (lambda: configs(Adam, rate=0.5), "rate=0.5 must be a strategy; for a single value, use st.just(0.5)"),  # type: ignore[arg-type] # the same
        (lambda: configs(Adam, rat=st.just(1)), "rat=... is not a field of Adam; did you mean `rate`?"),
        (lambda: configs(Adam, **{"a..b": st.just(1)}), "`a..b` is not a key path (at character 2)"),
        (lambda: configs(Callback), "Callback.hook (the values of `is-instance` are not known)"),
        (
            lambda: configs(Pairs),
            "Pairs.cells (its keys) (keys are strings, and a `tuple` cannot be read from a string)",
        ),
        (lambda: configs(Endless), "Endless.next (no value in a file satisfies it)"),
        (lambda: configs(Narrow), "Narrow.sizes (no value in a file satisfies it)"),
        (lambda: configs(Narrow), "Narrow.count (no value in a file satisfies it)"),
        (lambda: configs(Narrow), "Narrow.level (no value in a file satisfies it)"),
        (lambda: configs(Odd), "Odd.batch has only a path as alias: add a key with AliasChoices"),
    ],
)
def test_a_wrong_argument_is_rejected_at_once(wrong: Any, message: str) -> None:
    """Nothing is drawn before all arguments are good, and the message says which is not, and what to do."""
    with pytest.raises(InvalidArgument, match=re.escape(message)):
        wrong()


def test_a_field_of_unknown_type_may_be_given() -> None:
    """An override makes a model possible whose field nothing is known of; a default, too."""

    class Model(ConfigModel):
        hook: Annotated[Any, BeforeValidator(lambda value: f"hook {value}")]
        other: type = int

    @QUICK
    @given(configs(Model, hook=st.just("x")))
    def as_given(config: Model) -> None:
        assert config.hook == "hook x"

    as_given()


@pytest.mark.parametrize("strategy", [configs, stacks, faults, partial(documents, format="toml")])
def test_a_validator_that_refuses_nearly_everything_is_named(strategy: Callable[..., Any]) -> None:
    """The error says whose validator it is, what it refused, and what to do; it comes at once."""

    class Model(ConfigModel):
        token: str

        @field_validator("token")
        @classmethod
        def _is_known(cls, value: str) -> str:
            if value.count(":") != 5:
                raise ValueError("unknown token")
            return value

    @settings(max_examples=100, database=None)
    @given(strategy(Model))
    def never(found: object) -> None:
        assert found

    with pytest.raises(FailedHealthCheck) as caught:
        never()
    assert "Model.token (_is_known) rejects 75 of 75 values that its type allows" in str(caught.value)
    assert "Value error, unknown token" in str(caught.value)
    assert "configs(Model, field=...)" in str(caught.value)


def test_a_pattern_that_python_does_not_know_asks_for_a_strategy() -> None:
    """Pydantic's patterns are Rust's; one that Python cannot read is said to be so."""

    class Model(BaseModel):
        name: Annotated[str, Field(pattern=r"^\p{Lu}+$")]

    with pytest.raises(InvalidArgument, match=r"Model\.name \(bad escape"):
        configs(Model)


class _Known(ConfigModel):
    alpha: float = 0.5
    system: SystemSettings


@given(configs(_Known))
@settings(max_examples=20)
def test_what_typedflow_fills_in_stays_empty(config: _Known) -> None:
    """No file may set it; a user may give it, as any field."""
    assert config.system.commit is None


@given(configs(_Known, system=st.just({"commit": "abc"})))
@settings(max_examples=5)
def test_what_typedflow_fills_in_can_be_given(config: _Known) -> None:
    """For tests of code that reads it."""
    assert config.system.commit == "abc"
