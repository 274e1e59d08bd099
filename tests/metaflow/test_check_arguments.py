"""Decorator arguments and Parameter defaults that configs give: each of Metaflow's with a right and a wrong use."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.metaflow import check_flow, flows_in
from typedflow.project import import_file
from typedflow.values import Diagnostic

_SOURCE = """\
from metaflow import (
    FlowSpec, JSONType, Parameter, batch, card, catch, conda, conda_base, environment, kubernetes, project, pypi,
    pypi_base, resources, retry, schedule, secrets, step, timeout, trigger, trigger_on_finish,
)
from typedflow import Config, ConfigModel, config_expr, ref


class Resources(ConfigModel):
    cpu: int = 2
    half: float = 0.5
    memory: int = 4000


class Wrong(ConfigModel):
    cpu: int = 2
    memroy: int = 4000


class Settings(ConfigModel):
    cron: str = "0 6 * * *"
    name: str = "sales"
    flag: bool = True
    nothing: int | None = None
    resources: Resources = Resources()
    wrong: Wrong = Wrong()
    packages: dict[str, str] = {{"numpy": "1.26"}}
    numbers: dict[str, int] = {{"numpy": 1}}
    names: list[str] = ["a", "b"]
    counts: list[int] = [1]
    event: dict[str, str] = {{"name": "loaded"}}
    unnamed: dict[str, str] = {{"nme": "loaded"}}
    spaced: str = "not a name"
    many: int = 9


c = ref(Settings, "config")


{flow}
class F(FlowSpec):
    config = Config("config", model=Settings, default_value={{}})
    {attribute}

    {step}
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""

_FLOW = {
    "schedule(cron=c.cron)": "schedule(cron=c.resources.cpu)",
    "schedule(cron=c.cron, daily=c.flag)": "schedule(daily=c.name)",
    "project(name=c.name)": "project(name=c.flag)",
    "pypi_base(packages=c.packages)": "pypi_base(packages=c.numbers)",
    "conda_base(packages=c.packages, python=c.name)": "conda_base(python=c.many)",
    "trigger(event=c.event)": "trigger(event=c.resources.cpu)",
    "trigger(events=c.names)": "trigger(events=c.counts)",
    "trigger_on_finish(flow=c.name)": "trigger_on_finish(flow=c.many)",
}
_STEP = {
    "resources(cpu=c.resources.cpu)": "resources(cpu=c.cron)",
    "resources(cpu=c.resources.half, gpu=c.nothing)": "resources(memory=c.flag)",
    "resources(cpu=config_expr('config.resources.cpu * 2'))": "resources(cpu=config_expr('config.cron * 2'))",
    "resources(**config_expr('{{}}'))": "resources(**c.wrong)",
    "retry(times=c.resources.cpu)": "retry(times=c.name)",
    "timeout(seconds=c.many)": "timeout(seconds=c.resources.half)",
    "conda(packages=c.packages)": "conda(packages=c.names)",
    "pypi(packages=c.packages, python=c.name)": "pypi(packages=c.name)",
    "kubernetes(cpu=c.many, memory=c.resources.memory, image=c.name)": "kubernetes(image=c.many)",
    "kubernetes(disk=c.many)": "kubernetes(cpu=c.name)",
    "batch(memory=c.resources.memory)": "batch(queue=c.many)",
    "environment(vars=c.packages)": "environment(vars=c.name)",
    "environment(vars={{'A': c.name}})": "environment(vars=[c.name])",
    "secrets(sources=c.names)": "secrets(sources=c.name)",
    "card(type=c.name)": "card(timeout=c.name)",
    "catch(var=c.name)": "catch(print_exception=c.name)",
}
_PARAMETER = {
    "Parameter('p', default=c.many)": "Parameter('p', default=c.name, type=int)",
    "Parameter('p', default=c.many, type=float)": "Parameter('p', default=c.resources.half, type=int)",
    "Parameter('p', default=c.name, type=str)": "Parameter('p', default=c.flag, type=str)",
    "Parameter('p', default=c.flag, type=bool)": "Parameter('p', default=c.many, type=bool)",
    "Parameter('p', default=c.packages, type=JSONType)": "Parameter('p', default=config_expr('[1]'), type=bool)",
    "Parameter('p', default=c.nothing, type=int)": "Parameter('p', default=c.names, type=int)",
}

Judged = Callable[..., list[Diagnostic]]


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """Judges a flow with a decorator or an attribute."""

    def judge_it(**parts: str) -> list[Diagnostic]:
        file = tmp_path / f"judged_{abs(hash((str(tmp_path), *parts.items())))}.py"
        file.write_text(_SOURCE.format(**{"flow": "", "step": "", "attribute": "", **parts}))
        (flow,) = flows_in(import_file(file))
        return check_flow(flow, {})

    return judge_it


@pytest.mark.parametrize("use", _FLOW)
def test_a_flow_decorator_that_is_given_what_it_takes(judged: Judged, use: str) -> None:
    """A flow decorator's argument that fits is no finding."""
    assert judged(flow="@" + use.replace("{{", "{").replace("}}", "}")) == []


@pytest.mark.parametrize("use", _FLOW.values())
def test_a_flow_decorator_that_is_given_something_else(judged: Judged, use: str) -> None:
    """A flow decorator's argument that does not fit is a finding, at the value's place."""
    (found,) = judged(flow=f"@{use}")
    assert found.rule.name == "wrong-argument"
    assert found.location is not None
    assert found.location.span is not None


@pytest.mark.parametrize("use", _STEP)
def test_a_step_decorator_that_is_given_what_it_takes(judged: Judged, use: str) -> None:
    """A step decorator's argument that fits is no finding."""
    assert judged(step="@" + use.replace("{{", "{").replace("}}", "}")) == []


@pytest.mark.parametrize("use", _STEP.values())
def test_a_step_decorator_that_is_given_something_else(judged: Judged, use: str) -> None:
    """A step decorator's argument that does not fit is a finding, at the value's place."""
    (found,) = judged(step=f"@{use}")
    assert found.rule.name == "wrong-argument"
    assert found.location is not None
    assert found.location.span is not None


@pytest.mark.parametrize("use", _PARAMETER)
def test_a_parameter_whose_default_fits(judged: Judged, use: str) -> None:
    """A default of the Parameter's type, or a whole number where any number will do, is no finding."""
    assert judged(attribute=f"p = {use}") == []


@pytest.mark.parametrize("use", _PARAMETER.values())
def test_a_parameter_whose_default_does_not_fit(judged: Judged, use: str) -> None:
    """A default of another type than the Parameter's is a finding, at the value's place."""
    (found,) = judged(attribute=f"p = {use}")
    assert found.rule.name == "wrong-default"
    assert found.location is not None
    assert found.location.span is not None


@pytest.mark.parametrize(
    ("parts", "message", "excerpt"),
    [
        (
            {"step": "@resources(cpu=c.cron)"},
            "argument `cpu` of `resources` is '0 6 * * *'; expected a number",
            "cron",
        ),
        (
            {"step": "@resources(cpu=config_expr('config.cron'))"},
            "argument `cpu` of `resources` is '0 6 * * *'; expected a number",
            "config.cron",
        ),
        ({"step": "@resources(**c.wrong)"}, "`resources` has no argument `memroy`", "wrong"),
        (
            {"flow": "@pypi_base(packages=c.numbers)"},
            "argument `packages` of `pypi_base` is {'numpy': 1}; expected a mapping of text to text",
            "numbers",
        ),
        (
            {"attribute": "p = Parameter('p', default=c.name, type=int)"},
            "the default of Parameter `p` is 'sales'; expected an integer (type=int)",
            "name",
        ),
    ],
)
def test_what_is_said_and_where(judged: Judged, parts: dict[str, str], message: str, excerpt: str) -> None:
    """A message names the argument, its value and what is expected; its place is the value's in the file."""
    (found,) = judged(**parts)
    assert found.message == message
    assert found.location is not None
    assert found.location.span is not None
    line = Path(found.location.name).read_text().splitlines()[found.location.span.line - 1]
    assert line[found.location.span.column - 1 : found.location.span.end_column - 1] == excerpt


def test_a_keyword_that_is_nearly_one(judged: Judged) -> None:
    """An unpacked field that the decorator does not know is told which it may be."""
    (found,) = judged(step="@resources(**c.wrong)")
    assert found.label == "did you mean `memory`?"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"flow": "@project(name=c.spaced)"}, "Metaflow rejects `@project`: "),
        (
            {"flow": "@trigger(event=c.unnamed)"},
            "Metaflow rejects `@trigger`: The `event` attribute for `@trigger` is missing",
        ),
        (
            {"step": "@retry(times=c.many)"},
            "Metaflow rejects `@retry`: The maximum number of retries is @retry(times=4).",
        ),
        (
            {"step": "@timeout(seconds=config_expr('0'))"},
            "Metaflow rejects `@timeout`: Specify a duration for @timeout.",
        ),
    ],
)
def test_what_metaflow_itself_refuses(judged: Judged, parts: dict[str, str], message: str) -> None:
    """A value of the right type that a decorator refuses is a finding at the decorator, in Metaflow's words."""
    (found,) = judged(**parts)
    assert found.rule.name == "decorator-refused"
    assert found.message.startswith(message)
    assert found.location is not None
    line = (
        Path(found.location.name).read_text().splitlines()[found.location.span.line - 1 if found.location.span else 0]
    )
    assert line.strip() == next(iter(parts.values()))


def test_all_problems_of_a_flow(judged: Judged) -> None:
    """Wrong arguments of one decorator, of others and of Parameters are found together, in the file's order."""
    found = judged(
        flow="@schedule(cron=c.many)",
        step="@resources(cpu=c.name, memory=c.cron)\n    @retry(times=c.nmae)",
        attribute="p = Parameter('p', default=c.name, type=int)",
    )
    assert [each.rule.name for each in found] == [
        "wrong-argument",
        "wrong-default",
        "wrong-argument",
        "wrong-argument",
        "unknown-name",
    ]


def test_arguments_that_are_written_out_are_not_judged(judged: Judged) -> None:
    """What a file says itself is the business of type checkers, and of Metaflow."""
    assert judged(step="@resources(cpu='2')") == []


@pytest.mark.slow
def test_nothing_is_written_or_printed(tmp_path: Path) -> None:
    """Judging leaves no file behind, and says nothing."""
    code = _SOURCE.format(flow="@project(name=c.name)", step="@resources(cpu=c.resources.cpu)", attribute="")
    call = "from typedflow.metaflow import check_flow\n    assert check_flow(F, {}) == []"
    end = f"\nif __name__ == '__main__':\n    {call}\n"
    (tmp_path / "quiet.py").write_text(code + end)
    done = subprocess.run([sys.executable, "-B", "quiet.py"], cwd=tmp_path, check=False, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [file.name for file in tmp_path.iterdir()] == ["quiet.py"]
