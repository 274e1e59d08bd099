"""Variables and options inside a union: all layers together choose the variant, which decides how text is read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import ConfigDict, Discriminator, Field, Tag

from typedflow.layers import layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.project import overrides
from typedflow.values import Source


class Text(ConfigModel):
    """A sub-model."""

    p: str = "x"
    q: str | None = None


class Number(ConfigModel):
    """The same keys, with other types."""

    p: int | str = 3
    q: int | str | dict[str, int] = 3


class A(ConfigModel):
    """A variant."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["a"] = Field("a", alias="Kind")
    sub: Text = Text()
    p: str = "x"


class B(ConfigModel):
    """Another."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["b"] = Field("b", alias="Kind")
    sub: Number = Number()
    p: int | str = 3


def letter(value: Any) -> str:
    """Return a tag by the keys that a mapping has."""
    return "b" if (value.get("kind", value.get("Kind")) if isinstance(value, dict) else value.kind) == "b" else "a"


class Model(ConfigModel):
    """Unions with and without a default, also in a dictionary."""

    u: Annotated[A | B, Field(discriminator="kind")] = B.model_validate({})
    v: Annotated[A | B, Field(discriminator="kind")] | None = None
    w: Annotated[Annotated[A, Tag("a")] | Annotated[B, Tag("b")], Discriminator(letter)] = A.model_validate({})
    d: dict[str, Annotated[A | B, Field(discriminator="kind")]] = {}


#: The file, the settings above it, lowest first, and what the last of them sets.
SETTINGS: dict[str, tuple[str, list[str], object]] = {
    "the tag is in the file": ("u: {kind: b}", ["u.sub.p=7"], 7),
    "by another key": ("u: {Kind: b}", ["u.sub.p=7"], 7),
    "the first variant": ("u: {kind: a}", ["u.sub.p=7"], "7"),
    "the tag is the default's": ("", ["u.sub.p=7"], 7),
    "beside the tag": ("u: {kind: b}", ["u.p=7"], 7),
    "beside the tag, the first variant": ("u: {kind: a}", ["u.p=007"], "007"),
    "a text that is no YAML": ("u: {kind: a}", ["u.p=[7"], "[7"),
    "an earlier one has the tag": ("u: {kind: a}", ["u.kind=b", "u.sub.p=7"], 7),
    "it has the mapping with the tag": ("", ['u={"kind": "a"}', "u.sub.p=7"], "7"),
    "null, where None is taken": ("u: {kind: a}", ["u.sub.q=null"], None),
    "a mapping": ("u: {kind: b}", ['u.sub.q={"n": 1}'], {"n": 1}),
    "a mapping on a mapping": ("u: {kind: b, sub: {q: {n: 2}}}", ['u.sub.q={"n": 1}'], {"n": 1}),
    "an optional union": ("v: {kind: b}", ["v.sub.p=7"], 7),
    "a function chooses": ("w: {kind: b}", ["w.sub.p=7"], 7),
    "a function chooses the first": ("w: {p: y}", ["w.sub.p=7"], "7"),
    "in a dictionary": ("d: {x: {kind: a}, y: {kind: b}}", ["d.y.sub.p=7"], 7),
    "in a dictionary, the first": ("d: {x: {kind: a}, y: {kind: b}}", ["d.x.sub.p=7"], "7"),
}


def _read(file: str, environ: dict[str, str], options: list[str]) -> Model:
    source = Source("a.yaml", file, "yaml")
    below = [layer(source, parse(source))]
    return validate(merge([*below, *overrides("c", Model, environ, options, below)], plan_of(Model)), Model)


def _at(model: Model, setting: str) -> object:
    found: Any = model.to_dict()
    for key in setting.partition("=")[0].split("."):
        found = found[key]
    return found


@pytest.mark.parametrize("by", ["options", "variables", "an option above variables"])
@pytest.mark.parametrize(("file", "settings", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_the_type_is_that_of_the_variant(file: str, settings: list[str], expected: object, by: str) -> None:
    """Options and variables set the same value as a file."""
    of_options = {"options": len(settings), "variables": 0}.get(by, 1)
    above = settings[len(settings) - of_options :]
    pairs = [each.split("=", 1) for each in settings[: len(settings) - of_options]]
    environ = {f"TYPEDFLOW__C__{path.replace('.', '__')}": text for path, text in pairs}
    assert _at(_read(file, environ, above), settings[-1]) == expected


def test_later_options_count_too() -> None:
    """The value is that of the variant which the whole command line chooses."""
    assert _read("u: {kind: a}", {}, ["u.sub.p=7", "u.kind=b"]).u.sub.p == 7
    assert _read("", {"TYPEDFLOW__C__U__P": "7"}, ["u.kind=a"]).u.p == "7"
