"""`documents` gives texts that other parsers read to the same valid config, written in many ways."""

import json
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
import tomli
import yaml
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel, Field, RootModel

from typedflow import ConfigModel
from typedflow.hypothesis import documents
from typedflow.hypothesis._documents import FORMATS, Format, document, document_trees
from typedflow.hypothesis._style import STYLES, Style

QUICK = settings(max_examples=150, suppress_health_check=list(HealthCheck))
ANY = settings(max_examples=3_000, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
READERS: dict[str, Callable[[str], Any]] = {
    "toml": tomli.loads,
    "json": json.loads,
    "yaml": lambda text: yaml.load(text, yaml.CSafeLoader),
}


class Optimizer(ConfigModel):
    """A part."""

    kind: Literal["adam", "sgd"]
    rate: Annotated[int, Field(ge=0)] = 3


class Train(ConfigModel):
    """A model with all kinds of values."""

    name: str
    notes: str | None = None
    optimizer: Optimizer
    layers: list[Optimizer] = []
    sizes: list[int] = []
    labels: dict[str, str] = {}
    debug: bool = False


@pytest.mark.parametrize("name", FORMATS)
def test_other_parsers_read_the_same(name: Format) -> None:
    """A document is what its format's usual parser reads to the values that it was written from."""

    @QUICK
    @given(document_trees(Train, {})[name], STYLES)
    def same(tree: Any, style: Style) -> None:
        assert READERS[name](document(tree, name, style)) == tree

    same()


@pytest.mark.parametrize("name", READERS)
def test_a_document_is_a_valid_config(name: Literal["toml", "yaml", "json"]) -> None:
    """The public strategy gives texts, and what they hold fits the model."""

    @QUICK
    @given(documents(Train, format=name, **{"optimizer.kind": st.just("sgd")}))
    def fits(text: str) -> None:
        assert Train.model_validate(READERS[name](text)).optimizer.kind == "sgd"

    fits()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("toml", r"(?m)^\[optimizer\]"),
        ("toml", r"(?m)^optimizer\.kind = "),
        ("toml", r"optimizer = \{"),
        ("toml", r"(?m)^\[\[layers\]\]"),
        ("toml", r"name = '"),
        ("toml", r'name = """'),
        ("toml", "0x"),
        ("toml", r"\d_\d{3}"),
        ("toml", "# as agreed"),
        ("toml", "\r\n"),
        ("yaml", r"optimizer:\n +kind: adam"),
        ("yaml", r"optimizer: \{"),
        ("yaml", r"name: '"),
        ("yaml", r'name: "'),
        ("yaml", r"name: \|-?\n"),
        ("yaml", r"- kind: "),
        ("yaml", "FALSE"),
        ("yaml", "~"),
        ("yaml", "---\n"),
        ("json", r'^\{"'),
        ("json", r'\{\n        "'),
        ("json", r"\\u00"),
    ],
)
def test_documents_are_written_in_many_ways(name: Literal["toml", "yaml", "json"], way: str) -> None:
    """Tables, dotted keys and inline tables; blocks and flows; quotes, numbers, comments and ends of lines."""
    texts = documents(Train, format=name, name=st.sampled_from(["plain", "two\nlines", "größe"]))
    assert find(texts, lambda text: re.search(way, text) is not None, settings=ANY)


@pytest.mark.parametrize("name", READERS)
def test_a_document_shrinks_to_the_plainest(name: Literal["toml", "yaml", "json"]) -> None:
    """Where style does not matter, it is the plainest."""
    plain = {
        "toml": 'name = ""\n[optimizer]\nkind = "adam"\n',
        "yaml": 'name: ""\noptimizer:\n  kind: adam\n',
        "json": '{\n  "name": "",\n  "optimizer": {\n    "kind": "adam"\n  }\n}\n',
    }
    assert find(documents(Train, format=name), lambda text: True) == plain[name]  # noqa: ARG005 # any


def test_a_wrong_format_is_refused() -> None:
    """The message names the formats."""
    with pytest.raises(InvalidArgument, match="format='ini' must be one of 'yaml', 'toml', 'json'"):
        documents(Train, format="ini")  # type: ignore[arg-type] # on purpose


def test_a_config_that_is_no_mapping_has_no_document() -> None:
    """A settings file holds a mapping; a model that is read from a list is refused with that."""

    @given(documents(RootModel[list[int]], format="json"))
    def never(text: str) -> None:
        raise AssertionError(text)

    with pytest.raises(InvalidArgument, match="a settings file must be a mapping"):
        never()


def test_toml_has_no_null() -> None:
    """What only null would fit has no TOML; what null is one choice of, has."""

    class Nothing(BaseModel):
        value: None

    with pytest.raises(InvalidArgument, match=r"Nothing\.value \(no value in a file satisfies it\)"):
        documents(Nothing, format="toml")
    assert find(documents(Nothing, format="json"), lambda text: "null" in text)


def test_no_null_of_a_literal_is_in_toml() -> None:
    """A format without null has none, also where it is one of several values."""

    class Model(ConfigModel):
        limit: Literal[None, "all", 3]  # noqa: PYI061 # the null of a literal is what is tested

    @QUICK
    @given(documents(Model, format="toml"))
    def fits(text: str) -> None:
        assert tomli.loads(text)["limit"] in {"all", 3}

    fits()
