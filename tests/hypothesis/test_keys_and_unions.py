"""Fields with several keys, and unions of every sort, keep the laws; the examples have what there is."""

import json
from functools import partial
from typing import Annotated, Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from typedflow import ConfigModel, Merge
from typedflow.hypothesis import Stack, configs, overlays, stacks
from typedflow.hypothesis._laws import laws_of

ANY = settings(max_examples=3_000, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)


class Rates(ConfigModel):
    """A field with an alias and its name, and one with choices."""

    model_config = ConfigDict(populate_by_name=True)

    learning_rate: float = Field(default=0.1, alias="lr")
    decay: float = Field(default=0.0, validation_alias=AliasChoices("weight decay", "wd"))


class Cat(ConfigModel):
    """A variant whose tag has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["cat"] = Field(alias="petType")
    body_weight: float = Field(default=1.0, alias="weight")
    meows: int = 1


class Dog(ConfigModel):
    """Another."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["dog"] = Field(alias="petType")
    body_weight: float = 2.0
    barks: int = 2


class Sgd(ConfigModel):
    """A variant that a function chooses."""

    kind: Literal["sgd"] = "sgd"
    momentum: float = 0.0


class Adam(ConfigModel):
    """Another."""

    kind: Literal["adam"] = "adam"
    betas: Annotated[list[float], Merge.append] = []


class Item(ConfigModel):
    """An item that merges by a field with several keys."""

    model_config = ConfigDict(populate_by_name=True)

    item_name: str = Field(alias="name")
    size: int = 0


class Legs(BaseModel):
    """A member of a union without tag, which ignores what it does not know."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    legs: int
    long_name: str = Field(default="", alias="name")


class Fins(ConfigModel):
    """Another."""

    fins: int
    name: str = ""


def _kind(value: Any) -> Any:
    return (value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)) or "sgd"


class Train(ConfigModel):
    """All of them."""

    rates: Rates = Rates()
    table: dict[str, Rates] = {}
    pet: Annotated[Cat | Dog, Field(discriminator="pet_type")]
    opt: Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(_kind)] = Sgd()
    animal: Legs | Fins | None = None
    by_key: Annotated[list[Item], Merge.by_key("item_name")] = []


NAMES = [law.name for law in laws_of(Train, {})]


@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=list(HealthCheck), max_examples=30, database=None)
@given(data=st.data())
def test_the_laws_hold(name: str, data: st.DataObject) -> None:
    """Whichever keys the layers have, and whichever variants they choose."""
    law = next(law for law in laws_of(Train, {}) if law.name == name)
    law.holds(json.loads(json.dumps(data.draw(law.examples))))


def _has(key: str, tree: dict[str, Any]) -> bool:
    return key in tree


def test_examples_have_any_key_of_a_field() -> None:
    """In overlays and in layers: also two keys of one field in two files."""
    for key in ("lr", "learning_rate", "weight decay", "wd", "decay"):
        assert key in find(overlays(Rates), partial(_has, key), settings=ANY)

    def has_both(stack: Stack) -> bool:
        texts = list(stack.files.values())
        return any("petType" in one and "pet_type" in other for one in texts for other in texts if one is not other)

    assert has_both(find(stacks(Train), has_both, settings=ANY))


class Seeing(ConfigModel):
    """A model whose validator knows one key only."""

    model_config = ConfigDict(populate_by_name=True)

    rate: float = Field(alias="lr")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        return {"lr": value["lr"] / 2}


def test_a_models_own_code_gets_the_first_key() -> None:
    """What a validator reads before the fields is under the key that comes first."""

    @settings(max_examples=30, database=None)
    @given(configs(Seeing))
    def is_valid(config: Seeing) -> None:
        assert isinstance(config.rate, float)

    is_valid()
