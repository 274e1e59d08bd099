"""Overrides that change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.check.rules.redundant_override import find
from typedflow.parsing import location
from typedflow.values import Diagnostic, Fix, Severity, parse_path

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeFacts, Show

MODEL = """\
from typing import Annotated, Any, Literal

from pydantic import Field

from typedflow import ConfigModel, Merge


class Adam(ConfigModel):
    kind: Literal["adam"]
    rate: float = 0.1
    beta: float = 0.9


class Sgd(ConfigModel):
    kind: Literal["sgd"]
    rate: float = 0.1


class Model(ConfigModel):
    alpha: float = 1.0
    layers: list[int] = []


class Table(ConfigModel):
    name: str
    rows: int = 0


class Settings(ConfigModel):
    model: Model = Model()
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam(kind="adam")
    labels: Annotated[list[str], Merge.append] = []
    tags: Annotated[list[str], Merge.union] = []
    tables: Annotated[list[Table], Merge.by_key("name")] = []
    whole: Annotated[Model, Merge.replace] = Model()
    names: dict[str, Any] = {}
    folds: int = 3
    title: str | None = None
"""

BASE = """\
model: {alpha: 0.5, layers: [1, 2]}
optimizer: {kind: adam, rate: 0.5, beta: 0.8}
labels: [a]
tags: [a]
tables: [{name: x, rows: 1}]
whole: {alpha: 2.0}
names: {n: 1, deep: {a: 1, b: 2}}
title: t
"""

#: What a binding's file says, and the key paths of it that change nothing.
CASES = {
    "a value": ("title: t\n", ["title"]),
    "another value": ("title: u\n", []),
    "a list": ("model: {layers: [1, 2]}\n", ["model"]),
    "another list": ("model: {layers: [2, 1]}\n", []),
    "one leaf of a mapping": ("model: {alpha: 0.5, layers: []}\n", ["model.alpha"]),
    "a whole mapping": ("names: {deep: {a: 1, b: 2}}\n", ["names"]),
    "a mapping inside": ("names: {deep: {a: 1}, n: 2}\n", ["names.deep"]),
    "another type": ("names: {n: 1.0}\n", []),
    "a boolean for a number": ("names: {n: true}\n", []),
    "a new key": ("names: {m: 1}\n", []),
    "the model's default": ("folds: 3\n", []),
    "null": ("title: null\n", []),
    "an item to append": ("labels: [a]\n", []),
    "an item to unite": ("tags: [a]\n", []),
    "an item to merge by key": ("tables: [{name: x, rows: 1}]\n", []),
    "the whole of what is replaced": ("whole: {alpha: 2.0}\n", ["whole"]),
    "a part of what is replaced": ("whole: {alpha: 2.0, layers: [1]}\n", []),
    "the same tag": ("optimizer: {kind: adam, rate: 0.6}\n", ["optimizer.kind"]),
    "another tag, and what survives it": ("optimizer: {kind: sgd, rate: 0.5}\n", ["optimizer.rate"]),
    "an empty mapping": ("names: {}\n", []),
    "two": ("title: t\nmodel: {alpha: 0.5}\nfolds: 4\n", ["title", "model"]),
    "a directive about it": ("$merge: {replace: [model]}\nmodel: {alpha: 0.5}\n", []),
    "a deletion above it": ("$merge: {delete: [model]}\nmodel: {alpha: 0.5}\ntitle: t\n", ["title"]),
    "a directive about a list": ("$merge: {append: [model.layers]}\nmodel: {layers: [1, 2]}\n", []),
    "a list that is replaced on request": ("$merge: {replace: [labels]}\nlabels: [a]\n", []),
    "nothing": ("", []),
}


def _paths(found: list[Diagnostic]) -> list[str]:
    return [item.message.split("`")[1] for item in found]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_a_binding_repeats(make_facts: MakeFacts, text: str, expected: list[str]) -> None:
    """A value is found that is the same without it; what merges by a rule of its own is none."""
    found = list(find(make_facts({"settings.py": MODEL, "yaml": BASE, "configuration.EXP_01.yaml": text})))
    assert _paths(found) == expected
    assert [item.fix for item in found] == [Fix(parse_path(path)) for path in expected]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_an_environment_repeats(make_facts: MakeFacts, text: str, expected: list[str]) -> None:
    """An environment's file is compared with the global settings."""
    files = {"yaml": BASE, "environment.dev.yaml": text, "configuration.EXP_01.yaml": "folds: 5\n"}
    assert _paths(list(find(make_facts({"settings.py": MODEL, **files})))) == expected


def test_the_finding(make_facts: MakeFacts, show: Show) -> None:
    """It is a warning at the key, says what it repeats, and which line to remove."""
    text = "folds: 4\nmodel:\n  alpha: 0.5\n  layers: [3]\n"
    [found] = find(make_facts({"settings.py": MODEL, "yaml": BASE, "configuration.EXP_01.yaml": text}))
    assert (found.rule.code, show(found), found.severity) == (
        "TF205",
        "configuration.EXP_01.yaml:3:3",
        Severity.WARNING,
    )
    assert found.message == "`model.alpha` changes nothing: settings/settings.yaml already sets this value"
    assert [(item.role, str(item.location)) for item in found.related] == [("repeats", "settings/settings.yaml:1:16")]
    assert (found.hint, found.fix) == ("remove it", Fix(("model", "alpha")))


def test_a_value_that_matters_in_one_environment_is_kept(make_facts: MakeFacts) -> None:
    """What changes nothing in `dev` and something in `prod` is no finding; what changes nothing in both is one."""
    files = {
        "yaml": BASE,
        "environment.dev.yaml": "folds: 4\nmodel: {alpha: 0.7}\n",
        "environment.prod.yaml": "folds: 4\n",
        "configuration.EXP_01.yaml": "folds: 4\nmodel: {alpha: 0.7}\n",
        "configuration.EXP_02.yaml": "folds: 5\nmodel: {alpha: 0.5}\n",
    }
    manifest = """\
model = "settings.py:Settings"
flows.training = {file = "training.py", bindings = ["EXP_*"]}
environments.default = "dev"
"""
    found = list(find(make_facts({"settings.py": MODEL, "typedflow.toml": manifest, **files})))
    assert _paths(found) == ["folds"]


def test_no_environment_is_a_case_as_well(make_facts: MakeFacts) -> None:
    """Where no branch need choose one, a binding may be without an environment, and its value matters there."""
    files = {"yaml": BASE, "environment.dev.yaml": "folds: 4\n", "configuration.EXP_01.yaml": "folds: 4\n"}
    assert list(find(make_facts({"settings.py": MODEL, **files}))) == []


def test_a_json_or_toml_file(make_facts: MakeFacts) -> None:
    """Formats may differ; types of values must not."""
    files = {"toml": "[names]\nn = 1\nx = 1.0\n", "configuration.EXP_01.json": '{"names": {"n": 1, "x": 1, "y": 2}}'}
    assert _paths(list(find(make_facts({"settings.py": MODEL, **files})))) == ["names.n"]


def test_anchors_are_left_to_a_person(make_facts: MakeFacts) -> None:
    """A value that aliases may need is reported, but not fixed."""
    text = "title: &t t\nnames: {other: *t}\n"
    [found] = find(make_facts({"settings.py": MODEL, "yaml": BASE, "configuration.EXP_01.yaml": text}))
    assert (found.fix, found.hint) == (None, "remove it, unless an alias needs it")


def test_settings_that_conflict_are_reported_elsewhere(make_facts: MakeFacts) -> None:
    """Where merging fails, nothing is said of what it would give."""
    files = {
        "yaml": BASE,
        "environment.dev.yaml": "model: 1\n",
        "environment.prod.yaml": "",
        "configuration.EXP_01.yaml": "title: t\n",
    }
    assert list(find(make_facts({"settings.py": MODEL, **files}))) == []


def test_a_project_of_which_nothing_resolves(make_facts: MakeFacts) -> None:
    """What is repeated is repeated, whether the rest is valid or not."""
    files = {"yaml": "title: t\nunknown: 1\n", "configuration.EXP_01.yaml": "title: t\n"}
    assert len(list(find(make_facts({"settings.py": MODEL, **files})))) == 1


def test_the_place_is_that_of_the_key(make_facts: MakeFacts) -> None:
    """The finding of a whole mapping stands at the mapping's key."""
    facts = make_facts({"settings.py": MODEL, "yaml": BASE, "configuration.EXP_01.yaml": "names:\n  n: 1\n"})
    [found] = find(facts)
    assert found.location == location(facts.layers[-1].source, ("names",), key=True)


def test_a_file_that_cannot_be_merged_is_reported_elsewhere(make_facts: MakeFacts) -> None:
    """Of a file that conflicts with those below it, no line is said to be superfluous."""
    files = {"yaml": BASE, "configuration.EXP_01.yaml": "title: t\nmodel: 1\n", "configuration.EXP_02.yaml": ""}
    assert list(find(make_facts({"settings.py": MODEL, **files}))) == []


def test_a_mapping_names_the_files_that_set_what_is_in_it(make_facts: MakeFacts) -> None:
    """And not the highest one that sets anything of it."""
    files = {
        "yaml": "model: {alpha: 0.5, layers: [1]}\n",
        "environment.dev.yaml": "model: {alpha: 0.7}\n",
        "configuration.EXP_01.yaml": "model: {layers: [1]}\n",
        "configuration.EXP_02.yaml": "model: {layers: [1], alpha: 0.7}\n",
    }
    manifest = """\
model = "settings.py:Settings"
flows.training = {file = "training.py", bindings = ["EXP_*"]}
environments.default = "dev"
"""
    found = list(find(make_facts({"settings.py": MODEL, "typedflow.toml": manifest, **files})))
    base, dev = "settings/settings.yaml", "settings/settings.environment.dev.yaml"
    assert [item.message for item in found] == [
        f"`model` changes nothing: {base} already sets this value",
        f"`model` changes nothing: {dev} and {base} already set this value",
    ]
    assert [len(item.related) for item in found] == [1, 2]


#: The files of bindings beside global settings that say `title: t`, and what in each changes nothing.
EXTENDED = {
    "a value of the extended binding": (
        {"EXP_01": "title: u\n", "EXP_02": "$extends: EXP_01\ntitle: u\nfolds: 4\n"},
        {"EXP_02": ["title"]},
    ),
    "a value that undoes that of the extended binding": (
        {"EXP_01": "title: u\n", "EXP_02": "$extends: EXP_01\ntitle: t\n"},
        {},
    ),
    "a value that overrides another extended binding": (
        {"EXP_01": "title: t\n", "EXP_02": "title: u\n", "EXP_03": "$extends: [EXP_02, EXP_01]\n"},
        {},
    ),
    "a value below one that overrides another": (
        {
            "EXP_00": "title: t\n",
            "EXP_01": "$extends: EXP_00\n",
            "EXP_02": "title: u\n",
            "EXP_03": "$extends: [EXP_02, EXP_01]\n",
        },
        {},
    ),
    "a value that is extended alone": (
        {"EXP_01": "title: t\n", "EXP_02": "$extends: EXP_01\n"},
        {"EXP_01": ["title"]},
    ),
    "what extends what does not exist": ({"EXP_01": "$extends: EXP_09\ntitle: t\n"}, {}),
}


@pytest.mark.parametrize(("files", "expected"), EXTENDED.values(), ids=EXTENDED)
def test_what_an_extending_binding_repeats(
    make_facts: MakeFacts, files: dict[str, str], expected: dict[str, list[str]]
) -> None:
    """It is compared with what it extends; a file that others extend beside another one may matter there."""
    written = {f"configuration.{name}.yaml": text for name, text in files.items()}
    found: dict[str, list[str]] = {}
    for item in find(make_facts({"settings.py": MODEL, "yaml": BASE, **written})):
        assert item.location
        found.setdefault(item.location.name.split(".")[-2], []).append(item.message.split("`")[1])
    assert found == expected
