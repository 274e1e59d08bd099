"""Decorators of one's own: functions, classes, and what changes flows and steps before they run."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from metaflow import (
    Config,
    FlowMutator,
    FlowSpec,
    Parameter,
    StepMutator,
    UserStepDecorator,
    environment,
    resources,
    step,
    user_step_decorator,
)
from metaflow.user_decorators.mutable_flow import MutableFlow
from metaflow.user_decorators.mutable_step import MutableStep


@user_step_decorator
def timed(
    step_name: str, flow: FlowSpec, inputs: Any = None, attributes: dict[str, Any] | None = None
) -> Iterator[None]:
    """Take the time of a step."""
    began = time.time()
    yield
    print(step_name, time.time() - began, (attributes or {}).get("unit"), flow.index, inputs)


class Traced(UserStepDecorator):
    """Prints before and after a step."""

    def init(self, *args: Any, **kwargs: Any) -> None:
        """Take options."""
        self.label = kwargs.get("label", args)

    def pre_step(self, step_name: str, flow: FlowSpec, inputs: Any = None) -> Callable[[FlowSpec, Any], Any] | None:
        """Go in."""
        print(self.label, step_name, flow, inputs)
        return None


class Sized(StepMutator):
    """Adds memory to steps."""

    def mutate(self, mutable_step: MutableStep) -> None:
        """Replace a decorator."""
        for name, _, _, options in mutable_step.decorator_specs:
            if name == "resources" and options["memory"] < 1000:
                mutable_step.remove_decorator("resources")
        mutable_step.add_decorator(resources, deco_kwargs={"memory": 2000})


class Prepared(FlowMutator):
    """Adds a parameter, and a decorator to each step."""

    def init(self, limit: int = 1) -> None:
        """Take options."""
        self.limit = limit

    def pre_mutate(self, mutable_flow: MutableFlow) -> None:
        """Change the flow."""
        mutable_flow.add_parameter("added", Parameter("added", default=self.limit))
        for _, mutable in mutable_flow.steps:
            mutable.add_decorator(environment, deco_kwargs={"vars": {"A": "b"}})
        for name, config in mutable_flow.configs:
            print(name, config.value)


@Prepared(limit=3)
class Mutated(FlowSpec):
    """Is not what it was written as."""

    config = Config("config", default_value={"value": 1})

    @timed
    @step
    def start(self) -> None:
        """Begin."""
        self.next(self.middle)

    @timed(unit="s")
    @Traced(label="middle")
    @Sized
    @step
    def middle(self) -> None:
        """Go on."""
        self.next(self.end)

    @Traced
    @step
    def end(self) -> None:
        """End."""


if __name__ == "__main__":
    Mutated()
