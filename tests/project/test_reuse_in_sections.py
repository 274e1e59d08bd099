"""Directives in files of sections: key paths begin at the top of the settings, include paths in their directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.reused import leaf_text, related, told
from typedflow.project import LoadedProject, provenance_of, resolve, tree_of
from typedflow.values import Diagnostic, parse_path

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

MODEL = """
from typing import Annotated

from typedflow import ConfigModel, Merge


class Opt(ConfigModel):
    lr: float = 0.1
    steps: int = 3


class Configuration(ConfigModel):
    opt: Opt = Opt()
    rate: float = 1.0
    labels: Annotated[list[str], Merge.append] = []


class Environment(ConfigModel):
    DATABASE: str
    COPY: str = ""


class Settings(ConfigModel):
    configuration: Configuration = Configuration()
    environment: Environment
"""
MANIFEST = """
model = "model.py:Settings"
sections = ["configuration", "environment"]

[flows.train]
file = "flows/train.py"
bindings = ["EXP_*"]

[environments]
default = "dev"
unknown = "dev"
"""
FILES = {
    "model.py": MODEL,
    "typedflow.toml": MANIFEST,
    "settings/opt.yaml": "lr: 3\n",
    "settings/all.yaml": "rate: 7\nlabels: [a]\n",
    "settings/names.yaml": "DATABASE: x\n",
    "settings/groups/configuration/opt/fast.yaml": "lr: 9\n",
    "settings/settings.environment.yaml": "dev: {DATABASE: d}\n",
    "settings/settings.configuration.EXP_01.yaml": "",
}
GLOBAL, ONE, BLOCKS = (
    f"settings/settings.{name}.yaml" for name in ("configuration", "configuration.EXP_01", "environment")
)

#: Files, options, a key path, its value and its origin.
VALUES: dict[str, tuple[dict[str, str], tuple[str, ...], str, Any, str]] = {
    "a reference": (
        {ONE: "rate: {$ref: configuration.opt.lr}\nopt: {lr: 4}\n"},
        (),
        "configuration.rate",
        4.0,
        "EXP_01.yaml:2:11 < EXP_01.yaml:1:7",
    ),
    "a reference to another section": (
        {BLOCKS: "dev: {DATABASE: d, COPY: {$ref: environment.DATABASE}}\n"},
        (),
        "environment.COPY",
        "d",
        "environment.yaml:1:17 < environment.yaml:1:26",
    ),
    "an include": ({GLOBAL: "opt: {$include: opt.yaml}\n"}, (), "configuration.opt.lr", 3.0, "opt.yaml:1:5 < yaml:1:6"),
    "an include for a section": (
        {GLOBAL: "$include: all.yaml\nlabels: [b]\n"},
        (),
        "configuration.labels",
        ["a", "b"],
        "",
    ),
    "an include for a block": (
        {BLOCKS: "dev: {$include: names.yaml, COPY: y}\n"},
        (),
        "environment.DATABASE",
        "x",
        "names.yaml:1:11 < environment.yaml:1:6",
    ),
    "a directive of the file for what is included": (
        {GLOBAL: "labels: [low]\n", ONE: "$merge: {replace: [labels]}\n$include: all.yaml\n"},
        (),
        "configuration.labels",
        ["a"],
        "",
    ),
    "a file of a group": (
        {},
        ("configuration.opt=@fast",),
        "configuration.opt.lr",
        9.0,
        "groups/configuration/opt/fast.yaml:1:5 < --set configuration.opt=@fast",
    ),
}


@pytest.mark.parametrize(("files", "options", "path", "value", "origin"), VALUES.values(), ids=VALUES)
def test_values(  # of a table
    make: Make, files: dict[str, str], options: tuple[str, ...], path: str, value: Any, origin: str
) -> None:
    """They are as in files without sections."""
    project = make({**FILES, **files})
    resolved = resolve(project, "train", "EXP_01", options=options)
    found: Any = tree_of(resolved)
    for key in parse_path(path):
        found = found[key]
    assert found == value
    if origin:
        assert leaf_text(provenance_of(resolved, project.root).leaves[parse_path(path)]) == origin


MISTAKES = {
    "a path without the section": (
        {ONE: "rate: {$ref: opt.lr}\nopt: {lr: 4}\n"},
        ("unknown-reference", "EXP_01.yaml:1:14", "`opt.lr` is not in the settings: there is no key `opt` at the top"),
        "did you mean `configuration.opt.lr`? Key paths begin at the top",
        [],
    ),
    "a wrong value in an included file": (
        {GLOBAL: "opt: {$include: opt.yaml}\n", "settings/opt.yaml": "lr: x\n"},
        (
            "invalid-value",
            "opt.yaml:1:5",
            "`configuration.opt.lr` is 'x': input should be a valid number, unable to parse string as a number",
        ),
        "",
        ["included at yaml:1:6"],
    ),
    "an unknown key in an included file": (
        {BLOCKS: "dev: {$include: names.yaml}\n", "settings/names.yaml": "DATABASE: x\nCOPPY: y\n"},
        ("unknown-key", "names.yaml:2:1", "`environment.COPPY` is not a field of Environment"),
        "did you mean `COPY`?",
        ["included at environment.yaml:1:6"],
    ),
    "$extends in the file of all bindings": (
        {GLOBAL: "$extends: EXP_01\n"},
        ("bad-directive", "yaml:1:1", "`$extends` is read at the top of a binding's file only"),
        "",
        [],
    ),
}


@pytest.mark.parametrize(("files", "expected", "label", "places"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(  # of a table
    make: Make,
    findings: Findings,
    files: dict[str, str],
    expected: tuple[str, str, str],
    label: str,
    places: list[str],
) -> None:
    """Their places are those of the file, their key paths those of the settings."""
    (problem,) = findings(resolve, make({**FILES, **files}), "train", "EXP_01")
    assert told(problem) == expected
    assert problem.label == label
    assert related(problem) == places


HINTS = {
    "a file": (
        {ONE: "labels: {$ref: configuration.rate}\n"},
        "to replace the list, add `$merge: {replace: [labels]}` at",
    ),
    "an included file": (
        {ONE: "$include: all.yaml\n", "settings/all.yaml": "labels: {$ref: configuration.rate}\n"},
        "write the items of the list",
    ),
}


@pytest.mark.parametrize(("files", "hint"), HINTS.values(), ids=HINTS)
def test_what_to_write_in_place_of_a_reference(
    make: Make, findings: Findings, files: dict[str, str], hint: str
) -> None:
    """In place of a list that merges: the directive as the file has it, where it may have one."""
    (problem,) = findings(resolve, make({**FILES, **files}), "train", "EXP_01")
    assert problem.rule.name == "bad-directive"
    assert problem.hint.startswith(hint)
