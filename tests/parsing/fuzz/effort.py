"""How many examples a test is tried with: few beside the other tests, many and of a seed with ``STRESS`` set."""

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, seed, settings

Test = TypeVar("Test", bound=Callable[..., None])

#: The seed of the environment `fuzz`, which tries 50 times as much.
STRESS = int(os.environ.get("STRESS", "0"))


def examples(count: int) -> Callable[[Test], Test]:
    """Return a decorator that runs a test with this many examples."""

    def decorate(test: Test) -> Test:
        unhealthy = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
        test = settings(max_examples=count * (50 if STRESS else 1), suppress_health_check=unhealthy)(test)
        return seed(STRESS)(test) if STRESS else test

    return decorate
