"""Variables and options that set a key of a variant which is not chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel
from typing_extensions import TypedDict

from typedflow.layers import Merge, layer
from typedflow.models import ConfigModel, read_layers
from typedflow.parsing import parse_any
from typedflow.project import LoadedProject, overrides, reject_ignored, resolve
from typedflow.values import Diagnostic, Source, TypedflowError, format_path

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]


class Adam(BaseModel):
    """A variant that ignores other keys, as Pydantic's models do."""

    kind: Literal["adam"] = "adam"
    beta: float = 0.9


class Sgd(BaseModel):
    """Another."""

    kind: Literal["sgd"] = "sgd"
    momentum: float = 0.1


class Kept(BaseModel):
    """A variant that keeps them."""

    model_config = ConfigDict(extra="allow")

    kind: Literal["kept"] = "kept"


class Strict(ConfigModel):
    """A variant that forbids them."""

    kind: Literal["strict"] = "strict"
    nesterov: bool = False


Optimizer = Annotated[Adam | Sgd | Kept | Strict, Field(discriminator="kind")]


class OneTyped(TypedDict, total=False):
    """A typed dictionary, which ignores other keys."""

    kind: Literal["one"]
    a: int


class OtherTyped(TypedDict, total=False):
    """Another."""

    kind: Literal["other"]
    b: int


class Root(RootModel[dict[str, Optimizer]]):
    """A dictionary of them."""


class Plain(BaseModel):
    """A model that ignores other keys; so do the typed dictionaries in it."""

    typed: Annotated[OneTyped | OtherTyped, Field(discriminator="kind")] | None = None


class Settings(ConfigModel):
    """Each way to a union."""

    optimizer: Optimizer = Adam()
    untagged: Adam | Sgd = Adam()
    numbered: dict[int, Optimizer] = {}
    root: Root = Root({})
    listed: Annotated[list[Optimizer], Merge.append] = []
    queue: deque[Optimizer] = deque()
    plain: Plain = Plain()


def rejected(file: str, environ: Mapping[str, str], *options: str) -> list[tuple[str, str, str]]:
    """Return the errors of variables and options above a file: where, which key, and why."""
    source = Source("a.yaml", file, "yaml")
    base = layer(source, parse_any(source))
    variables = {f"TYPEDFLOW__SETTINGS__{name}": value for name, value in environ.items()}
    try:
        above = overrides("settings", Settings, variables, options, [base])
        reject_ignored(*read_layers([base, *above], Settings))
    except TypedflowError as error:
        return [
            (
                str(item.location).removeprefix("TYPEDFLOW__SETTINGS__"),
                format_path(item.path or ()),
                item.message.partition(", ")[2],
            )
            for item in error.diagnostics
        ]
    return []


#: A file, variables, options, and which key of which is rejected, and why.
REFUSED: dict[str, tuple[str, dict[str, str], tuple[str, ...], tuple[str, str, str]]] = {
    "the default's variant": (
        "",
        {"OPTIMIZER__MOMENTUM": "1"},
        (),
        ("OPTIMIZER__MOMENTUM", "optimizer.momentum", "which ignores it"),
    ),
    "the file's variant": (
        "optimizer: {kind: sgd}",
        {"OPTIMIZER__BETA": "1"},
        (),
        ("OPTIMIZER__BETA", "optimizer.beta", "which ignores it"),
    ),
    "the option's own variant": (
        "",
        {},
        ("optimizer={kind: sgd, beta: 1}",),
        ("--set optimizer={kind: sgd, beta: 1}", "optimizer.beta", "which ignores it"),
    ),
    "an option's variant": (
        "",
        {},
        ("optimizer.kind=sgd", "optimizer.beta=1"),
        ("--set optimizer.beta=1", "optimizer.beta", "which ignores it"),
    ),
    "a later option's variant": (
        "",
        {},
        ("optimizer.beta=1", "optimizer.kind=sgd"),
        ("--set optimizer.beta=1", "optimizer.beta", "which `optimizer.kind` chooses"),
    ),
    "another variable's variant": (
        "",
        {"OPTIMIZER__BETA": "1", "OPTIMIZER__KIND": "sgd"},
        (),
        ("OPTIMIZER__BETA", "optimizer.beta", "which `optimizer.kind` chooses"),
    ),
    "a strict variant": (
        "",
        {"OPTIMIZER__BETA": "1", "OPTIMIZER__KIND": "strict"},
        (),
        ("OPTIMIZER__BETA", "optimizer.beta", "which `optimizer.kind` chooses"),
    ),
    "in a dictionary": (
        "numbered: {1: {kind: sgd}}",
        {"NUMBERED__1__BETA": "1"},
        (),
        ("NUMBERED__1__BETA", 'numbered."1".beta', "which ignores it"),
    ),
    "in a dictionary, by another variable": (
        "numbered: {1: {kind: adam}}",
        {"NUMBERED__1__BETA": "1", "NUMBERED__1__KIND": "sgd"},
        (),
        ("NUMBERED__1__BETA", 'numbered."1".beta', 'which `numbered."1".kind` chooses'),
    ),
    "in a root model": (
        "root: {x: {kind: sgd}}",
        {"ROOT__x__BETA": "1"},
        (),
        ("ROOT__x__BETA", "root.x.beta", "which ignores it"),
    ),
    "in a root model, by another variable": (
        "root: {x: {kind: adam}}",
        {"ROOT__x__BETA": "1", "ROOT__x__KIND": "sgd"},
        (),
        ("ROOT__x__BETA", "root.x.beta", "which `root.x.kind` chooses"),
    ),
    "in an appended list": (
        "listed: [{kind: sgd}]",
        {},
        ("listed=[{kind: sgd, beta: 1}]",),
        ("--set listed=[{kind: sgd, beta: 1}]", "listed[1].beta", "which ignores it"),
    ),
    "in a queue": (
        "",
        {},
        ("queue=[{kind: sgd, beta: 1}]",),
        ("--set queue=[{kind: sgd, beta: 1}]", "queue[0].beta", "which ignores it"),
    ),
    "in a typed dictionary": (
        "plain: {typed: {kind: one}}",
        {"PLAIN__TYPED__B": "1"},
        (),
        ("PLAIN__TYPED__B", "plain.typed.b", "which ignores it"),
    ),
}


@pytest.mark.parametrize(("file", "environ", "options", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_key_of_another_variant_is_an_error(
    file: str, environ: dict[str, str], options: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    """Its value would be dropped silently."""
    assert rejected(file, environ, *options) == [expected]


#: Files, variables and options that go together.
ACCEPTED: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "the chosen variant's": ("optimizer: {kind: sgd}", {"OPTIMIZER__MOMENTUM": "1"}, ()),
    "an option chooses above a variable": ("", {"OPTIMIZER__BETA": "1"}, ("optimizer.kind=sgd",)),
    "a whole variant, and another one": ("", {}, ("optimizer={kind: adam, beta: 1}", "optimizer={kind: sgd}")),
    "a variant that keeps all": ("optimizer: {kind: kept}", {}, ("optimizer.beta=1",)),
    "what fits decides": ("", {"UNTAGGED__KIND": "sgd", "UNTAGGED__MOMENTUM": "1"}, ()),
    "a key that a file has": ("optimizer: {kind: sgd, beta: 1}", {"OPTIMIZER__MOMENTUM": "1"}, ()),
    "an item that a file has": ("listed: [{kind: sgd, beta: 1}]", {}, ("listed=[{kind: sgd}]",)),
}


@pytest.mark.parametrize(("file", "environ", "options"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_key_of_the_chosen_variant_is_none(file: str, environ: dict[str, str], options: tuple[str, ...]) -> None:
    """A higher layer may switch variants; ignored keys in files are a warning of `check`."""
    assert rejected(file, environ, *options) == []


def test_whoever_chooses_is_named(make: Make, findings: Findings) -> None:
    """The finding names the variable that chooses the variant."""
    model = """\
from typing import Annotated, Literal
from pydantic import BaseModel, Field

class A(BaseModel):
    kind: Literal["a"] = "a"
    a: int = 1

class B(BaseModel):
    kind: Literal["b"] = "b"

class Settings(BaseModel):
    part: Annotated[A | B, Field(discriminator="kind")] = A()
"""
    environ = {"TYPEDFLOW__SETTINGS__PART__A": "2", "TYPEDFLOW__SETTINGS__PART__KIND": "b"}
    [found] = findings(resolve, make({"model.py": model}, environ), "report")
    assert str(found.location) == "TYPEDFLOW__SETTINGS__PART__A"
    assert (found.rule.name, found.message) == (
        "unknown-key",
        "`part.a` is not a field of B, which `part.kind` chooses",
    )
    assert ("chosen by", "TYPEDFLOW__SETTINGS__PART__KIND") in [
        (item.role, str(item.location)) for item in found.related
    ]
