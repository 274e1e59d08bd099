"""The laws hold for models whose defaults lie under what files set."""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Discriminator, Field

from tests.models import test_default_keys as keys
from tests.models import test_default_variants as variants
from tests.models.defaulted import Adam, Opt, Sgd
from typedflow.hypothesis._law import NoConfig
from typedflow.hypothesis._laws import laws_of
from typedflow.layers import Merge
from typedflow.models import ConfigModel


class Train(ConfigModel):
    """Defaults that merge in different ways."""

    opt: Opt = Opt(name="sgd", lr=0.5)
    env: dict[str, int] = {"u": 1}
    added: Annotated[list[str], Merge.append] = ["a"]
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam(lr=0.3, betas=(0.5, 0.6))


class Keys(ConfigModel):
    """Defaults under fields with several keys, and of a union that a function discriminates."""

    ali: keys.Ali = Field(default=keys.Ali.model_validate(keys.ALI), alias="theAli")
    pet: Annotated[keys.Cat | keys.Dog, Field(discriminator="pet_type")] = keys.Cat.model_validate(keys.CAT)
    opt: Annotated[variants.Members, Discriminator(variants.by_kind)] = variants.Adam(learning_rate=0.5)
    numbered: dict[int, str] = {0: "a"}


LAWS = {law.name: law for law in laws_of(Train, {})}
OTHERS = {law.name: law for law in laws_of(Keys, {})}


@pytest.mark.parametrize("name", LAWS)
@settings(suppress_health_check=list(HealthCheck), max_examples=20, deadline=None)
@given(data=st.data())
def test_a_law_holds_on_defaults(name: str, data: st.DataObject) -> None:
    """Layers merge, origins are true, schema and parser agree, and mistakes are found."""
    law = LAWS[name]
    example = data.draw(law.examples, label="example")
    try:
        law.holds(json.loads(json.dumps(example)))
    except NoConfig:
        return


@pytest.mark.parametrize("name", OTHERS)
@settings(suppress_health_check=list(HealthCheck), max_examples=10, deadline=None)
@given(data=st.data())
def test_a_law_holds_on_defaults_with_several_keys(name: str, data: st.DataObject) -> None:
    """The same for aliases, functions and integer keys."""
    law = OTHERS[name]
    example = data.draw(law.examples, label="example")
    try:
        law.holds(json.loads(json.dumps(example)))
    except NoConfig:
        return


def test_a_variant_that_is_changed_back_looks_at_all_layers() -> None:
    """Layers do not merge in any groups then: the default that was dropped does not come back."""
    files = {"settings.yaml": "optimizer: {kind: sgd}"}
    LAWS["layers-merge"].holds({"files": files, "options": ["optimizer.kind=adam", "optimizer.lr=0.0"]})
