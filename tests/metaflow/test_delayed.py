"""Delayed values by themselves: what can be done with them before any config has been read."""

import copy
from typing import Any

import pytest
from metaflow.user_configs.config_parameters import DelayEvaluator
from pydantic import RootModel

from typedflow import Config, ConfigModel, TypedflowError, config_expr, ref


class Sub(ConfigModel):
    """A sub-model."""

    items_: list[int] = [1]


class Model(ConfigModel):
    """A model with fields named like attributes of Metaflow's Parameter."""

    name: str = "x"
    kwargs: str = "y"
    parser: str = "z"
    number: int = 1
    sub: Sub = Sub()


@pytest.fixture
def config() -> Any:
    """What a class body sees of a Config."""
    return Config("config", model=Model, default_value={})


@pytest.mark.parametrize(
    "name", ["name", "kwargs", "parser", "number", "items", "values", "get", "default", "separator"]
)
def test_every_attribute_is_delayed(config: Any, name: str) -> None:
    """No attribute of Parameter, Mapping or DelayEvaluator shines through."""
    assert repr(getattr(config, name)) == f"<delayed config.{name}>"
    assert repr(getattr(config.sub, name)) == f"<delayed config.sub.{name}>"


@pytest.mark.parametrize(
    ("delayed", "written"),
    [
        (lambda c: c["a-b"], "config['a-b']"),
        (lambda c: c.a[0], "config.a[0]"),
        (lambda c: c.a[c.number], "config.a[config.number]"),
        (lambda c: c.number + 1, "config.number + 1"),
        (lambda c: 2**c.number, "2 ** config.number"),
        (lambda c: -c.number, "-config.number"),
        (lambda c: c.number // c.number, "config.number // config.number"),
        (lambda _: config_expr(" config.number "), "config.number"),
        (lambda _: ref(Model, "other").name, "other.name"),
    ],
)
def test_a_delayed_value_shows_what_was_written(config: Any, delayed: Any, written: str) -> None:
    """A representation is for debuggers and messages."""
    value = delayed(config)
    assert isinstance(value, DelayEvaluator)
    assert repr(value) == f"<delayed {written}>"


def test_copies_keep_everything(config: Any) -> None:
    """Metaflow copies decorators; a copy that lost its module's globals could not be evaluated."""
    value = config.number + 1
    assert copy.copy(value) is value
    assert copy.deepcopy({"a": [value]})["a"][0] is value


def test_protocol_names_are_not_delayed(config: Any) -> None:
    """Names with an underscore are Python's own: whoever asks for them gets an honest no."""
    assert not hasattr(config, "__wrapped__")
    assert not hasattr(config, "_repr_html_")


@pytest.mark.parametrize(
    "use",
    [bool, str, int, float, len, iter, list, hash, lambda d: d == 1, lambda d: d != 1, lambda d: d < 1, "{}".format],
)
def test_what_needs_the_value_is_refused(config: Any, use: Any) -> None:
    """Silently wrong answers (always true, never equal) would reach a run."""
    with pytest.raises((TypedflowError, TypeError), match=r"used-too-early|unhashable"):
        use(config.number)


def test_the_refusal_names_the_line(config: Any) -> None:
    """The diagnostic is at the user's line, with what to write instead."""
    with pytest.raises(TypedflowError) as caught:
        _ = 1 if config.number else 2
    found = caught.value.diagnostics[0]
    assert found.location is not None
    assert found.location.name == __file__
    assert found.location.excerpt is not None
    assert "1 if config.number else 2" in found.location.excerpt.line
    assert "config_expr(" in found.hint


def test_a_call_is_refused_outside_of_a_flow(config: Any) -> None:
    """A method of a value is no delayed value; `config_expr` can call it."""
    with pytest.raises(TypedflowError, match=r"config\.name\.upper"):
        config.name.upper()


def test_a_declared_config_outside_of_its_class() -> None:
    """A flow's config can be unpacked, read and shown; Metaflow's own representation would evaluate the default."""

    class Holder:
        config = Config("config", model=Model, default="nowhere.toml")

    (value,) = dict(**Holder.config).values()
    assert repr(value) == "<delayed **config>"
    assert repr(Holder.config["name"]) == "<delayed config['name']>"
    assert repr(Holder.config) == str(Holder.config) == "<Config config: Model>"


def test_unpacking_gives_the_value_itself(config: Any) -> None:
    """`**config.sub` hands Metaflow one delayed value to unpack."""

    def take(**kwargs: Any) -> dict[str, Any]:
        return kwargs

    (key, value), *rest = take(**config.sub).items()
    assert rest == []
    assert key.startswith("_unpacked_delayed_")
    assert repr(value) == "<delayed **config.sub>"


def test_a_config_takes_a_file_or_a_value() -> None:
    """Both `default` and `default_value` are one too many."""
    with pytest.raises(TypedflowError, match="not both"):
        Config("config", model=Model, default="a.toml", default_value={})  # type: ignore[call-overload] # type checkers refuse it, too


@pytest.mark.usefixtures("has_plain")
def test_a_list_is_stored_as_it_is() -> None:
    """A model that is no mapping needs Metaflow's `plain`."""

    class Names(RootModel[list[str]]):
        """A list."""

    class Table(RootModel[dict[str, int]]):
        """A mapping."""

    def parameter(model: Any) -> Any:
        return vars(Config("names", model=model))["_parameter"]

    assert parameter(Names).kwargs["plain"] is True
    assert not parameter(Table).kwargs.get("plain")
