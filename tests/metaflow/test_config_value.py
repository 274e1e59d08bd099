"""Model instances given to flows by Metaflow's Runner."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import AliasChoices, Field

from typedflow import ConfigModel, TypedflowError, config_value

Python = Callable[[str], subprocess.CompletedProcess[str]]

_MODELS = """
import datetime
from pydantic import Field
from typedflow import ConfigModel
class Train(ConfigModel):
    epochs: int
    rate: float = Field(default=0.1, alias="learning-rate")
    day: datetime.date = datetime.date(2024, 2, 29)
    tags: set[str] = set()
"""
_FLOW = """
from metaflow import FlowSpec, resources, step
from models import Train
from typedflow import Config, config_expr
class GivenFlow(FlowSpec):
    train = Config("train", model=Train)
    @resources(cpu=config_expr("train.epochs + 1"))
    @step
    def start(self):
        assert isinstance(self.train, Train)
        self.next(self.end)
    @step
    def end(self):
        pass
if __name__ == "__main__":
    GivenFlow()
"""
_CODE = """
import asyncio, typedflow
from metaflow import Runner
from models import Train
train = Train(epochs=3, tags={"b", "a"}, **{"learning-rate": 0.5})
given = typedflow.config_value(train=train)
with Runner("given.py", show_output=False, config_value=given).run() as running:
    print(running.status, typedflow.load(running.run, Train) == train)

async def main():
    async with Runner("given.py", show_output=False, config_value=given) as runner:
        running = await runner.async_run()
        await running.wait()
        print(running.status, typedflow.load(running.run, Train) == train)

asyncio.run(main())
"""


@pytest.mark.slow
def test_a_runner_takes_model_instances(here: Path, python: Python) -> None:
    """What a flow is given is what its run stores, whatever the model's aliases; at once and asynchronously."""
    (here / "models.py").write_text(_MODELS)
    (here / "given.py").write_text(_FLOW)
    assert python(_CODE).stdout.splitlines() == ["successful True", "successful True"]


class Rates(ConfigModel):
    """A field that is read from several keys."""

    rate: float = Field(default=0.1, validation_alias=AliasChoices("lr", "learning-rate"))


def test_keys_are_those_of_files() -> None:
    """The first key that a file would have; names that are no identifiers stand in a mapping."""
    assert config_value({"my-rates": Rates()}, other=Rates()) == [("my-rates", {"lr": 0.1}), ("other", {"lr": 0.1})]
    assert config_value() == []


def test_what_cannot_be_stored_is_refused() -> None:
    """A config that JSON cannot carry is refused before any flow is started."""
    with pytest.raises(TypedflowError, match="`rate` of Rates cannot be stored as JSON"):
        config_value(rates=Rates(lr=float("inf")))  # type: ignore[call-arg] # by its alias
