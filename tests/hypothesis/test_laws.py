"""The laws hold for models of all shapes."""

import json
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from typedflow.hypothesis._laws import laws_of

NAMES = [law.name for law in laws_of(create_model("Model", field=(int, ...)), {})]
#: The seed of the environment `fuzz`, which tries a hundred times as many, or 0.
STRESS = int(os.environ.get("STRESS", "0"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=list(HealthCheck), max_examples=2_000 if STRESS else 20)
@given(data=st.data())
def test_a_law_holds_for_every_model(
    name: str, data: st.DataObject, models: st.SearchStrategy[type[BaseModel]], said: Callable[[type[BaseModel]], str]
) -> None:
    """Models made by chance keep each law, for examples made by chance; an example is plain JSON."""
    model = data.draw(models, label="model")
    note(said(model))
    law = next(law for law in laws_of(model, {}) if law.name == name)
    example = data.draw(law.examples, label="example")
    law.holds(json.loads(json.dumps(example)))


if STRESS:
    test_a_law_holds_for_every_model = seed(STRESS)(test_a_law_holds_for_every_model)
