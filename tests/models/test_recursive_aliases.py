"""Types that are part of themselves: every walk over a model's annotations ends, and sees what is inside."""

import sys
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel, RootModel, SecretStr
from typing_extensions import TypeAliasType

from typedflow import ConfigModel
from typedflow.layers import Layer, Rank, merge
from typedflow.models import accepted_value, keys_in, model_problems, models_in, plan_of, types_within, validate
from typedflow.parsing import parse
from typedflow.schema import export
from typedflow.values import Source, TypedflowError

T = TypeVar("T")


class Leaf(ConfigModel):
    """A model within the types."""

    size: int = 1


Tree = TypeAliasType("Tree", "dict[str, Tree] | Leaf")
Grown = TypeAliasType("Grown", "list[Grown[T]] | dict[str, Grown[T]] | T", type_params=(T,))
Itself = TypeAliasType("Itself", "Itself | dict[str, Leaf]")  # type: ignore[misc] # Pydantic accepts it
Hidden = TypeAliasType("Hidden", "dict[str, Hidden] | SecretStr")


class Root(RootModel[Any]):
    """A root model of its own kind."""

    root: "dict[str, Root] | Leaf"


class Around(RootModel[Any]):
    """A root model of itself."""

    root: "Around | dict[str, Leaf]"


class OfTree(ConfigModel):
    """A field of a recursive alias."""

    tree: Tree


class OfGrown(ConfigModel):
    """A field of a generic one."""

    tree: Grown[Leaf]


class OfItself(ConfigModel):
    """A field of an alias that is a member of itself."""

    tree: Itself


class OfRoot(ConfigModel):
    """A field of a recursive root model."""

    tree: Root


class OfAround(ConfigModel):
    """A field of a root model that is a member of itself."""

    tree: Around


class OfHidden(ConfigModel):
    """A field of an alias with a secret."""

    tree: Hidden


MODELS: list[type[BaseModel]] = [OfTree, OfGrown, OfRoot]
#: Pydantic makes a validator for them, and crashes where it validates with it.
DEGENERATE: list[type[BaseModel]] = [OfItself, OfAround]


def read(model: type[BaseModel], text: str) -> BaseModel:
    """Read a text as a model's config."""
    source = Source("a.yaml", text, "yaml")
    return validate(merge([Layer(source, parse(source), Rank.FILE)], plan_of(model)), model)


@pytest.mark.parametrize("model", [*MODELS, *DEGENERATE])
def test_what_is_inside_is_seen(model: type[BaseModel]) -> None:
    """The models in it, and their keys."""
    assert Leaf in models_in(model)
    assert keys_in(model) >= {"tree", "size"}
    assert list(types_within(model, ("tree",), str))
    assert not model_problems(model)
    assert plan_of(model).fields.keys() == {"tree"}


@pytest.mark.parametrize("model", MODELS)
def test_a_value_is_read(model: type[BaseModel]) -> None:
    """And what is wrong in it is found at its place."""
    assert export(model)
    read(model, "tree: {a: {size: 2}}")
    assert not accepted_value(model, ("tree", "a", "size")).text
    with pytest.raises(TypedflowError) as caught:
        read(model, "tree: {a: {size: two}}")
    assert all(item.location and item.location.span for item in caught.value.diagnostics)


def test_a_secret_inside_is_found() -> None:
    """It would be stored in the clear."""
    assert [item.rule.name for item in model_problems(OfHidden)] == ["secret-in-config"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the statement is of Python 3.12")
def test_the_statement_is_as_the_class() -> None:
    """`type Tree = ...` names itself without quotes."""
    names = dict(globals())
    exec("type Tree = dict[str, Tree] | Leaf\nclass Model(ConfigModel):\n    tree: Tree\n", names)  # noqa: S102
    test_what_is_inside_is_seen(names["Model"])
    test_a_value_is_read(names["Model"])
