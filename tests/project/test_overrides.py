"""Environment variables and ``--set``: the layers above all files."""

import dataclasses
import datetime
import decimal
import enum
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
import yaml
from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from typedflow.layers import Rank, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.project import overrides
from typedflow.project._variables import variable_layers
from typedflow.values import Diagnostic, Source, SourceKind, TypedflowError, format_path

Findings = Callable[..., list[Diagnostic]]


class Adam(ConfigModel):
    """A variant."""

    kind: Literal["adam"]
    lr: float = 0.1


class Sgd(ConfigModel):
    """Another."""

    kind: Literal["sgd"]
    momentum: float = 0.0
    label: str = ""


class Inner(ConfigModel):
    """A sub-model."""

    number: int = 0
    text: str = ""
    rate: float = Field(default=0.1, alias="learning-rate")
    camelCase: int = 0  # noqa: N815 # keys as files have them


class Table(RootModel[dict[str, int]]):
    """A dict with a name."""


class Config(ConfigModel):
    """Every kind of field."""

    flag: bool = False
    number: float = 0.0
    text: str = ""
    maybe: str | None = "x"
    price: decimal.Decimal = decimal.Decimal(0)
    day: datetime.date = datetime.date(2024, 1, 1)
    sizes: list[int] = []
    names: tuple[str, ...] = ()
    table: dict[str, int] = {}
    labels: dict[str, str] = {}
    inner: Inner = Inner()
    optional: Inner | None = None
    inners: dict[str, Inner] = {}
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] | None = None
    either: int | str = 0
    aliased: int = Field(default=0, alias="an-alias")


class Strict(Config):
    """The same fields, strict."""

    model_config = ConfigDict(strict=True)


VARIABLES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "a boolean": ({"FLAG": "true"}, {"flag": True}),
    "a number": ({"NUMBER": "1e3"}, {"number": 1000}),
    "an integer for a number": ({"NUMBER": "7"}, {"number": 7}),
    "text": ({"TEXT": "hello"}, {"text": "hello"}),
    "text that looks like a number": ({"TEXT": "007"}, {"text": "007"}),
    "text that looks like null": ({"TEXT": "null"}, {"text": "null"}),
    "text with blanks": ({"TEXT": " a: b "}, {"text": " a: b "}),
    "empty text": ({"TEXT": ""}, {"text": ""}),
    "null where null may stand": ({"MAYBE": "null"}, {"maybe": None}),
    "a decimal": ({"PRICE": "1.10"}, {"price": "1.10"}),
    "a date": ({"DAY": "2024-02-29"}, {"day": "2024-02-29"}),
    "a list": ({"SIZES": "[1, 2]"}, {"sizes": [1, 2]}),
    "a tuple": ({"NAMES": '["a", "b"]'}, {"names": ["a", "b"]}),
    "a dict": ({"TABLE": '{"a": 1, "B": 2}'}, {"table": {"a": 1, "B": 2}}),
    "a dict's key": ({"TABLE__A": "1"}, {"table": {"A": 1}}),
    "a dict's key in lower case": ({"TABLE__a": "1"}, {"table": {"a": 1}}),
    "two keys of a dict": ({"TABLE__a": "1", "TABLE__A": "2"}, {"table": {"a": 1, "A": 2}}),
    "a dict and a key of it in another case": ({"TABLE": '{"aB": 1}', "TABLE__AB": "2"}, {"table": {"aB": 2}}),
    "a dict's text": ({"LABELS__A": "007"}, {"labels": {"A": "007"}}),
    "a dict's text that is a number": ({"LABELS__OMP_NUM_THREADS": "8"}, {"labels": {"OMP_NUM_THREADS": "8"}}),
    "a nested field": ({"INNER__NUMBER": "3"}, {"inner": {"number": 3}}),
    "a nested text": ({"INNER__TEXT": "3"}, {"inner": {"text": "3"}}),
    "a nested field with capitals": ({"INNER__CAMELCASE": "3"}, {"inner": {"camelCase": 3}}),
    "a whole sub-model": ({"INNER": '{"number": 3, "text": "a"}'}, {"inner": {"number": 3, "text": "a"}}),
    "a sub-model and a field of it": (
        {"INNER__NUMBER": "4", "INNER": '{"number": 3, "text": "a"}'},
        {"inner": {"number": 4, "text": "a"}},
    ),
    "an optional sub-model": ({"OPTIONAL__NUMBER": "3"}, {"optional": {"number": 3}}),
    "a sub-model in a dict": ({"INNERS__A__NUMBER": "3"}, {"inners": {"A": {"number": 3}}}),
    "a tag": ({"OPTIMIZER__KIND": "sgd"}, {"optimizer": {"kind": "sgd"}}),
    "a variant's key": (
        {"OPTIMIZER__KIND": "sgd", "OPTIMIZER__MOMENTUM": "0.5"},
        {"optimizer": {"kind": "sgd", "momentum": 0.5}},
    ),
    "a variant's text": (
        {"OPTIMIZER__KIND": "sgd", "OPTIMIZER__LABEL": "007"},
        {"optimizer": {"kind": "sgd", "label": "007"}},
    ),
    "a union of scalars": ({"EITHER": "5"}, {"either": 5}),
    "lower case": ({"text": "x", "inner__number": "3"}, {"text": "x", "inner": {"number": 3}}),
    "an alias": ({"AN-ALIAS": "3"}, {"an-alias": 3}),
    "a nested alias": ({"INNER__LEARNING-RATE": "3"}, {"inner": {"learning-rate": 3}}),
}

OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "a boolean": (("flag=true",), {"flag": True}),
    "a number": (("number=1e3",), {"number": 1000.0}),
    "text": (("text=a b",), {"text": "a b"}),
    "text that looks like a number": (("text=007",), {"text": "007"}),
    "text that looks like null": (("text=null",), {"text": "null"}),
    "text with an equals sign": (("text=a=b",), {"text": "a=b"}),
    "empty text": (("text=",), {"text": ""}),
    "null": (("maybe=null",), {"maybe": None}),
    "null as YAML writes it": (("maybe=~",), {"maybe": None}),
    "a list": (("sizes=[1, 2]",), {"sizes": [1, 2]}),
    "a mapping": (("table={a: 1}",), {"table": {"a": 1}}),
    "a nested field": (("inner.text=007",), {"inner": {"text": "007"}}),
    "a key in quotes": (('inner."learning-rate"=1',), {"inner": {"learning-rate": 1}}),
    "a bare key with a dash": (("inner.learning-rate=1",), {"inner": {"learning-rate": 1}}),
    "blanks before the key": ((" number =3",), {"number": 3}),
    "the later of two": (("number=1", "number=2"), {"number": 2}),
    "a mapping, then a key of it": (
        ("inner={number: 1, text: a}", "inner.number=2"),
        {"inner": {"number": 2, "text": "a"}},
    ),
    "a variant": (("optimizer.kind=sgd", "optimizer.label=1"), {"optimizer": {"kind": "sgd", "label": "1"}}),
    "a date": (("day=2024-02-29",), {"day": "2024-02-29"}),
    "a decimal": (("price=1.10",), {"price": "1.10"}),
}

BAD_OPTIONS = {
    "no equals sign": ("number", "`number` has no `=`"),
    "no key": ("=3", "`` is not a key path (at character 1)"),
    "a bad key": ("a..b=3", "`a..b` is not a key path (at character 2)"),
    "into a list": ("sizes[0]=3", "`sizes[0]` points into a list; set the whole list, as in `a.b=[1, 2]`"),
    "an open bracket": ("sizes=[1", "`[1` is not a valid value: "),
    "an infinity": ("number=.inf", "`.inf` is not a valid value: "),
}


def _variables(model: type[ConfigModel], environ: dict[str, str]) -> Any:
    names = {f"TYPEDFLOW__SETTINGS__{name}": text for name, text in environ.items()}
    return merge(overrides("settings", model, names), plan_of(model))


@pytest.mark.parametrize("model", [Config, Strict])
@pytest.mark.parametrize(("environ", "expected"), VARIABLES.values(), ids=VARIABLES)
def test_a_variable_sets_a_value(model: type[ConfigModel], environ: dict[str, str], expected: dict[str, Any]) -> None:
    """A variable's name is a key path and its text a value, of the field's type."""
    merged = _variables(model, environ)
    assert merged.tree == expected
    validate(merged, model)


class Free(ConfigModel):
    """Places where keys are not fields."""

    model_config = ConfigDict(extra="allow")

    limits: dict[str, dict[str, int]] = {}
    shipped: dict[str, str] = {"OMP_NUM_THREADS": "1"}
    made: dict[str, str] = Field(default_factory=lambda: {"numpy": "1"})
    late: dict[str, str] = Field(default_factory=lambda data: {"late": "1", **data["made"]})
    anything: Any = None
    either: Inner | dict[str, int] = {}
    inners: dict[str, Inner] = {"Left": Inner()}
    root: Table = Table({"Root": 1})
    closed: Inner = Inner()


#: The settings below, variables, and the settings above.
KEYS: dict[str, tuple[dict[str, Any], dict[str, str], dict[str, Any]]] = {
    "the same key": ({"shipped": {"OMP": "1"}}, {"SHIPPED__OMP": "8"}, {"shipped": {"OMP": "8"}}),
    "another case": ({"shipped": {"Omp": "1"}}, {"SHIPPED__OMP": "8"}, {"shipped": {"Omp": "8"}}),
    "exact first": ({"shipped": {"a": "1", "A": "2"}}, {"SHIPPED__A": "8"}, {"shipped": {"a": "1", "A": "8"}}),
    "nested": ({"limits": {"GET": {"a": 1}}}, {"LIMITS__get__A": "5"}, {"limits": {"GET": {"a": 5}}}),
    "nested, a new key": (
        {"limits": {"GET": {"a": 1}}},
        {"LIMITS__GET__b": "5"},
        {"limits": {"GET": {"a": 1, "b": 5}}},
    ),
    "a new dict": ({}, {"LIMITS__GET__a": "5"}, {"limits": {"GET": {"a": 5}}}),
    "a default": ({}, {"SHIPPED__omp_num_threads": "8"}, {"shipped": {"OMP_NUM_THREADS": "8"}}),
    "a default factory": ({}, {"MADE__NUMPY": "2"}, {"made": {"numpy": "2"}}),
    "a default that needs other fields": ({}, {"LATE__NUMPY": "2"}, {"late": {"NUMPY": "2"}}),
    "a default's model": ({}, {"INNERS__LEFT__NUMBER": "2"}, {"inners": {"Left": {"number": 2}}}),
    "a root model": ({}, {"ROOT__ROOT": "2"}, {"root": {"Root": 2}}),
    "any value": ({"anything": {"Deep": {"Er": 1}}}, {"ANYTHING__DEEP__ER": "2"}, {"anything": {"Deep": {"Er": 2}}}),
    "a new key of any value": ({}, {"ANYTHING__Deep__Er": "2"}, {"anything": {"Deep": {"Er": 2}}}),
    "a union's field": ({}, {"EITHER__CAMELCASE": "2"}, {"either": {"camelCase": 2}}),
    "a union's key": ({"either": {"Free": 1}}, {"EITHER__FREE": "2"}, {"either": {"Free": 2}}),
    "an extra key": ({"MoreOfIt": 1}, {"MOREOFIT": "2"}, {"MoreOfIt": 2}),
    "a new extra key": ({}, {"MoreOfIt": "2"}, {"MoreOfIt": 2}),
    "a field of a model that takes extra keys": ({}, {"closed__Text": "x"}, {"closed": {"text": "x"}}),
}


class Color(enum.Enum):
    """Keys that are members."""

    RED = "Red"


@dataclasses.dataclass
class Holder:
    """A dataclass with a dictionary."""

    labels: dict[str, str]


class Spelled(ConfigModel):
    """Fields with several keys, and keys that are not text."""

    model_config = ConfigDict(populate_by_name=True)

    env: dict[str, str] = Field({}, validation_alias=AliasChoices("environment", "vars"))
    inner: Free = Field(Free(), alias="nested")
    numbers: dict[int, str] = {}
    tables: dict[int, dict[str, int]] = {0: {"Cat": 1}}
    colors: dict[Color, dict[str, int]] = {Color.RED: {"Cat": 1}}
    holder: Holder = Holder({"Foo": "1"})
    deep: str = Field("", validation_alias=AliasPath("box", "Deep"))
    deeper: dict[str, str] = Field({}, validation_alias=AliasPath("box", "way", "deeper"))
    some: dict[str, str] = Field({}, validation_alias=AliasChoices("few", AliasPath("box", "some")))


SPELLED: dict[str, tuple[dict[str, Any], dict[str, str], dict[str, Any]]] = {
    "another key of the field": ({"environment": {"Omp": "1"}}, {"VARS__OMP": "8"}, {"environment": {"Omp": "8"}}),
    "the field's name": ({"vars": {"Omp": "1"}}, {"ENV__OMP": "8"}, {"environment": {"Omp": "8"}}),
    "a file's second key": ({"vars": {"Omp": "1"}}, {"ENVIRONMENT__OMP": "8"}, {"environment": {"Omp": "8"}}),
    "a field inside": (
        {"nested": {"shipped": {"Omp": "1"}}},
        {"INNER__SHIPPED__OMP": "8"},
        {"nested": {"shipped": {"Omp": "8"}}},
    ),
    "a default inside": (
        {},
        {"INNER__SHIPPED__omp_num_threads": "8"},
        {"nested": {"shipped": {"OMP_NUM_THREADS": "8"}}},
    ),
    "a variable with another key": (
        {},
        {"VARS": '{"Omp": "1"}', "ENV__OMP": "8"},
        {"environment": {"Omp": "8"}},
    ),
    "along a path": ({}, {"BOX__DEEP": "007"}, {"box": {"Deep": "007"}}),
    "a path's mapping": ({}, {"BOX": '{"Deep": "7"}'}, {"box": {"Deep": "7"}}),
    "a dictionary along a path": ({}, {"BOX__WAY__DEEPER": '{"a": "B"}'}, {"box": {"way": {"deeper": {"a": "B"}}}}),
    "a new key along a path": ({}, {"BOX__WAY__DEEPER__A": "1"}, {"box": {"way": {"deeper": {"A": "1"}}}}),
    "a key along a path": (
        {"box": {"some": {"Omp": "1"}}},
        {"BOX__SOME__OMP": "8"},
        {"box": {"some": {"Omp": "8"}}},
    ),
    "a key beside a path": ({"few": {"Omp": "1"}}, {"FEW__OMP": "8"}, {"few": {"Omp": "8"}}),
    "an integer": ({"numbers": {"0": "cat"}}, {"NUMBERS__0": "dog"}, {"numbers": {"0": "dog"}}),
    "integers as JSON": ({"numbers": {"0": "cat"}}, {"NUMBERS": '{"0": "dog"}'}, {"numbers": {"0": "dog"}}),
    "below an integer of a default": ({}, {"TABLES__0__CAT": "2"}, {"tables": {"0": {"Cat": 2}}}),
    "below a member of a default": ({}, {"COLORS__RED__CAT": "2"}, {"colors": {"Red": {"Cat": 2}}}),
    "a default's dataclass": ({}, {"HOLDER__LABELS__FOO": "2"}, {"holder": {"labels": {"Foo": "2"}}}),
}


@pytest.mark.parametrize(("below", "environ", "expected"), SPELLED.values(), ids=SPELLED)
def test_a_key_is_found_by_any_key_of_the_field(
    below: dict[str, Any], environ: dict[str, str], expected: dict[str, Any]
) -> None:
    """A variable and a file may use different keys of a field; what is below it is merged all the same."""
    assert _above(below, environ, model=Spelled) == expected


def test_two_variables_for_one_key_of_a_field_are_a_diagnostic(findings: Findings) -> None:
    """Also if they use different keys of the field above it."""
    (problem,) = findings(_above, {}, {"VARS__A": "1", "ENVIRONMENT__A": "2"}, model=Spelled)
    assert problem.message == (
        "`TYPEDFLOW__SETTINGS__ENVIRONMENT__A` and `TYPEDFLOW__SETTINGS__VARS__A` both set `vars.A`"
    )


def _above(tree: dict[str, Any], environ: dict[str, str], model: type[ConfigModel] = Free, **options: Any) -> Any:
    file = layer(Source("settings.yaml", yaml.safe_dump(tree, sort_keys=False), "yaml"), tree)
    names = {f"TYPEDFLOW__SETTINGS__{name}": text for name, text in environ.items()}
    stack = [file, *variable_layers("settings", model, names, [file], **options)]
    return merge(stack, plan_of(model), defaults=False).tree  # what variables and files set, and nothing else


@pytest.mark.parametrize(("below", "environ", "expected"), KEYS.values(), ids=KEYS)
def test_a_key_that_is_there_keeps_its_case(
    below: dict[str, Any], environ: dict[str, str], expected: dict[str, Any]
) -> None:
    """A key below that differs only in case is meant, of a file or the model's default; a new key is as written."""
    assert _above(below, environ) == expected


def test_a_key_that_could_be_two_is_a_diagnostic(findings: Findings) -> None:
    """If two keys differ from a variable's only in case, both are named with their lines."""
    below = {"shipped": {"path": "a", "Path": "b"}}
    (problem,) = findings(_above, below, {"SHIPPED__PATH": "c"})
    assert (problem.rule.name, str(problem.location)) == ("bad-option", "TYPEDFLOW__SETTINGS__SHIPPED__PATH")
    assert problem.message == "`PATH` could be `path`, `Path`, which differ only in case"
    assert [str(item.location) for item in problem.related] == ["settings.yaml:2:3", "settings.yaml:3:3"]
    assert "--set shipped.path=VALUE" in problem.hint


def test_two_variables_for_one_key_are_a_diagnostic(findings: Findings) -> None:
    """It is unclear which of them counts."""
    (problem,) = findings(_above, {}, {"CLOSED__TEXT": "a", "closed__text": "b"})
    assert problem.message.endswith("both set `closed.text`")
    assert str(problem.location) == "TYPEDFLOW__SETTINGS__closed__text"


def test_where_names_have_no_case_a_new_key_is_a_diagnostic(findings: Findings) -> None:
    """Windows converts all names to upper case: an existing key is found, and a new one is rejected."""
    below = {"shipped": {"Omp": "1"}}
    assert _above(below, {"SHIPPED__OMP": "2", "CLOSED__TEXT": "x"}, have_case=False)["shipped"] == {"Omp": "2"}
    (problem,) = findings(_above, below, {"SHIPPED__NEW": "2"}, have_case=False)
    assert (problem.rule.name, str(problem.location)) == ("bad-option", "TYPEDFLOW__SETTINGS__SHIPPED__NEW")
    assert problem.hint == "use `--set a.b=value`"


def test_a_variable_is_a_source() -> None:
    """The layer's source is the variable, and its values begin at its key path."""
    (layer,) = overrides("settings", Config, {"TYPEDFLOW__SETTINGS__INNER": '{"number": 1}'})
    assert (layer.source.name, layer.source.kind) == ("TYPEDFLOW__SETTINGS__INNER", SourceKind.VARIABLE)
    assert (layer.rank, layer.prefix) == (Rank.VARIABLE, ("inner",))
    assert layer.origin(("inner", "number")).path == ("number",)


@pytest.mark.parametrize("name", ["TYPEDFLOW__OTHER__TEXT", "TYPEDFLOW__SETTINGS", "TYPEDFLOW_BINDING", "TEXT"])
def test_another_variable_is_left_alone(name: str) -> None:
    """Variables of another config, and other variables, set nothing."""
    assert overrides("settings", Config, {name: "x"}) == []


def test_a_dash_in_a_configs_name_is_an_underscore() -> None:
    """A config's name is written as variables can be named."""
    (layer,) = overrides("my-config", Config, {"TYPEDFLOW__MY_CONFIG__TEXT": "x"})
    assert layer.tree == {"text": "x"}


def test_without_an_environment_the_processs_own_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default, this process's variables count."""
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__TEXT", "x")
    assert [layer.tree for layer in overrides("settings", Config)] == [{"text": "x"}]


UNKNOWN = {
    "a field": ("TYPEDFLOW__SETTINGS__TXET", ("txet",), "did you mean `text`?"),
    "a nested field": ("TYPEDFLOW__SETTINGS__INNER__NUMBR", ("inner", "numbr"), "did you mean `number`?"),
    "below a scalar": ("TYPEDFLOW__SETTINGS__FLG__X", ("flg",), "did you mean `flag`?"),
    "nothing": ("TYPEDFLOW__SETTINGS__", ("",), ""),
}


@pytest.mark.parametrize(("name", "path", "label"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_variable_is_a_diagnostic(findings: Findings, name: str, path: tuple[str, ...], label: str) -> None:
    """A variable that names no field is an unknown key, at the variable."""
    merged = merge(overrides("settings", Config, {name: "1"}), plan_of(Config))
    (problem,) = findings(validate, merged, Config)
    assert (problem.rule.name, problem.path, problem.label) == ("unknown-key", path, label)
    assert str(problem.location) == name


@pytest.mark.parametrize("name", ["SIZES", "TABLE", "INNER", "OPTIONAL"])
def test_a_variable_that_is_no_json_is_a_diagnostic(findings: Findings, name: str) -> None:
    """Lists and mappings are written as JSON; invalid JSON is reported with its variable."""
    name = f"TYPEDFLOW__SETTINGS__{name}"
    found = findings(lambda: validate(merge(overrides("settings", Config, {name: "[1"}), plan_of(Config)), Config))
    assert [str(item.location) for item in found] == [name]
    assert "'[1'" in found[0].message


def test_a_wrong_value_of_a_variable_is_a_diagnostic(findings: Findings) -> None:
    """A value that does not fit is reported at the variable."""
    merged = merge(overrides("settings", Config, {"TYPEDFLOW__SETTINGS__INNER__NUMBER": "many"}), plan_of(Config))
    (problem,) = findings(validate, merged, Config)
    assert (problem.rule.name, str(problem.location)) == ("invalid-value", "TYPEDFLOW__SETTINGS__INNER__NUMBER")


class Leaf(BaseModel):
    """A plain model, which ignores other keys."""

    number: int = 0


@dataclasses.dataclass
class Record:
    """A dataclass, which ignores them as well."""

    number: int = 0


class Reading(BaseModel):
    """A model whose own code reads a mapping first."""

    number: int = 0

    @model_validator(mode="before")
    @classmethod
    def _renamed(cls, data: Any) -> Any:
        return {"number": data["count"]} if isinstance(data, dict) and "count" in data else data


class Plain(BaseModel):
    """Places where keys are ignored, or not."""

    leaf: Leaf = Leaf()
    leaves: list[Leaf] = []
    by_name: dict[str, Leaf] = {}
    record: Record = Record()
    reading: Reading = Reading()
    strict: Inner = Inner()
    either: Leaf | Inner = Leaf()
    free: Free = Free()
    anything: Any = None
    early: Annotated[Leaf, BeforeValidator(lambda data: {"number": len(data)})] = Leaf()


#: Variables, and the key that a model would ignore.
IGNORED: dict[str, tuple[tuple[str, str], str | None]] = {
    "a field": (("LEAFF", "{}"), "leaff"),
    "a nested field": (("LEAF__NUMBR", "1"), "leaf.numbr"),
    "in a mapping": (("LEAF", '{"number": 1, "numbr": 2}'), "leaf.numbr"),
    "in a list": (("LEAVES", '[{"number": 1}, {"numbr": 2}]'), "leaves[1].numbr"),
    "in a dict": (("BY_NAME__A__NUMBR", "1"), "by_name.A.numbr"),
    "in a dataclass": (("RECORD__NUMBR", "1"), "record.numbr"),
    "in a union": (("EITHER__NUMBR", "1"), "either.numbr"),
    "a field that is there": (("LEAF__NUMBER", "1"), None),
    "a dict's key": (("BY_NAME__A__NUMBER", "1"), None),
    "a key that the model's code reads": (("READING__COUNT", "1"), None),
    "a key that a validator reads": (("EARLY__COUNT", "1"), None),
    "a key of one of several models": (("EITHER__TEXT", "x"), None),
    "an extra key": (("FREE__NUMBR", "1"), None),
    "any value": (("ANYTHING__NUMBR", "1"), None),
}


@pytest.mark.parametrize(("setting", "key"), IGNORED.values(), ids=IGNORED)
def test_what_a_model_would_ignore_is_a_diagnostic(setting: tuple[str, str], key: str | None) -> None:
    """A variable or an option without a matching field is an error, also if the model does not forbid extra keys."""
    path, text = setting
    option = f"{path.lower().replace('__', '.').replace('.a.', '.A.')}={text}"
    variable = f"TYPEDFLOW__SETTINGS__{path}"
    for name, environ, options in ((variable, {variable: text}, []), (f"--set {option}", {}, [option])):
        try:
            overrides("settings", Plain, environ, options)
            found = []
        except TypedflowError as error:
            found = list(error.diagnostics)
        assert [(item.rule.name, str(item.location), format_path(item.path or ())) for item in found] == (
            [("unknown-key", name, key)] if key else []
        )


@pytest.mark.parametrize(("options", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_an_option_sets_a_value(options: tuple[str, ...], expected: dict[str, Any]) -> None:
    """``a.b=value`` sets a value, read as YAML if the field accepts more than text; later options win."""
    merged = merge(overrides("settings", Config, {}, options), plan_of(Config))
    assert merged.tree == expected
    validate(merged, Config)


@pytest.mark.parametrize(("option", "message"), BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_a_bad_option_is_a_diagnostic(findings: Findings, option: str, message: str) -> None:
    """An option that cannot be read is quoted as written."""
    (problem,) = findings(overrides, "settings", Config, {}, [option])
    assert (problem.rule.name, str(problem.location)) == ("bad-option", f"--set {option}")
    assert problem.message.startswith(message)
    assert problem.hint.startswith("write `--set a.b=value`")


def test_all_bad_overrides_are_found(findings: Findings) -> None:
    """A bad variable does not hide a bad option or another bad variable."""
    environ = {"TYPEDFLOW__SETTINGS__SIZES": "[", "TYPEDFLOW__SETTINGS__TABLE": "{"}
    found = findings(overrides, "settings", Config, environ, ["a", "b..c=1", "text=x"])
    assert [str(item.location) for item in found] == [
        "TYPEDFLOW__SETTINGS__SIZES",
        "TYPEDFLOW__SETTINGS__TABLE",
        "--set a",
        "--set b..c=1",
    ]


def test_an_unknown_option_is_a_diagnostic(findings: Findings) -> None:
    """An option that names no field is an unknown key, at the option."""
    merged = merge(overrides("settings", Config, {}, ["inner.numbr=1"]), plan_of(Config))
    (problem,) = findings(validate, merged, Config)
    assert (problem.label, str(problem.location)) == ("did you mean `number`?", "--set inner.numbr=1")
