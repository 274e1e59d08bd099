"""Plain scalars of YAML with a colon that no space follows."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ConfigDict

from typedflow.check.rules import of_typed_layer
from typedflow.layers import layer, with_directives
from typedflow.models import plan_of
from typedflow.parsing import parse
from typedflow.project import IncludedFiles
from typedflow.values import Severity, Source

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeLayer


class Part(BaseModel):
    """A model in others: its fields are declared."""

    image: str = ""
    images: list[str] = []


class Open(BaseModel):
    """A model that keeps any key."""

    model_config = ConfigDict(extra="allow")


class Model(BaseModel):
    """Places where any text may stand, and declared ones."""

    any: Any = None
    free: dict[str, Any] = {}
    texts: dict[str, list[str]] = {}
    optional: dict[str, int | None] = {}
    open: Open = Open()
    numbers: dict[str, int] = {}
    image: str = ""
    images: list[str] = []
    parts: dict[str, Part] = {}


#: What a file says, where the finding is, and what to write.
CATCHES = {
    "free: {x:1}": ("1:8", "x: 1"),
    "free: {a: {x:1, y: 2}}": ("1:12", "x: 1"),
    "free: {x:1 # comment\n  }": ("1:8", "x: 1"),
    "free:\n  a:\n    - numpy:1": ("3:7", "numpy: 1"),
    "any:\n  - numpy:1": ("2:5", "numpy: 1"),
    "any: [numpy:1]": ("1:7", "numpy: 1"),
    "any: {a: {0.5:x}}": ("1:11", "0.5: x"),
    "any: {1:2}": ("1:7", "1: 2"),
    "any: {a b:c d}": ("1:7", "a b: c d"),
    "any:\n  a:\n    x:1": ("3:5", "x: 1"),
    'any:\n  - name:"a"': ("2:5", 'name: "a"'),
    "any:\n  - sizes:[1, 2]": ("2:5", "sizes: [1, 2]"),
    "any:\n  - scikit-learn:1.7": ("2:5", "scikit-learn: 1.7"),
    "any:\n  a:\n    x:1\n    y:2": ("3:5", None),
    "texts:\n  a:\n    - b:c": ("3:7", "b: c"),
    "optional: {x:1}": ("1:12", "x: 1"),
    "open: {x:1}": ("1:8", "x: 1"),
    "open:\n  y:\n    - x:1": ("3:7", "x: 1"),
}

KEEPS = [
    "any: [http://host, s3://a/b, c:/d, 'C:\\d']",
    "any: [12:30, 1:30:00, 1:2]",
    "any: [fe80::1, '::1', urn:isbn:1, a:b:c, std::vector]",
    "any: [pkg.module:Class, host.org:80, user@host:dir, repo/image:1.2, a b:c]",
    "any: [\"numpy:1\", 'numpy:1', !!str numpy:1]",
    "any: [':a', ':']",
    "any: {image: python:3.12, port: host:80}",
    "any:\n  image: python:3.12",
    'any: {"x:1", "y:2"}',
    'any: {"x":1}',
    "any: {x:1: 2}",
    "any: {x:1 : 2}",
    "any: {http://x}",
    "any: [localhost:9092, kafka-1:65535]",
    "any:\n  python:3.12:\n  b: 1",
    "any: |\n  x:1",
    "any:\n  - >-\n    x:1",
    "any: {a: b}",
    "# x:1\nany: a",
    "image: python:3.12",
    "image:\n  python:3.12",
    "images: [python:3.12]",
    "images:\n  - python:3.12",
    "parts: {a: {image: python:3.12, images: [python:3.12]}}",
    "parts:\n  a:\n    image:\n      python:3.12",
    "numbers: {x:1}",
    "free:\n  - numpy:1",
    "{x:1}",
    "unknown: [x:1]",
    "free:\n  a:1",
]


@pytest.mark.parametrize(("text", "expected"), CATCHES.items(), ids=CATCHES)
def test_a_missing_space_is_found(make_layer: MakeLayer, text: str, expected: tuple[str, str | None]) -> None:
    """The finding stands at the scalar, is a warning, and says what to write, also where the text is meant."""
    found, *_ = of_typed_layer(make_layer(text), Model)
    place, pair = expected
    assert (found.rule.code, str(found.location)) == ("TF113", f"settings.yaml:{place}")
    assert found.severity is Severity.WARNING
    advice = f"write `{pair}`" if pair else "write a space after each such colon"
    assert found.hint == f"{advice}; if you mean the text, put it in quotes"


@pytest.mark.parametrize("text", [text for text, (_, pair) in CATCHES.items() if pair and not pair[0].isdigit()])
def test_the_advice_is_a_pair_and_no_finding(make_layer: MakeLayer, text: str) -> None:
    """What the hint says to write is a key and a value where it stands, and both ways out end the warning."""
    pair = CATCHES[text][1] or ""
    [found] = of_typed_layer(make_layer(text), Model)
    assert found.path is not None
    scalar = pair.replace(": ", ":")
    for advised in (text.replace(scalar, pair), text.replace(scalar, f"'{scalar}'")):
        assert list(of_typed_layer(make_layer(advised), Model)) == []
    assert parse(Source("", text.replace(scalar, pair), "yaml")) != parse(Source("", text, "yaml"))


@pytest.mark.parametrize("text", KEEPS)
def test_another_text_is_kept(make_layer: MakeLayer, text: str) -> None:
    """URLs, times, paths, quotes; values on their key's line; declared fields; what is an error anyway."""
    assert list(of_typed_layer(make_layer(text), Model)) == []


def test_several_in_one_file(make_layer: MakeLayer) -> None:
    """Each is found, in the order of the text."""
    found = [str(item.location) for item in of_typed_layer(make_layer("free: {x:1, y:2}\nany:\n  - a:b\n"), Model)]
    assert found == ["settings.yaml:1:8", "settings.yaml:1:13", "settings.yaml:3:5"]


@pytest.mark.parametrize(
    ("name", "text"), [("settings.toml", 'any = ["numpy:1"]\n'), ("settings.json", '{"any": ["numpy:1"]}')]
)
def test_other_formats_have_no_plain_scalars(make_layer: MakeLayer, name: str, text: str) -> None:
    """TOML and JSON have quotes around every text."""
    assert list(of_typed_layer(make_layer(text, name), Model)) == []


@pytest.mark.parametrize("part", ["a:", "a", "a:a", "a-"])
def test_a_long_text_takes_linear_time(make_layer: MakeLayer, part: str) -> None:
    """A long scalar is judged within a moment."""
    layer = make_layer(f"any: [x:1, {part * 200_000}x]\n")
    start = time.process_time()
    assert any(item.path == ("any", 0) for item in of_typed_layer(layer, Model))
    assert time.process_time() - start < 5


def test_an_included_file_is_looked_at(tmp_path: Path) -> None:
    """At its own lines; directives are not values."""
    (tmp_path / "x.yaml").write_text("a:\n- numpy:1\n", encoding="utf-8")
    source = Source("settings.yaml", "texts: {$include: x.yaml, b: [{$ref: a:b}]}\n", "yaml")
    found = with_directives(layer(source, parse(source), files=IncludedFiles(tmp_path)), plan_of(Model))
    [problem] = of_typed_layer(found, Model)
    assert str(problem.location) == f"{tmp_path}/x.yaml:2:3"
