"""Models against texts."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from pydantic import BaseModel

from typedflow.layers import Merged, Rank, layer, merge
from typedflow.models import plan_of, validate
from typedflow.parsing import parse
from typedflow.values import Diagnostic, Source, TypedflowError

Read: TypeAlias = Callable[..., Any]
Problems: TypeAlias = Callable[..., list[Diagnostic]]


@pytest.fixture(scope="session")
def merged() -> Callable[..., Merged]:
    """Return the merged YAML texts, named ``low.yaml``, ``high.yaml`` and ``top.yaml``, for a model."""

    def made(model: type[BaseModel], *texts: str) -> Merged:
        sources = [
            Source(f"{name}.yaml", text, "yaml") for name, text in zip(("low", "high", "top"), texts, strict=False)
        ]
        return merge([layer(item, parse(item), Rank(index + 1)) for index, item in enumerate(sources)], plan_of(model))

    return made


@pytest.fixture(scope="session")
def read(merged: Callable[..., Merged]) -> Read:
    """Return the model instance of YAML texts."""

    def made(model: type[BaseModel], *texts: str) -> Any:
        return validate(merged(model, *texts), model)

    return made


@pytest.fixture(scope="session")
def problems(read: Read) -> Problems:
    """Return the diagnostics of YAML texts that do not fit a model."""

    def found(model: type[BaseModel], *texts: str) -> list[Diagnostic]:
        with pytest.raises(TypedflowError) as caught:
            read(model, *texts)
        return list(caught.value.diagnostics)

    return found
