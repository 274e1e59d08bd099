"""The schema of files does not require what a field's default supplies, and the parser agrees."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import jsonschema
import pytest
from pydantic import AliasChoices, Discriminator, Field, Tag

from tests.models.defaulted import Everything, Opt
from tests.models.test_default_keys import Keys
from tests.models.test_default_variants import Config as Variants
from tests.models.test_default_variants import by_kind
from typedflow.layers import Layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.schema import export
from typedflow.values import Source, TypedflowError


class Either(ConfigModel):
    """A required field with two keys."""

    rate: int = Field(validation_alias=AliasChoices("rate", "speed"))
    size: int = 1


class Opted(ConfigModel):
    """A member of a union with a default of its own."""

    opt: Opt = Opt(name="own")


class Node(ConfigModel):
    """A model that contains itself."""

    name: str
    child: Node | None = None


class More(ConfigModel):
    """Other shapes."""

    either: Either = Either(rate=1)
    root: Node = Node(name="root", child=Node(name="leaf"))
    at_least: dict[str, int] = Field(default={"a": 1}, min_length=1)
    base: Everything = Everything()
    union: Opted | Either | None = None
    opted: Opted = Opted(opt=Opt(name="x"))


class One(ConfigModel):
    """A variant with a required field."""

    kind: Literal["one"] = "one"
    name: str
    lr: float = 0.5


class Two(ConfigModel):
    """Another."""

    kind: Literal["two"] = "two"
    size: int
    lr: float = 0.5


class Needed(ConfigModel):
    """A default of a union that a function discriminates."""

    opt: Annotated[Annotated[One, Tag("one")] | Annotated[Two, Tag("two")], Discriminator(by_kind)] = One(name="x")


def _reads(model: type[ConfigModel], document: Any) -> bool:
    try:
        validate(merge([Layer(Source("", ""), document)], plan_of(model)), model)
    except TypedflowError:
        return False
    return True


@pytest.mark.parametrize("draft", ["2020-12", "7"])
@pytest.mark.parametrize(
    ("model", "document", "fits"),
    [
        (Everything, {"opt": {"lr": 0.25}}, True),
        (Everything, {"opt": {"lrr": 0.25}}, False),
        (Everything, {"opt": {"schedule": {"decay": 1}}}, True),
        (Everything, {"maybe": {"lr": 0.25}}, True),
        (Everything, {"maybe": None}, True),
        (Everything, {"required": {"lr": 0.25}}, False),
        (Everything, {"required": {"name": "x", "schedule": {"decay": 1}}}, True),
        (Everything, {"made": {"lr": 0.25}}, True),
        (Everything, {"models": {"a": {"lr": 1}}}, True),
        (Everything, {"models": {"c": {"lr": 1}}}, False),
        (Everything, {"stages": [{"name": "j", "size": 1}, {"name": "k"}]}, True),
        (Everything, {"stages": [{"size": 1}]}, False),
        (Everything, {"steps": [{"name": "j", "opt": {"lr": 1}}]}, True),
        (Everything, {"steps": [{"opt": {"lr": 1}}]}, False),
        (Everything, {"optimizer": {"lr": 1}}, True),
        (Everything, {"optimizer": {"kind": "sgd"}}, True),
        (Everything, {"optimizer": {"momentum": 1}}, False),
        (Everything, {"untagged": {"right": 1}}, True),
        (Everything, {"replaced": {"lr": 1}}, False),
        (Everything, {"box": {"content": 1}}, True),
        (More, {"either": {"size": 2}}, True),
        (More, {"either": {"speed": 2}}, True),
        (More, {"root": {"child": {"child": {"name": "x"}}}}, True),
        (More, {"root": {"child": {"child": {}}}}, False),
        (More, {"at_least": {}}, True),
        (More, {"base": {"opt": {"lr": 1}}}, True),
        (More, {"union": {"opt": {"lr": 1}}}, True),
        (More, {"union": {"size": 1}}, False),
        (More, {"opted": {"opt": {"lr": 1}}}, True),
        (Keys, {"theAli": {"lr": 1}}, True),
        (Keys, {"seen": {"learning_rate": 1, "theInner": {"warm_up": 1}}}, True),
        (Keys, {"ali": {"lrr": 1}}, False),
        (Keys, {"pet": {"weight": 1}}, True),
        (Keys, {"pet": {"pet_type": "dog"}}, True),
        (Keys, {"items_": [{"item_name": "a"}]}, True),
        (Keys, {"items_": [{"theSize": 1}]}, False),
        (Variants, {"opt": {"betas": [1]}}, True),
        (Variants, {"strict": {"lr": 1}}, True),
        (Variants, {"widest": {"depth": 1}}, True),
        (Needed, {"opt": {"lr": 1}}, True),
        (Needed, {"opt": {"kind": "two", "lr": 1}}, False),
        (Needed, {"opt": {"kind": "two", "size": 1}}, True),
    ],
)
def test_what_a_default_supplies_is_not_required(model: Any, document: Any, draft: Any, *, fits: bool) -> None:
    """A document fits the schema exactly if it is read without a finding."""
    validator = jsonschema.Draft202012Validator if draft == "2020-12" else jsonschema.Draft7Validator
    schema = export(model, draft=draft)
    validator.check_schema(schema)
    assert (validator(schema).is_valid(document), _reads(model, document)) == (fits, fits)


def test_overlays_have_no_less() -> None:
    """What fits as a file fits as a layer above others."""
    overlay = jsonschema.Draft202012Validator(export(Everything, overlay=True))
    assert overlay.is_valid({"optimizer": {"lr": 1}, "stages": [{"name": "j"}]})
    assert not overlay.is_valid({"stages": [{"size": 1}]})


def test_a_model_without_such_defaults_keeps_its_schema() -> None:
    """Nothing is written out twice."""
    schema = export(Either)
    assert schema["allOf"] == [{"anyOf": [{"required": ["rate"]}, {"required": ["speed"]}]}]
