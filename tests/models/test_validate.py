"""From a merged tree to a config, or to diagnostics that say where and why not."""

import dataclasses
import datetime
import inspect
import sys
from collections.abc import Callable
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from pydantic import (
    VERSION,
    AliasChoices,
    AliasPath,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from typedflow.layers import Layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.values import Diagnostic, Location, Source, SourceKind, TypedflowError

T = TypeVar("T")
Read = Callable[..., Any]
Problems = Callable[..., list[Diagnostic]]


class Model(ConfigModel):
    """A nested model."""

    fit_intercept: bool = True
    learning_rate: float = Field(alias="learning-rate", default=0.1, gt=0)


class Adam(ConfigModel):
    """A variant."""

    kind: Literal["adam"]
    betas: tuple[float, float]


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"]
    momentum: float


@dataclasses.dataclass
class Box(Generic[T]):
    """A generic dataclass."""

    content: T


class Config(ConfigModel):
    """The whole."""

    model: Model = Model()
    epochs: int
    name: str = ""
    sizes: list[int] = []
    either: int | list[int] = 1
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] | None = None
    models: dict[str, Model] = {}
    steps: list[Model] = []
    box: Box[int] | None = None

    @field_validator("name")
    @classmethod
    def lower(cls, name: str) -> str:
        """Refuse capitals."""
        if name != name.lower():
            raise ValueError("capitals are for constants")
        if name == "x":
            raise AssertionError("x is no name")
        return name


class Strict(ConfigModel):
    """A strict model."""

    model_config = ConfigDict(strict=True)

    day: datetime.date
    pair: tuple[int, str]
    names: set[str]
    span: datetime.timedelta = datetime.timedelta(0)


def _line(owner: type, text: str) -> int:
    lines, first = inspect.getsourcelines(owner)
    return first + next(index for index, line in enumerate(lines) if line.strip().startswith(text))


FOUND: dict[str, tuple[str, str, str, str, str]] = {
    "an unknown key": (
        "epochs: 1\nmodel:\n  fit_intercpt: false",
        "unknown-key",
        "low.yaml:3:3",
        "`model.fit_intercpt` is not a field of Model",
        "did you mean `fit_intercept`?",
    ),
    "an unknown key, an alias meant": (
        "epochs: 1\nmodel: {learning_rate: 1}",
        "unknown-key",
        "low.yaml:2:9",
        "`model.learning_rate` is not a field of Model",
        "did you mean `learning-rate`?",
    ),
    "an unknown key at the top": (
        "epochs: 1\nepoch: 2",
        "unknown-key",
        "low.yaml:2:1",
        "`epoch` is not a field of Config",
        "did you mean `epochs`?",
    ),
    "an unknown key in a dict's value": (
        "epochs: 1\nmodels: {a: {fit: 2}}",
        "unknown-key",
        "low.yaml:2:14",
        "`models.a.fit` is not a field of Model",
        "",
    ),
    "an unknown key in a list's item": (
        "epochs: 1\nsteps: [{}, {fit_intercep: 2}]",
        "unknown-key",
        "low.yaml:2:14",
        "`steps[1].fit_intercep` is not a field of Model",
        "did you mean `fit_intercept`?",
    ),
    "an unknown key whose value is a mapping": (
        "epochs: 1\nmodle: {a: {b: 1}}",
        "unknown-key",
        "low.yaml:2:1",
        "`modle` is not a field of Config",
        "did you mean `model`?",
    ),
    "a missing key": ("name: a", "missing-key", "low.yaml", "`epochs` is missing; Config requires it", ""),
    "a missing key of a variant": (
        "epochs: 1\noptimizer: {kind: sgd}",
        "missing-key",
        "low.yaml:2:1",
        "`optimizer.momentum` is missing; Sgd requires it",
        "",
    ),
    "a missing key of a generic dataclass": (
        "epochs: 1\nbox: {}",
        "missing-key",
        "low.yaml:2:1",
        "`box.content` is missing; Box requires it",
        "",
    ),
    "an empty text": ("", "missing-key", "low.yaml", "`epochs` is missing; Config requires it", ""),
    "a value of the wrong type": (
        "epochs: many",
        "invalid-value",
        "low.yaml:1:9",
        "`epochs` is 'many': input should be a valid integer, unable to parse string as an integer",
        "",
    ),
    "a list's item": (
        "epochs: 1\nsizes: [1, x]",
        "invalid-value",
        "low.yaml:2:12",
        "`sizes[1]` is 'x': input should be a valid integer, unable to parse string as an integer",
        "",
    ),
    "a constraint": (
        "epochs: 1\nmodel: {learning-rate: -1}",
        "invalid-value",
        "low.yaml:2:24",
        '`model."learning-rate"` is -1: input should be greater than 0',
        "",
    ),
    "a validator's message": (
        "epochs: 1\nname: ABC",
        "invalid-value",
        "low.yaml:2:7",
        "`name` is 'ABC': capitals are for constants",
        "",
    ),
    "a validator's assertion": (
        "epochs: 1\nname: x",
        "invalid-value",
        "low.yaml:2:7",
        "`name` is 'x': x is no name",
        "",
    ),
    "a union's members in one": (
        "epochs: 1\neither: x",
        "invalid-value",
        "low.yaml:2:9",
        (
            "`either` is 'x': input should be a valid integer, unable to parse string as an integer"
            " or input should be a list"
        ),
        "",
    ),
    "an unknown tag": (
        "epochs: 1\noptimizer: {kind: smd}",
        "invalid-value",
        "low.yaml:2:19",
        "`optimizer.kind` is 'smd': input should be 'adam' or 'sgd'",
        "did you mean `sgd`?",
    ),
    "no tag": (
        "epochs: 1\noptimizer: {momentum: 1}",
        "missing-key",
        "low.yaml:2:1",
        "`optimizer.kind` is missing; Adam requires it",
        "",
    ),
    "an unknown key of a variant": (
        "epochs: 1\noptimizer: {kind: sgd, momentum: 1, momentm: 2}",
        "unknown-key",
        "low.yaml:2:37",
        "`optimizer.momentm` is not a field of Sgd",
        "did you mean `momentum`?",
    ),
    "a mapping where none fits": (
        "epochs: 1\nsizes: {a: 1}",
        "invalid-value",
        "low.yaml:2:8",
        "`sizes`: input should be a list",
        "",
    ),
    "a long value": (
        f"epochs: {'x' * 99}",
        "invalid-value",
        "low.yaml:1:9",
        f"`epochs` is '{'x' * 56}...: input should be a valid integer, unable to parse string as an integer",
        "",
    ),
}

DECLARED = {
    "an unknown key": ("epochs: 1\nmodel: {a: 1}", Model, "class Model"),
    "a missing key": ("name: a", Config, "epochs: int"),
    "a value": ("epochs: x", Config, "epochs: int"),
    "an item": ("epochs: 1\nsizes: [x]", Config, "sizes:"),
    "an alias": ("epochs: 1\nmodel: {learning-rate: x}", Model, "learning_rate:"),
    "a variant": ("epochs: 1\noptimizer: {kind: sgd, momentum: x}", Sgd, "momentum:"),
    "a generic dataclass": ("epochs: 1\nbox: {content: x}", Box, "content:"),
}


@pytest.mark.parametrize(("text", "rule", "place", "message", "label"), FOUND.values(), ids=FOUND)
def test_what_does_not_fit_is_a_diagnostic(
    problems: Problems, text: str, rule: str, place: str, message: str, label: str
) -> None:
    """The diagnostic says where, what was found and what was expected."""
    (problem,) = problems(Config, text)
    assert (problem.rule.name, str(problem.location)) == (rule, place)
    assert (problem.message, problem.label) == (message, label)


@pytest.mark.parametrize(("text", "owner", "line"), DECLARED.values(), ids=DECLARED)
def test_the_other_side_is_named(problems: Problems, text: str, owner: type, line: str) -> None:
    """The diagnostic names the line that declares the field, or the class where there is none."""
    (problem,) = problems(Config, text)
    (declared,) = [item for item in problem.related if item.role == "declared at"]
    assert declared.location.name == __file__
    assert declared.location.span is not None
    assert declared.location.span.line == _line(owner, line)
    assert declared.detail == f"(class {owner.__name__})"


def test_all_findings_come_in_reading_order(problems: Problems) -> None:
    """Every key that does not fit is reported, in the order of the files' lines."""
    found = problems(Config, "steps: [{a: 1}]\nepochs: x\nmodel:\n  fit_intercept: 2\nname: X", "sizes: y")
    assert [str(item.location) for item in found] == [
        "high.yaml:1:8",
        "low.yaml:1:10",
        "low.yaml:2:9",
        "low.yaml:4:18",
        "low.yaml:5:7",
    ]


def test_a_value_names_what_it_shadows(problems: Problems) -> None:
    """Who set the value, and whom it shadowed."""
    (problem,) = problems(Config, "epochs: 1", "epochs: 2", "epochs: x")
    assert str(problem.location) == "top.yaml:1:9"
    shadows = [str(item.location) for item in problem.related if item.role == "shadows"]
    assert shadows == ["high.yaml:1:9", "low.yaml:1:9"]


def test_null_that_does_not_fit_leads_to_delete(problems: Problems) -> None:
    """Null is a value; what removes one is a directive, written as the file writes it."""
    (problem,) = problems(Config, "epochs: 1\nname: a", "name: null")
    assert problem.message == "`name` is null: input should be a valid string"
    assert problem.hint == "null is a value; to remove what a lower layer set, use `$merge: {delete: [name]}`"


def test_null_that_fits_is_a_value(read: Read) -> None:
    """Where None fits, null replaces what a lower layer set."""
    assert read(Config, "epochs: 1\noptimizer: {kind: sgd, momentum: 1}", "optimizer: null").optimizer is None


def test_without_a_guess_the_fields_are_listed(problems: Problems) -> None:
    """Where nothing was nearly right, the hint lists the keys that there are."""
    (problem,) = problems(Config, "epochs: 1\nzzz: 1")
    assert problem.hint.startswith("Config has `model`, `epochs`, `name`")
    assert problem.hint.endswith("and 1 more")


def test_a_missing_key_says_where_to_add_it(problems: Problems) -> None:
    """The one thing to do is to add the key."""
    (problem,) = problems(Config, "epochs: 1\noptimizer: {kind: sgd}")
    assert problem.hint == "add `momentum` to `optimizer`"


def test_a_model_validators_message_is_about_the_model(problems: Problems) -> None:
    """What a validator of the whole model says is reported for the model."""

    class Pair(ConfigModel):
        low: int
        high: int

        @model_validator(mode="after")
        def ordered(self) -> "Pair":
            if self.low > self.high:
                raise ValueError("low is above high")
            return self

    class Outer(ConfigModel):
        pair: Pair

    (problem,) = problems(Pair, "low: 2\nhigh: 1")
    assert problem.message == "Pair: low is above high"
    assert problem.location == Location("low.yaml")
    (problem,) = problems(Outer, "pair: {low: 2, high: 1}")
    assert (problem.message, str(problem.location)) == ("`pair`: low is above high", "low.yaml:1:7")


def test_two_keys_of_one_field_are_told_apart(problems: Problems) -> None:
    """A field that one file sets by two of its keys is set twice, and says so."""

    class Aliased(ConfigModel):
        rate: int = Field(1, validation_alias=AliasChoices("lr", "learning-rate"))

    (problem,) = problems(Aliased, "", "lr: 1\nlearning-rate: 2")
    assert problem.message == '`"learning-rate"` sets the field `rate` of Aliased, which `lr` sets too'
    assert str(problem.location) == "high.yaml:2:1"
    assert problem.hint == "use one of the two keys; `lr` takes precedence"


def test_a_strict_model_reads_what_json_can_write(read: Read) -> None:
    """Strictness is about types, not about files: dates are text there, tuples and sets are lists."""
    config = read(Strict, "day: '2024-02-29'\npair: [1, a]\nnames: [b]\nspan: PT1H")
    assert config == Strict(
        day=datetime.date(2024, 2, 29), pair=(1, "a"), names={"b"}, span=datetime.timedelta(hours=1)
    )


def test_a_strict_model_is_strict(problems: Problems) -> None:
    """A number in quotes is no number."""
    (problem,) = problems(Strict, "day: '2024-02-29'\npair: ['1', a]\nnames: [b]")
    assert (problem.path, str(problem.location)) == (("pair", 0), "low.yaml:2:8")


def test_no_layers_fit_a_model_of_defaults(read: Read) -> None:
    """A model that requires nothing is made of nothing."""
    assert read(Model) == Model()


def test_no_layers_miss_what_is_required(problems: Problems) -> None:
    """Without a source there is no place, and still a diagnostic."""
    (problem,) = problems(Config)
    assert (problem.rule.name, problem.location) == ("missing-key", None)


def test_findings_are_raised_as_one_error(read: Read) -> None:
    """The error carries no traceback of pydantic's."""
    with pytest.raises(TypedflowError) as caught:
        read(Config, "epochs: x")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


class Raising(ConfigModel):
    """A validator with a mistake of its own."""

    retries: int = 1

    @field_validator("retries")
    @classmethod
    def _look_up(cls, value: int) -> int:
        table: dict[int, int] = {}
        return table[value]


def test_a_validator_that_raises_something_else(problems: Problems) -> None:
    """What Pydantic lets through (a KeyError) is a finding at the validator's line, not our failure."""
    (found,) = problems(Raising, "retries: 7")
    assert found.rule.name == "invalid-value"
    assert found.message == "validating Raising raises KeyError: 7"
    assert found.location is not None
    assert found.location.span is not None
    assert found.location.span.line == _line(Raising, "return table[value]")


def test_a_validator_that_exits(problems: Problems) -> None:
    """``sys.exit`` in a validator is a finding, too: nothing ends without a word."""

    class Exiting(ConfigModel):
        a: int

        @field_validator("a")
        @classmethod
        def fail(cls, a: int) -> int:
            """Exit."""
            sys.exit(a)

    (found,) = problems(Exiting, "a: 3")
    assert (found.rule.name, found.message) == ("invalid-value", "validating Exiting raises SystemExit: 3")
    assert found.location is not None
    assert found.location.span is not None
    assert found.location.span.line == _line(Exiting, "sys.exit(a)")


def test_a_validator_may_be_interrupted(read: Read) -> None:
    """Ctrl-C ends the process, not the value."""

    class Slow(ConfigModel):
        a: int

        @field_validator("a")
        @classmethod
        def wait(cls, a: int) -> int:
            """Be interrupted."""
            raise KeyboardInterrupt(a)

    with pytest.raises(KeyboardInterrupt):
        read(Slow, "a: 3")


def test_dates_of_toml_fit() -> None:
    """TOML has dates of its own, which a strict model takes as well."""
    text = 'day = 2024-02-29\npair = [1, "a"]\nnames = []\nspan = "PT1H"'
    source = Source("a.toml", text, "toml")
    stack = [Layer(source, parse(source))]
    assert validate(merge(stack, plan_of(Strict)), Strict).day == datetime.date(2024, 2, 29)


def test_what_json_cannot_carry_is_a_diagnostic() -> None:
    """A tree that code made may hold anything; what JSON cannot carry is refused."""
    stack = [Layer(Source("code", "", kind=SourceKind.CODE), {"epochs": object()})]
    with pytest.raises(TypedflowError, match="a value cannot be represented in JSON"):
        validate(merge(stack, plan_of(Config)), Config)


def test_whatever_a_validator_raises_is_a_diagnostic(problems: Problems) -> None:
    """A bug in a validator is the model's, and no traceback of ours."""

    class Buggy(ConfigModel):
        a: int

        @field_validator("a")
        @classmethod
        def fail(cls, a: int) -> int:
            """Divide by zero."""
            return a // 0

    (problem,) = problems(Buggy, "a: 1")
    assert problem.rule.name == "invalid-value"
    assert "ZeroDivisionError" in problem.message


class Renaming(ConfigModel):
    """A validator that changes keys before the fields are read."""

    a: int = 1

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, data: Any) -> Any:
        return {f"{key}_": value for key, value in data.items()}


def test_a_key_that_only_a_validator_knows(problems: Problems) -> None:
    """An unknown key that no file has is named all the same."""
    (found,) = problems(Renaming, "a: 2")
    assert (found.rule.name, found.path) == ("unknown-key", ("a_",))
    assert found.message == "`a_` is not a field of Renaming"


def _kind_of(value: Any) -> str | None:
    return value.get("type") if isinstance(value, dict) else getattr(value, "kind", None)


class Chosen(ConfigModel):
    """A union whose variant a function chooses."""

    optimizer: Annotated[Annotated[Adam, Tag("adam")] | Annotated[Sgd, Tag("sgd")], Discriminator(_kind_of)]


def test_a_function_that_chooses_no_variant(problems: Problems) -> None:
    """Where a function is the discriminator, and has nothing to choose by, the mapping is to blame."""
    (found,) = problems(Chosen, "optimizer: {momentum: 1}")
    assert (found.rule.name, found.path) == ("invalid-value", ("optimizer",))


class Twin(ConfigModel):
    """A model with a field of the name that it has itself, one level up."""

    a: int


class Twins(ConfigModel):
    """The level up."""

    a: Twin


def test_a_missing_key_of_its_parents_name(problems: Problems) -> None:
    """The whole key path is named, also where two keys in it are the same."""
    (found,) = problems(Twins, "a: {}")
    assert (found.rule.name, found.path) == ("missing-key", ("a", "a"))


class Derived(ConfigModel):
    """A model with a default that is made of another field."""

    size: int = 1
    table: dict[str, int] = Field(default_factory=lambda data: {"a": data["size"]})


@pytest.mark.skipif(VERSION.startswith("2.11."), reason="Pydantic 2.11 calls the factory without the field")
def test_a_default_that_waits_for_another_field_is_no_mistake(problems: Problems) -> None:
    """Pydantic reports a factory that could not run because another field is wrong; the other field is told alone."""
    (found,) = problems(Derived, "size: x")
    assert (found.rule.name, found.path) == ("invalid-value", ("size",))


class Login(ConfigModel):
    """A model of which each name of a field says that it is a secret, or a part of what it is read from."""

    db_password: str = Field(alias="login", max_length=5)
    user: str = Field(default="", alias="db_pwd", max_length=5)
    passphrase: str = Field(default="", validation_alias=AliasPath("auth", "text"))
    port: int = 1

    @field_validator("port")
    @classmethod
    def refused(cls, port: int, info: ValidationInfo) -> int:
        """Say more than it should."""
        raise ValueError(f"{port} with {info.data}")


@pytest.mark.parametrize("text", ["{login: hunter22, prt: 1}", "{login: a, db_pwd: hunter22}", "login: hunter22"])
def test_a_field_is_secret_by_each_of_its_names(problems: Problems, text: str) -> None:
    """Neither the message nor the line of any finding shows its value, whichever of its names says what it is."""
    found = problems(Login, text)
    assert found
    assert "hunter" not in "".join(f"{each.message} {each.location and each.location.excerpt}" for each in found)


def test_a_validator_repeats_no_secret_of_either_name(problems: Problems) -> None:
    """It has all fields, and may say what it likes."""
    (found,) = problems(Login, "login: hunt2\ndb_pwd: hunt3\nauth: {text: hunter22}\nport: 2\n")
    assert "hunt2" not in found.message
    assert "hunt3" not in found.message
    assert "hunter22" not in found.message
