"""Strategies: valid configs of a model with 50 leaves, compared with strategies by hand and from its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Annotated, Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from benchmarks._figures import Figure
from benchmarks._medians import medians
from typedflow import ConfigModel
from typedflow.hypothesis import configs

#: The target of examples per second, on one core.
_WANTED = 200


class Part(ConfigModel):
    """Five leaves."""

    name: str
    count: Annotated[int, Field(ge=0, le=1000)]
    rate: Annotated[float, Field(gt=0, lt=1)]
    enabled: bool
    kind: Literal["a", "b", "c"]


class Half(ConfigModel):
    """Twenty-five leaves."""

    a: Part
    b: Part
    c: Part
    d: Part
    e: Part


class Whole(ConfigModel):
    """Fifty leaves."""

    low: Half
    high: Half


def figures(rounds: int, examples: int) -> Iterator[Figure]:
    """Compare the time per example."""
    strategies: dict[str, st.SearchStrategy[Any]] = {"configs": configs(Whole), "builds": _by_hand()}
    by_schema = _by_schema()
    if by_schema is not None:
        strategies["schema"] = by_schema
    found = medians({name: _measure(each, examples) for name, each in strategies.items()}, rounds)
    yield Figure(f"{_WANTED} examples a second / configs(model of 50 leaves)", _WANTED * found["configs"], 1.0)
    yield Figure("time of an example: configs / st.builds by hand", found["configs"] / found["builds"])
    if by_schema is not None:
        yield Figure("time of an example: configs / hypothesis-jsonschema", found["configs"] / found["schema"])


def _measure(strategy: st.SearchStrategy[Any], most: int) -> Callable[[], float]:
    """Return the measure of the seconds per example that Hypothesis passes to a test."""

    def measure() -> float:
        count = 0

        @settings(max_examples=most, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(strategy)
        def run(_: object) -> None:
            nonlocal count
            count += 1

        start = perf_counter()
        run()
        return (perf_counter() - start) / count

    return measure


def _by_hand() -> st.SearchStrategy[Whole]:
    part = st.builds(
        Part,
        name=st.text(),
        count=st.integers(0, 1000),
        rate=st.floats(0, 1, exclude_min=True, exclude_max=True),
        enabled=st.booleans(),
        kind=st.sampled_from(["a", "b", "c"]),
    )
    half = st.builds(Half, a=part, b=part, c=part, d=part, e=part)
    return st.builds(Whole, low=half, high=half)


def _by_schema() -> st.SearchStrategy[BaseModel] | None:
    """Return the strategy of hypothesis-jsonschema; None if it is missing, or does not support this Hypothesis."""
    try:
        from hypothesis_jsonschema import from_schema
    except ImportError:
        return None
    found: st.SearchStrategy[BaseModel] = from_schema(Whole.model_json_schema()).map(Whole.model_validate)
    try:
        _measure(found, 1)()
    except AttributeError:
        return None
    return found
