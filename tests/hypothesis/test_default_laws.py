"""The laws hold for models whose defaults lie under what files set."""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field

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
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam(lr=0.3)


LAWS = {law.name: law for law in laws_of(Train, {})}


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
