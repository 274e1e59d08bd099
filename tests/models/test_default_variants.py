"""Defaults of unions whose variant a function chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import ConfigDict, Discriminator, Field, Tag

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel
from typedflow.values import Diagnostic, SourceKind, format_path

Merging = Callable[..., Merged]
Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Sgd(ConfigModel):
    """A variant."""

    kind: Literal["sgd"] = "sgd"
    lr: float = 0.1
    momentum: float = 0.0


class Adam(ConfigModel):
    """Another, with a field that has two keys."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["adam"] = "adam"
    lr: float = Field(default=0.1, alias="learning_rate")
    betas: Annotated[list[float], Merge.append] = []


class Wide(ConfigModel):
    """A variant that its tag alone tells from another."""

    width: int
    depth: int = 1


class Deep(ConfigModel):
    """The other."""

    depth: int
    width: int = 1


class Small(ConfigModel):
    """A variant of a union in a union."""

    size: Literal["small"] = "small"
    a: int = 0
    shared: int = 0


class Large(ConfigModel):
    """Another."""

    size: Literal["large"] = "large"
    b: int = 0
    shared: int = 0


def _item(value: Any, key: str, otherwise: Any = None) -> Any:
    return value.get(key, otherwise) if isinstance(value, dict) else getattr(value, key, otherwise)


def by_kind(value: Any) -> Any:
    """Return the tag; Sgd is chosen where nothing is said."""
    return _item(value, "kind", "sgd")


def _strict(value: Any) -> Any:
    return value["kind"] if isinstance(value, dict) else value.kind


def _by_keys(value: Any) -> str:
    keys = value if isinstance(value, dict) else value.model_fields_set
    return "adam" if "betas" in keys else "sgd"


def _widest(value: Any) -> str:
    return "wide" if _item(value, "width", 0) > _item(value, "depth", 0) else "deep"


def _outer(value: Any) -> str:
    return "sgd" if _item(value, "size") is None else "sized"


def _failing(value: Any) -> Any:
    if _item(value, "momentum", 0) > 1:
        raise RuntimeError("no momentum above 1")
    return _item(value, "kind")


Members = Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")]
Sized = Annotated[Small | Large, Field(discriminator="size")]


class Config(ConfigModel):
    """A default for each function."""

    opt: Annotated[Members, Discriminator(by_kind)] = Adam(learning_rate=0.5, betas=[0.5])
    strict: Annotated[Members, Discriminator(_strict)] = Sgd(lr=0.5, momentum=0.5)
    maybe: Annotated[Members, Discriminator(_strict)] | None = Adam(learning_rate=0.5, betas=[0.5])
    by_keys: Annotated[Members, Discriminator(_by_keys)] = Sgd(lr=0.5, momentum=0.5)
    widest: Annotated[Annotated[Wide, Tag("wide")] | Annotated[Deep, Tag("deep")], Discriminator(_widest)] = Wide(
        width=5, depth=2
    )
    nested: Annotated[Annotated[Sized, Tag("sized")] | Annotated[Sgd, Tag("sgd")], Discriminator(_outer)] = Small(
        a=5, shared=6
    )
    failing: Annotated[Members, Discriminator(_failing)] = Sgd(lr=0.5, momentum=0.5)
    rows: Annotated[list[Annotated[Members, Discriminator(by_kind)]], Merge.by_key("kind")] = [Adam(learning_rate=0.5)]


ADAM = {"kind": "adam", "lr": 0.5, "betas": [0.5]}
SGD = {"kind": "sgd", "lr": 0.5, "momentum": 0.5}


@pytest.mark.parametrize(
    ("field", "texts", "expected"),
    [
        pytest.param("opt", ["{betas: [1]}"], {**ADAM, "betas": [0.5, 1.0]}, id="its tag left out, a rule"),
        pytest.param("opt", ["{lr: 1}"], {**ADAM, "lr": 1.0}, id="its tag left out, a field by its name"),
        pytest.param("opt", ["{learning_rate: 1}"], {**ADAM, "lr": 1.0}, id="its tag left out, by its alias"),
        pytest.param("opt", ["{kind: adam, lr: 1}"], {**ADAM, "lr": 1.0}, id="the same tag"),
        pytest.param("opt", ["{kind: sgd}"], {"kind": "sgd", "lr": 0.1, "momentum": 0.0}, id="another tag"),
        pytest.param(
            "opt",
            ["{betas: [1], lr: 2}", "{kind: sgd}"],
            {"kind": "sgd", "lr": 2.0, "momentum": 0.0},
            id="another tag by a later layer: what was for the default's variant goes",
        ),
        pytest.param(
            "opt",
            ["{betas: [1]}", "{kind: sgd}", "{kind: adam, lr: 1}"],
            {"kind": "adam", "lr": 1.0, "betas": []},
            id="changed and changed back",
        ),
        pytest.param("opt", ["{momentum: 2}"], {"kind": "sgd", "lr": 0.1, "momentum": 2.0}, id="keys of the other"),
        pytest.param("strict", ["{lr: 1}"], {**SGD, "lr": 1.0}, id="a function that needs the tag"),
        pytest.param("strict", ["{kind: adam}"], {"kind": "adam", "lr": 0.1, "betas": []}, id="it gets another"),
        pytest.param("maybe", ["{lr: 1}"], {**ADAM, "lr": 1.0}, id="an optional union"),
        pytest.param("by_keys", ["{lr: 1}"], {**SGD, "lr": 1.0}, id="by keys"),
        pytest.param("by_keys", ["{betas: [1]}"], {"kind": "adam", "lr": 0.1, "betas": [1.0]}, id="by another's keys"),
        pytest.param("widest", ["{depth: 3}"], {"width": 5, "depth": 3}, id="by values: the same variant"),
        pytest.param(
            "widest", ["{depth: 7}", "{depth: 3}"], {"width": 5, "depth": 3}, id="by values: what stands there"
        ),
        pytest.param("widest", ["{depth: 7}"], {"width": 1, "depth": 7}, id="by values: the other one"),
        pytest.param("nested", ["{a: 1}"], {"size": "small", "a": 1, "shared": 6}, id="a union in the union"),
        pytest.param("nested", ["{size: large}"], {"size": "large", "b": 0, "shared": 0}, id="its other variant"),
        pytest.param(
            "rows", ["[{kind: adam, betas: [2]}]"], [{"kind": "adam", "lr": 0.5, "betas": [2.0]}], id="a list"
        ),
    ],
)
def test_a_part_of_a_union_is_laid_on_its_default(read: Read, field: str, texts: list[str], expected: Any) -> None:
    """The function is asked of the default, and of both: another answer drops the default as a whole."""
    config = read(Config, *(f"{field}: {text}" for text in texts))
    assert config.model_dump()[field] == expected


def test_a_function_that_raises(problems: Problems) -> None:
    """No default then; what Pydantic says of the file's part is reported."""
    (problem,) = problems(Config, "failing: {momentum: 2}")
    assert problem.rule.name == "invalid-value"
    assert "RuntimeError: no momentum above 1" in problem.message


class Refused(ConfigModel):
    """A function that no written default fits."""

    opt: Annotated[Members, Discriminator(_strict)] = Field(default=Sgd.model_construct(kind="other", lr=1.0))


def test_a_default_that_the_function_refuses(problems: Problems) -> None:
    """Where the function chooses for the file, the default that cannot be read is named; else Pydantic's error is."""
    (problem,) = problems(Refused, "opt: {kind: sgd}")
    assert (problem.rule.code, problem.path) == ("TF206", ("opt",))
    (problem,) = problems(Refused, "opt: {lr: 1}")
    assert problem.rule.name == "invalid-value"


def test_the_origins(merged: Merging) -> None:
    """A default that is laid under has its declaration; one that is dropped leaves nothing."""
    shown = {
        text: {
            format_path(path): [origin.source.kind is SourceKind.DEFAULT for origin in (leaf.origin, *leaf.shadows)]
            for path, leaf in provenance(merged(Config, text)).leaves.items()
        }
        for text in ("opt: {lr: 1}", "opt: {kind: sgd, lr: 1}")
    }
    assert shown == {
        "opt: {lr: 1}": {"opt.kind": [True], "opt.lr": [False, True], "opt.betas[0]": [True]},
        "opt: {kind: sgd, lr: 1}": {"opt.kind": [False, True], "opt.lr": [False]},
    }
