"""The measured flows on disk: a model, a config and 50 expressions per file, written in one of two ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Spelling = Callable[[str], str]
"""How an expression is written."""


def as_text(expression: str) -> str:
    """Return an expression as users of typedflow write it."""
    return f'config_expr("{expression}")'


def as_lambda(expression: str) -> str:
    """Return an expression as it is written without a plugin, with the types that this requires."""
    return f"expr(Settings, lambda config: {expression})"


_LAMBDAS = """\
from collections.abc import Callable
from typing import TypeVar

M = TypeVar("M")
T = TypeVar("T")


def expr(model: type[M], function: Callable[[M], T]) -> T:
    raise NotImplementedError
"""
#: Decorators of the project itself, so that mypy's work on Metaflow's is not measured.
_PLAIN = """\
from collections.abc import Callable, Mapping
from typing import TypeVar

F = TypeVar("F")


class FlowSpec: ...


def step(function: F) -> F:
    return function


def schedule(*, cron: str | None = None, timezone: str | None = None) -> Callable[[F], F]:
    raise NotImplementedError


def resources(*, cpu: float = 1, memory: float = 4096, gpu: int | None = None) -> Callable[[F], F]:
    raise NotImplementedError


def kubernetes(*, image: str | None = None, service_account: str | None = None) -> Callable[[F], F]:
    raise NotImplementedError


def environment(*, vars: Mapping[str, object] = {}) -> Callable[[F], F]:
    raise NotImplementedError
"""
_HEAD = """\
from {decorators} import FlowSpec, environment, kubernetes, resources, schedule, step
from lambdas import expr
from pydantic import BaseModel
from typedflow import Config, config_expr


class Resources(BaseModel):
    cpu: int = 1
    memory: int = 4096
    gpu: int | None = None


class Container(BaseModel):
    image: str = "python"
    account: str | None = None
    resources: Resources = Resources()


class Settings(BaseModel):
    name: str = "flow"
    debug: bool = False
    container: Container = Container()
    limits: dict[str, int] = {{}}
    tags: list[str] = []


@schedule(cron={cron}, timezone={timezone})
class Flow(FlowSpec):
    config = Config("config", model=Settings, required=True)
"""
_STEP = """
    @resources(cpu={cpu}, memory={memory}, gpu={gpu})
    @kubernetes(image={image}, service_account={account})
    @environment(vars={{"NAME": {name}}})
    @step
    def step_{number}(self) -> None:
        self.done = True
"""
_STEPS = 8
#: The expressions of a step: dotted paths, except for five of the 50 of a flow.
_PATHS = {
    "cpu": "config.container.resources.cpu",
    "memory": "config.container.resources.memory",
    "gpu": "config.container.resources.gpu",
    "image": "config.container.image",
    "account": "config.container.account",
    "name": "config.name",
}
_OTHERS = {
    (0, "memory"): "config.container.resources.memory * 2 + 512",
    (1, "account"): "config.container.account if config.debug else None",
    (2, "gpu"): "config.limits['gpu']",
    (3, "image"): "f'{config.container.image}:{config.name}'",
    (4, "cpu"): "config.container.resources.cpu / len(config.tags)",
}


def make_flows(root: Path, spelling: Spelling, decorators: str, count: int, settings: str) -> None:
    """Write a project with a number of flows, and mypy's settings for it."""
    root.mkdir()
    (root / "mypy.ini").write_text(f"[mypy]\nstrict = True\n{settings}", encoding="utf-8")
    (root / "lambdas.py").write_text(_LAMBDAS, encoding="utf-8")
    (root / "plain.py").write_text(_PLAIN, encoding="utf-8")
    text = _flow(spelling, decorators)
    for number in range(count):
        (root / f"flow_{number:03}.py").write_text(text, encoding="utf-8")


def _flow(spelling: Spelling, decorators: str) -> str:
    texts = [_HEAD.format(decorators=decorators, cron=spelling("config.name"), timezone=spelling("config.name"))]
    for number in range(_STEPS):
        written = {name: spelling(_OTHERS.get((number, name), path)) for name, path in _PATHS.items()}
        texts.append(_STEP.format(number=number, **written))
    return "".join(texts)
