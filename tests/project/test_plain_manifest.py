"""The reader of plain manifests: it agrees with the model wherever it answers, and leaves the rest to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from typedflow.layers import Layer, Rank, merge
from typedflow.models import ConfigModel, own_fields, plan_of, validate
from typedflow.project import KINDS, MANIFEST_MODEL, Check, Environments, Manifest
from typedflow.project._plain_manifest import plain_manifest
from typedflow.project._unit_keys import with_files
from typedflow.values import Source, TypedflowError

ROOT = Path(__file__).parents[2]
MANIFESTS = sorted(ROOT.glob("examples/*/typedflow.toml"))
ODD = ["", " ", "a b", "a\x00:B", "a.py:B\n", "é", "a/b.py:A", "pkg.mod:A", "EXP_01", "-x", ".", "$merge", "x" * 300]


NAMES = st.sampled_from(["a", "EXP_01", "main", "dev", "a.py"])
ANY = st.sampled_from(ODD) | st.text(max_size=5) | st.none() | st.integers() | st.floats() | st.lists(NAMES | st.none())


def _valid(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type, most of which are valid whatever the constraints are."""
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in {Annotated, Union}:
        return _valid(arguments[0])
    if origin is tuple:
        return st.lists(_valid(arguments[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(NAMES, _valid(arguments[1]), max_size=2)
    if own_fields(kind):
        fields = {name: _valid(field.annotation) for name, field in own_fields(kind).items()}
        return st.fixed_dictionaries({}, optional=fields)
    return NAMES if kind is str else ANY


def _with(tree: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    """Return a tree with another value at a key path, as far as there are mappings."""
    inner = tree.get(path[0])
    is_deep = isinstance(inner, dict) and len(path) > 1
    return {**tree, path[0]: _with(inner, path[1:], value) if isinstance(inner, dict) and is_deep else value}


MODELS = [MANIFEST_MODEL, Environments, Check, *(kind.entry for kind in KINDS.values())]
KEYS = st.sampled_from(["$merge", "$schema", "", "a", *(name for model in MODELS for name in own_fields(model))])
MODEL = {"model": "a.py:A"}
VALID = _valid(MANIFEST_MODEL).map(lambda tree: {**tree, **MODEL})
TREES = VALID | st.builds(_with, VALID, st.lists(KEYS, min_size=1, max_size=3), ANY)


def _by_the_model(tree: dict[str, Any]) -> Manifest | None:
    try:
        return validate(merge([Layer(Source("x", ""), tree, Rank.FILE)], plan_of(MANIFEST_MODEL)), MANIFEST_MODEL)
    except TypedflowError:
        return None


@given(TREES)
def test_it_agrees_with_the_model(tree: dict[str, Any]) -> None:
    """What it reads is what the model makes of it; it reads nothing that the model rejects."""
    found = plain_manifest(tree, MANIFEST_MODEL)
    if found is not None:
        expected = _by_the_model(tree)
        assert (found, found.model_fields_set) == (expected, expected and expected.model_fields_set)
        assert repr(found) == repr(expected)


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.parent.name)
def test_it_reads_the_examples(file: Path) -> None:
    """Usual manifests are read without the model."""
    tree = with_files(tomli.loads(file.read_text(encoding="utf-8")), [kind.table for kind in KINDS.values()])
    assert plain_manifest(tree, MANIFEST_MODEL) == _by_the_model(tree) != None  # noqa: E711 # both are instances


@pytest.mark.parametrize(
    "tree",
    [
        {"model": "a.py:A", "settings": "config", "outside": ["../a"], "public": ["a.*"]},
        {"model": "a.py:A", "flows": {"train": {"file": "a.py", "bindings": ["EXP_*", "x"], "config": "settings"}}},
        {"model": "a.py:A", "flows": {"flows/*.py": {"file": "flows/*.py", "bindings": ["x"]}}},
        {"model": "a.py:A", "environments": {"default": "dev", "branches": {"main": "prod", "*": "dev"}}},
    ],
)
def test_it_reads_every_usual_shape(tree: dict[str, Any]) -> None:
    """Texts, lists and tables, optional ones, too."""
    assert repr(plain_manifest(tree, MANIFEST_MODEL)) == repr(_by_the_model(tree))


@pytest.mark.parametrize(
    "more",
    [
        {"settings": ""},
        {"model": "a.py:A\n"},
        {"settings": "café"},
        {"check": {"timeout": 5.0}},
        {"flows": {"a b": {"file": "a"}}},
        {"flows": {"a/b.py": {"file": "a"}}},
        {"flows": {"a": {}}},
        {"flows": {"a": {"file": "a", "bindings": []}}},
        {"environments": {"branches": {"$merge": "a"}}},
        {"unknown": 1},
    ],
)
def test_it_leaves_the_rest_to_the_model(more: dict[str, Any]) -> None:
    """Errors, directives, numbers, and texts that regular expressions may see differently."""
    assert plain_manifest({"model": "a:A", **more}, MANIFEST_MODEL) is None


def test_a_limit_of_an_optional_text_is_not_passed_over() -> None:
    """Only the model knows what a least length means beside None."""

    class Limited(ConfigModel):
        name: Annotated[str | None, Field(min_length=1)] = None

    assert plain_manifest({}, Limited) == Limited()
    assert plain_manifest({"name": ""}, Limited) is None
