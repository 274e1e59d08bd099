"""The delayed values in a value, both Metaflow's and typedflow's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from metaflow.user_configs.config_parameters import DelayEvaluator


def delayed_in(value: Any) -> Iterator[DelayEvaluator]:
    """Return the delayed values in a value."""
    if isinstance(value, DelayEvaluator):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from delayed_in(item)
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from delayed_in(item)
