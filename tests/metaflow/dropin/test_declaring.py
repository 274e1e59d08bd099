"""How a Config is declared, before any flow runs: typedflow's takes what Metaflow's takes, in the same order."""

import inspect
from collections.abc import Callable
from typing import Any

import metaflow
import pytest
from metaflow.exception import MetaflowException
from metaflow.parameters import Parameter
from metaflow.user_configs.config_parameters import DelayEvaluator

import typedflow
from typedflow import TypedflowError


class Model(typedflow.ConfigModel):
    """A model."""

    a: int = 1


def _typed(name: str, *arguments: Any, **options: Any) -> Any:
    config: Any = typedflow.Config
    return config(name, *arguments, model=Model, **options)


DECLARE: dict[str, Callable[..., Any]] = {"theirs": metaflow.Config, "ours": typedflow.Config, "typed": _typed}


@pytest.fixture
def declare(kind: str) -> Callable[..., Any]:
    """Declares a Config of a kind."""
    return DECLARE[kind]


def _in_class(config: Any) -> Any:
    """Return the attributes of a Config in a flow class."""
    return vars(type("Holder", (), {"config": config}))["config"]


def test_a_config_is_a_parameter(declare: Callable[..., Any]) -> None:
    """In a class, a Config is one of Metaflow's Parameters, and of its Configs."""
    config = _in_class(declare("config", default="c.json"))
    assert isinstance(config, Parameter)
    assert isinstance(config, metaflow.Config)
    assert config.name == "config"
    assert config.IS_CONFIG_PARAMETER


def test_every_argument_of_theirs_is_taken(declare: Callable[..., Any]) -> None:
    """Each argument of Metaflow's Config is one of typedflow's."""
    known = {each.name for each in inspect.signature(metaflow.Config.__init__).parameters.values()} - {"self"}
    given = {"name": "config", "default": "c.json", "help": "Help.", "required": True, "parser": "json.loads"}
    if "plain" in known:
        given["plain"] = False
    assert known - {"default_value", "kwargs"} == given.keys()
    assert _in_class(declare(**given, show_default=False)).kwargs["help"] == "Help."
    assert _in_class(declare("config", default_value={"a": 1})).name == "config"


def test_arguments_come_in_the_same_order(declare: Callable[..., Any]) -> None:
    """Arguments without names mean what they mean to Metaflow: default, default_value, help, required, parser."""
    arguments = (None, '{"a": 2}', "Help.", True, "json.loads")
    config = _in_class(declare("config", *arguments))
    assert [config.kwargs[name] for name in ("help", "required")] == ["Help.", True]
    parser = config.parser if isinstance(config.parser, str) else vars(config)["_user_parser"]
    assert parser == "json.loads"


@pytest.mark.usefixtures("has_plain")
def test_plain_is_the_last_argument(declare: Callable[..., Any]) -> None:
    """`plain` follows `parser`."""
    arguments = (None, "{}", None, None, None, True)
    assert _in_class(declare("config", *arguments)).kwargs["plain"] is True


def test_a_file_or_a_value(declare: Callable[..., Any], kind: str) -> None:
    """`default` and `default_value` together are refused; on purpose, with a model it is a diagnostic."""
    refusal = TypedflowError if kind == "typed" else MetaflowException
    with pytest.raises(refusal, match="not both"):
        declare("config", default="c.json", default_value={"a": 1})


@pytest.mark.parametrize("read", [lambda c: c.a, lambda c: c["a"], lambda c: c.a.b["c"], lambda c: c["a"].b])
def test_a_value_is_delayed(declare: Callable[..., Any], read: Callable[[Any], Any]) -> None:
    """In the class body, attributes and items stand for values that are read later."""
    assert isinstance(read(declare("config", default="c.json")), DelayEvaluator)


@pytest.mark.parametrize("part", [lambda c: c, lambda c: c.a])
def test_a_value_unpacks(declare: Callable[..., Any], part: Callable[[Any], Any]) -> None:
    """`**config` and `**config.a` give one delayed value under the key by which Metaflow knows it."""
    ((key, value),) = dict(**part(declare("config", default="c.json"))).items()
    assert key.startswith("_unpacked_delayed_")
    assert isinstance(value, DelayEvaluator)


def test_a_delayed_value_cannot_be_called(declare: Callable[..., Any], kind: str) -> None:
    """Outside of a flow there is no value; Metaflow and typedflow say so, each in its own words."""
    with pytest.raises(TypedflowError if kind == "typed" else MetaflowException):
        declare("config", default="c.json").a()


def test_comparing_too_early(declare: Callable[..., Any], kind: str) -> None:
    """On purpose: Metaflow's delayed values are never equal and always true, typed ones refuse both questions."""
    value = declare("config", default="c.json").a
    if kind != "typed":
        assert (value == 1, bool(value)) == (False, True)
        return
    for ask in (lambda: value == 1, lambda: bool(value)):
        with pytest.raises(TypedflowError, match="used-too-early"):
            ask()


def test_arithmetic_is_added(declare: Callable[..., Any], kind: str) -> None:
    """On purpose: typed values can be calculated with at class level; Metaflow's cannot."""
    value = declare("config", default="c.json").a
    if kind == "typed":
        assert isinstance(value + 1, DelayEvaluator)
    else:
        with pytest.raises(TypeError):
            value + 1


@pytest.mark.parametrize("name", ["name", "kwargs", "parser"])
def test_fields_named_like_attributes_of_a_parameter(declare: Callable[..., Any], kind: str, name: str) -> None:
    """On purpose: `config.name` is the config's value where it is typed, and the Parameter's own name where not."""
    assert isinstance(getattr(declare("config", default="c.json"), name), DelayEvaluator) is (kind == "typed")


def test_without_a_model_the_class_is_theirs() -> None:
    """`typedflow.Config` is a function: without `model=` it gives an object of Metaflow's own class, nothing else."""
    assert type(typedflow.Config("config", default_value={"a": 1})) is metaflow.Config
