"""Texts that look like templates, which typedflow does not fill in."""

from __future__ import annotations

import time
from pathlib import Path  # a field's type
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, RootModel

from typedflow import ConfigModel, Template
from typedflow.check import Facts
from typedflow.check.rules import of_cases, of_model, of_typed_layer
from typedflow.project import open_project, resolve
from typedflow.values import Severity

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeFacts, MakeLayer


class Part(BaseModel):
    """A model in others."""

    text: str = ""
    meant: Annotated[str, Template] = ""


class Cat(BaseModel):
    """A member of a tagged union."""

    kind: Literal["cat"]
    said: Annotated[str, Template]


class Texts(RootModel[list[str]]):
    """A list of texts."""


class Model(BaseModel):
    """Texts in every position, meant and not meant."""

    text: str = ""
    path: Path | None = None
    either: int | str = 0
    many: list[str] = []
    pairs: dict[str, str] = {}
    part: Part = Part()
    parts: dict[str, list[Part]] = {}
    root: Texts = Texts([])
    any: Any = None
    free: dict[str, Any] = {}
    kept: Annotated[str, Field(alias="renamed")] = ""
    number: float = 0.0
    choice: Literal["a", "b"] = "a"

    meant: Annotated[str, Template] = ""
    made: Annotated[str, Template()] = ""
    meant_path: Annotated[Path, Template] | None = None
    meant_many: list[Annotated[str, Template]] = []
    meant_list: Annotated[list[str], Template] = []
    meant_pairs: Annotated[dict[str, list[str]], Template] = {}
    meant_keys: dict[Annotated[str, Template], str] = {}
    meant_any: Annotated[Any, Template] = None
    meant_part: Annotated[Part, Template] = Part()
    meant_root: Annotated[Texts, Template] = Texts([])
    pet: Annotated[Cat | Part, Field(union_mode="left_to_right")] = Part()


TEMPLATES = [
    "${x}",
    "${a.b}",
    "a/${oc.env:HOME}/b",
    "${oc.env:HOME,none}",
    "${env:X}",
    "${.sibling}",
    "${..b.c}",
    "${now:%Y-%m-%d}",
    "${HOME:-/root}",
    "${ x }",
    "{{ x }}",
    "{{x}}",
    "{{ x | default('a') }}",
    "{{workflow.name}}",
    "{{ .Values.image }}",
    "{{- end }}",
    "{{#if x}}",
    "{{{raw}}}",
    "${{ secrets.KEY }}",
    "$${a} ${b}",
]
TEXTS = [
    r"^\d{2}$",
    r"^a{2}${",
    r"(\w+)$|{x}",
    "$${x}",
    "\\${x}",
    "$HOME",
    "$(date)",
    "${}",
    "${1}",
    "${x",
    "{x}",
    "{{}}",
    "{{ }}",
    "{{2}}",
    "{{ x }",
    "{ {x} }",
    "0 6 * * *",
    "a { color: red }",
    "{% if x %}",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_is_found(make_layer: MakeLayer, text: str) -> None:
    """The finding stands at the value, is a warning, and says what to do, also where it is meant."""
    [found] = of_typed_layer(make_layer(f"part:\n  text: '{text.replace(chr(39), chr(39) * 2)}' # comment\n"), Model)
    assert (found.rule.code, str(found.location), found.path) == ("TF311", "settings.yaml:2:9", ("part", "text"))
    assert found.severity is Severity.WARNING
    assert "`computed_field`" in found.hint
    assert "`Annotated[str, typedflow.Template]`" in found.hint


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("free: {a: {b: '${x}'}}", "free"),
        ("free: {'${x}': 1}", "free"),
        ("any: ['${x}']", "any"),
        ("many: ['${x}']", "many"),
        ("pairs: {a: '${x}'}", "pairs"),
        ("root: ['${x}']", "root"),
        ("parts: {a: [{text: '${x}'}]}", ""),
        ("text: '${x}'", ""),
    ],
)
def test_the_field_to_mark_is_named(make_layer: MakeLayer, text: str, field: str) -> None:
    """A text in a list, a dictionary or `Any` has no annotation of its own."""
    [found] = of_typed_layer(make_layer(f"{text}\n"), Model)
    mark = f" that it is in: `{field}: Annotated[..., typedflow.Template]`" if field else ": `Annotated[str, "
    assert f"mark the field{mark}" in found.hint


@pytest.mark.parametrize("text", TEXTS)
def test_another_text_is_kept(make_layer: MakeLayer, text: str) -> None:
    """Regular expressions, escapes, what has no name or no end."""
    assert list(of_typed_layer(make_layer(f"text: '{text}'\n"), Model)) == []


#: What a file says, and where the findings are.
PLACES = {
    "text: ${x}": ["1:7"],
    "path: ${x}/a": ["1:7"],
    "either: ${x}": ["1:9"],
    "many: [a, '${x}']": ["1:11"],
    "pairs: {a: '${x}', '${b}': c}": ["1:12", "1:20"],
    "part: {text: '${x}', meant: '${x}'}": ["1:14"],
    "parts: {a: [{meant: '${x}'}, {text: '${x}'}]}": ["1:37"],
    "root: ['${x}']": ["1:8"],
    "any: ${x}": ["1:6"],
    "any: {a: [{'${k}': '${v}'}]}": ["1:12", "1:20"],
    "free: {a: {b: ['${x}']}}": ["1:16"],
    "renamed: ${x}": ["1:10"],
    "a: &a {text: '${x}'}\npart: *a\nparts: {a: [*a]}": ["1:14"],
    "part: {text: &x '${x}'}\nparts: {a: [{text: *x}]}": ["1:14", "2:20"],
}
#: What is reported elsewhere, or what the model says is meant.
MEANT = [
    "number: ${x}",
    "choice: ${x}",
    "unknown: ${x}",
    "'${x}': a",
    "part: ${x}",
    "many: ${x}",
    "meant: ${x}",
    "made: ${x}",
    "meant_path: ${x}",
    "meant_many: ['${x}']",
    "meant_list: ['${x}']",
    "meant_pairs: {'${x}': ['${x}']}",
    "meant_keys: {'${x}': a}",
    "meant_any: {'${x}': ['${x}']}",
    "meant_part: {text: '${x}'}",
    "meant_root: ['${x}']",
    "pet: {kind: cat, said: '${x}'}",
    "text: |\n  ${x}\n  b",
    "text: |-\n  ${x}",
    "text: >-\n  ${x}\n  b",
    "text: a\n  ${x}",
    'text: "${x}\\nb"',
    "# ${x}\ntext: a",
]


@pytest.mark.parametrize(("text", "expected"), PLACES.items(), ids=PLACES)
def test_the_model_says_where_text_stands(make_layer: MakeLayer, text: str, expected: list[str]) -> None:
    """Values and keys, wherever the model accepts any text; each place once."""
    found = [str(item.location).removeprefix("settings.yaml:") for item in of_typed_layer(make_layer(text), Model)]
    assert found == expected


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_or_reported_elsewhere_is_kept(make_layer: MakeLayer, text: str) -> None:
    """Marked fields and all that is in them, several lines, and text where the model accepts none."""
    assert list(of_typed_layer(make_layer(text), Model)) == []


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("settings.toml", 'text = "${x}"\n', "1:8"),
        ("settings.toml", '[part]\ntext = "{{ x }}"\n', "2:8"),
        ("settings.json", '{"part": {"text": "${x}"}}', "1:19"),
    ],
)
def test_every_format(make_layer: MakeLayer, name: str, text: str, place: str) -> None:
    """TOML and JSON are judged, too."""
    [found] = of_typed_layer(make_layer(text, name), Model)
    assert str(found.location) == f"{name}:{place}"


def test_lines_of_toml_are_kept(make_layer: MakeLayer) -> None:
    """A text of several lines is one in TOML as well, also where its line ends are escaped."""
    text = 'text = """\n${x}\nb"""\n[part]\ntext = """${x} \\\n  b"""\n'
    assert list(of_typed_layer(make_layer(text, "settings.toml"), Model)) == []


def test_what_a_message_shows_is_short(make_layer: MakeLayer) -> None:
    """A long template is cut."""
    [found] = of_typed_layer(make_layer(f"text: ${{{'a' * 500}}}\n"), Model)
    assert len(found.message) < 200


class Defaults(ConfigModel):
    """Defaults that look like templates, two of them meant."""

    text: str = "${x}"
    path: Path = Path("{{ x }}/a")
    texts: list[str] = ["a", "${x}"]
    pairs: dict[str | int, str] = {1: "a", "${x}": "b"}
    meant: Annotated[str, Template] = "${x}"
    meant_pairs: Annotated[dict[str, str], Template] = {"${x}": "${x}"}
    lines: str = "${x}\n"
    plain: str = "x"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("text: '${part.text}'\n", "part.text"),
        ("many: ['{{ part.text }}']\n", "part.text"),
        ("part: {text: '${number}'}\n", "number"),
        ("text: '${part.none}'\n", ""),
        ("text: '${oc.env:USER}'\n", ""),
        ("text: 'a ${part.text}'\n", ""),
        ("free: {a: '${part.text}'}\n", ""),
    ],
)
def test_a_template_that_is_the_key_path_of_a_field(make_layer: MakeLayer, text: str, path: str) -> None:
    """A reference is suggested, where one may stand."""
    [found] = of_typed_layer(make_layer(text), Model)
    assert (f"`{{$ref: {path}}}`" in found.hint) is bool(path)


class First(Defaults):
    """Inherits them."""


class Second(Defaults):
    """Inherits them, too."""


class Both(ConfigModel):
    """Has each twice."""

    first: First = First()
    second: Second = Second()


def test_defaults_of_the_model_are_judged() -> None:
    """Each stands at its field, once, whoever inherits it."""
    found = [item for item in of_model(Both) if item.rule.name == "template-text"]
    start = Path(__file__).read_text(encoding="utf-8").split("class Defaults")[0].count("\n") + 1
    assert [item.location.span.line - start for item in found if item.location and item.location.span] == [3, 4, 5, 6]
    assert found[0].message.startswith("the default of `First.text` contains `${x}`")


def test_variables_are_judged(make_facts: MakeFacts, tmp_path: Path) -> None:
    """A variable that a CI did not fill in is named."""
    model = "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    text: str\n"
    make_facts({"settings.py": model, "training.py": "", "yaml": "text: a\n", "configuration.EXP_1.yaml": "text: b\n"})
    project = open_project(tmp_path, {"TYPEDFLOW__SETTINGS__TEXT": "${CI_TEXT}"})
    cases = (resolve(project, "training", "EXP_1"),)
    assert [str(item.location) for item in of_cases(Facts(project, cases=cases))] == ["TYPEDFLOW__SETTINGS__TEXT"]


@pytest.mark.parametrize("part", ["${", "${a", "{{", "{{a", "${a.", "{{ ", "$", "{", "${ "])
def test_a_long_text_takes_linear_time(make_layer: MakeLayer, part: str) -> None:
    """A text of beginnings without an end is read within a moment."""
    layer = make_layer(f"text: '{part * 200_000}'\n")
    start = time.process_time()
    assert list(of_typed_layer(layer, Model)) == []
    assert time.process_time() - start < 5
