"""Configs are found wherever Metaflow finds them."""

from __future__ import annotations

from typing import Any, TypeVar

import metaflow
from metaflow import FlowMutator, FlowSpec, schedule
from typing_extensions import assert_type

import typedflow
from reach import models
from reach.models import SHARED, Base, First, Mixin, Second
from typedflow import Config as Declared
from typedflow import ConfigModel, SettingsMixin, config_expr, ref

DEFAULT_SIZE = 3
T = TypeVar("T")

from reach import cycle


def passed(value: T) -> T:
    """Return a decorator's argument."""
    return value


class Inherited(Base):
    """Configs of a base in another module, by their names."""

    assert_type(config_expr("config.one"), int)
    assert_type(config_expr("other.two"), int)
    wrong = [config_expr("config.two"), config_expr("renamed.two"), config_expr("other.one")]


class Overridden(Base):
    """The config of the base under the same attribute has another model, or another name."""

    config: Any = Declared("config", model=Second, default="second.toml")
    renamed = Declared("third", model=First, default="first.toml")  # type: ignore[assignment]

    assert_type(config_expr("config.two"), int)
    wrong = [config_expr("config.one"), config_expr("other.two")]


class Mixed(Mixin, FlowSpec):
    """A mixin's config."""

    assert_type(config_expr("mixed.two"), int)
    wrong = config_expr("mixed.one")


class Outer:
    """A flow inside a class and inside a function."""

    class Inner(FlowSpec):
        """Nested."""

        inner = typedflow.Config("inner", model=First, default="first.toml")
        assert_type(config_expr("inner.one"), int)
        wrong = config_expr("inner.two")


def make() -> type[FlowSpec]:
    """Return a flow that is made in a function."""

    class Local(FlowSpec):
        local = Declared("local", model=First, default="first.toml")
        assert_type(config_expr("local.one"), int)
        wrong = config_expr("local.two")

    return Local


class Conditional(FlowSpec):
    """Configs in the branches of a class body."""

    if DEFAULT_SIZE > 2:
        branch = Declared("branch", model=First, default="first.toml")
    try:
        tried = Declared("tried", model=Second, default="second.toml")
    finally:
        pass
    wrong = [config_expr("branch.two"), config_expr("tried.one"), config_expr("branch.one")]


@schedule(cron=config_expr("config.one"))
class Before(FlowSpec):
    """Used in decorators above the config, and before it in the body."""

    early = config_expr("config.two")
    config = Declared("config", model=First, default="first.toml")


class Same(FlowSpec):
    """The same name in another flow of the file has another model."""

    config = Declared("config", model=Second, default="second.toml")
    assert_type(config_expr("config.two"), int)
    wrong = config_expr("config.one")


class WithMixin:
    """A mixin that uses the config of the flows below."""

    helper = config_expr("below.one")
    wrong = config_expr("below.two")


class Below(WithMixin, FlowSpec):
    """Gives the mixin its config."""

    below = Declared("below", model=First, default="first.toml")


class Raw(FlowSpec):
    """Metaflow's own configs, and ours without a model, are not typed."""

    raw = metaflow.Config("raw", default="raw.json")
    untyped = Declared("untyped", default="untyped.json")
    anything = [config_expr("raw.a.b"), config_expr("untyped.a.b"), config_expr("nothing.a")]


class Settings(ConfigModel):
    """A project's settings."""

    two: str = ""


class WithSettings(SettingsMixin[Settings], FlowSpec):
    """The settings mixin has a config of its own."""

    assert_type(config_expr("settings.two"), str)
    assert_type(ref(Settings, "settings").two, str)
    wrong = [config_expr("settings.one"), ref(Settings, "setting").two, ref(First, "settings").one]


class Generic(SettingsMixin[T], FlowSpec):  # type: ignore[type-var]
    """A flow for settings of any kind."""


class InCycle(FlowSpec):
    """Its model is in a module that imports this one."""

    cyclic = Declared("cyclic", model=cycle.Cyclic, default="cyclic.toml")
    assert_type(config_expr("cyclic.size"), int)
    wrong = config_expr("cyclic.sise")


LOCAL = Declared("in_module", model=Second, default="second.toml")


class Shared(FlowSpec):
    """Configs that are declared at the top of a module."""

    one = SHARED
    local = LOCAL
    assert_type(config_expr("shared.one + in_module.two"), int)
    wrong = [config_expr("shared.two"), config_expr("in_module.one")]


class SharedToo(FlowSpec):
    """The same by the module's name."""

    one = models.SHARED
    wrong = config_expr("shared.two")


class Mutator(FlowMutator):
    """No flow: its expressions are those of the flows that it changes."""

    helper = config_expr("config.one")


# Of all flows above, two have a `config` with a `one`, and others have one without.
HELPER = passed(config_expr("below.one"))
WRONG = passed(config_expr("config.one"))
OTHER = passed(config_expr("cnfig.one"))
assert_type(passed(config_expr("DEFAULT_SIZE")), int)
