"""`$ref`: a value that is taken from elsewhere in the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.reused import files_of, origin_at, value_at
from typedflow.project import LoadedProject
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

#: Global settings, those of the binding, a key path, and its value.
VALUES: dict[str, tuple[str, str, str, Any]] = {
    "a value": ("opt: {lr: 0.25}", "lr: {$ref: opt.lr}", "lr", 0.25),
    "a value of the same file": ("", "lr: {$ref: opt.lr}\nopt: {lr: 2}", "lr", 2.0),
    "a value that a higher layer sets": ("lr: {$ref: opt.lr}\nopt: {lr: 1}", "opt: {lr: 2}", "lr", 2.0),
    "a reference over a value": ("lr: 7\nopt: {lr: 1}", "lr: {$ref: opt.lr}", "lr", 1.0),
    "a value over a reference": ("lr: {$ref: opt.lr}", "lr: 7", "lr", 7.0),
    "a value over a reference that leads nowhere": ("lr: {$ref: opt.none}", "lr: 7", "lr", 7.0),
    "a mapping": ("opt: {lr: 2}", "backup: {$ref: opt}", "backup", {"lr": 2.0, "n-steps": 3, "schedule": []}),
    "a mapping over one": (
        "opt: {lr: 2}\nbackup: {lr: 3, n-steps: 4}",
        "$merge: {replace: [backup]}\nbackup: {$ref: opt}",
        "backup",
        {"lr": 2.0, "n-steps": 3, "schedule": []},
    ),
    "a list": ("opt: {schedule: [1, 2]}", "folds: {$ref: opt.schedule}", "folds", [1, 2]),
    "an item of a list": ("folds: [5, 6]", "lr: {$ref: 'folds[1]'}", "lr", 6.0),
    "a value in an item": ("stages: [{lr: 2}, {lr: 3}]", "lr: {$ref: 'stages[1].lr'}", "lr", 3.0),
    "an item": (
        "",
        "stages: [{lr: 2}, {$ref: 'stages[0]'}]",
        "stages",
        [{"lr": 2.0, "n-steps": 3, "schedule": []}] * 2,
    ),
    "a value among others": ("lr: 4", "folds: [1, {$ref: lr}]", "folds", [1, 4]),
    "a reference to a reference": ("", "lr: {$ref: opt.lr}\nopt: {lr: {$ref: rate}}\nrate: 3", "lr", 3.0),
    "a path through a reference": ("opt: {lr: 3}", "backup: {$ref: opt}\nlr: {$ref: backup.lr}", "lr", 3.0),
    "a mapping with references": ("rate: 3", "opt: {lr: {$ref: rate}}\nbackup: {$ref: opt}", "backup.lr", 3.0),
    "a quoted key": ("sizes: {a.b: 4}", "folds: [{$ref: 'sizes.\"a.b\"'}]", "folds", [4]),
    "a bare key with a dash": ("opt: {n-steps: 4}", "folds: [{$ref: opt.n-steps}]", "folds", [4]),
    "null": ("rate: null", "rate: {$ref: maybe}", "rate", None),
    "a value in data": ("extras: {a: [{b: 4}]}", "lr: {$ref: 'extras.a[0].b'}", "lr", 4.0),
    "data": ("extras: {a: {$ref: x}}", "anything: 1\nextras: {b: 2}", "extras", {"a": {"$ref": "x"}, "b": 2}),
    "a dictionary": ("sizes: {a: 4}", "sizes: {b: {$ref: sizes.a}}", "sizes", {"s": 1, "a": 4, "b": 4}),
    "a default": ("", "rate: {$ref: lr}", "rate", 0.5),
    "a default of a class": ("", "rate: {$ref: opt.lr}", "rate", 0.1),
    "a default of a class beside what is set": ("opt: {n-steps: 4}", "rate: {$ref: opt.lr}", "rate", 0.1),
    "a default of an instance": ("", "rate: {$ref: backup.lr}", "rate", 9.0),
    "a default of an instance beside what is set": ("backup: {n-steps: 4}", "rate: {$ref: backup.lr}", "rate", 9.0),
    "a default that is null": ("", "rate: {$ref: maybe}", "rate", None),
    "a default that is not plain": ("", "note: {$ref: wait}", "note", "PT1M30S"),
    "an item of a default": ("", "lr: {$ref: 'folds[1]'}", "lr", 2.0),
    "a default as a whole": ("", "opt: {$ref: backup}", "opt", {"lr": 9.0, "n-steps": 3, "schedule": []}),
    "a mapping for another class": (
        "opt: {schedule: [1]}",
        "other: {$ref: opt}",
        "other",
        {"lr": 0.1, "schedule": [1]},
    ),
    "a default for another class": ("", "other: {$ref: backup}", "other", {"lr": 9.0, "schedule": []}),
    "a mapping for a dictionary": ("opt: {lr: 2}", "sizes: {$ref: models}\nmodels: {}", "sizes", {}),
    "a variant of a union": (
        "models: {big: {kind: ridge, alpha: 5}}",
        "model: {$ref: models.big}",
        "model",
        {"kind": "ridge", "alpha": 5.0, "fit": True, "layers": []},
    ),
    "a value of the variant that a lower layer chooses": (
        "model: {kind: ridge}\nopt: {lr: 2}",
        "model: {alpha: {$ref: opt.lr}}",
        "model.alpha",
        2.0,
    ),
    "in place of a list that merges": (
        "folds: [1]",
        "$merge: {replace: [labels]}\nlabels: {$ref: tags}\ntags: [x]",
        "labels",
        ["x"],
    ),
    "among items that are appended": (
        "labels: [a]",
        "labels: [{$ref: note}]\nnote: n",
        "labels",
        ["default", "a", "n"],
    ),
    "a key that looks like a directive": ("", "env: {$literal: {$ref: a.b}}", "env", {"$ref": "a.b"}),
    "a literal value": ("", "lr: {$literal: 4}", "lr", 4.0),
    "a field with the key of a directive": (
        "",
        "nodes: {a: {$ref: '#/b', type: text}}",
        "nodes",
        {"a": {"$ref": "#/b", "type": "text"}},
    ),
    "JSON": ("", "data: {$ref: a.b}", "data", {"$ref": "a.b"}),
    "anything": ("", "anything: {$ref: a.b, x: {$include: y}}", "anything", {"$ref": "a.b", "x": {"$include": "y"}}),
    "below a variable": ("lr: {$ref: opt.lr}", "", "lr", 0.1),
}


@pytest.mark.parametrize(("low", "high", "path", "expected"), VALUES.values(), ids=VALUES)
def test_values(make: Make, low: str, high: str, path: str, expected: Any) -> None:
    """The value at the key path of the merged settings is taken; what counts as data stays."""
    found = value_at(make(files_of({"": low, "EXP_01": high})), path)
    assert (found, str(found)) == (expected, str(expected))


ORIGINS = {
    "a value": ("opt: {lr: 0.25}", "lr: {$ref: opt.lr}", "lr", "yaml:1:11 < EXP_01.yaml:1:5"),
    "over another value": ("lr: 1\nrate: 2", "lr: {$ref: rate}", "lr", "yaml:2:7 < EXP_01.yaml:1:5 | yaml:1:5"),
    "a value in a mapping": ("opt: {lr: 2}", "backup: {$ref: opt}", "backup.lr", "yaml:1:11 < EXP_01.yaml:1:9"),
    "a reference to a reference": (
        "rate: 3",
        "lr: {$ref: opt.lr}\nopt:\n  lr: {$ref: rate}",
        "lr",
        "yaml:1:7 < EXP_01.yaml:3:7 < EXP_01.yaml:1:5",
    ),
    "a default": ("", "rate: {$ref: opt.lr}", "rate", ":23 < EXP_01.yaml:1:7"),
    "a default that completes a copy": (
        "opt: {schedule: [1]}",
        "other: {$ref: opt}",
        "other.lr",
        ":23 < EXP_01.yaml:1:8",
    ),
    "a literal value": ("", "lr: {$literal: 4}", "lr", "EXP_01.yaml:1:16"),
    "in a block": ("rate: 3", "lr:\n  $ref: rate", "lr", "yaml:1:7 < EXP_01.yaml:2:3"),
}


@pytest.mark.parametrize(("low", "high", "path", "expected"), ORIGINS.values(), ids=ORIGINS)
def test_origins(make: Make, low: str, high: str, path: str, expected: str) -> None:
    """A value is where it is set, through the place of the reference; it shadows what the reference shadows."""
    assert origin_at(make(files_of({"": low, "EXP_01": high})), path) == expected


def test_options_and_variables(make: Make) -> None:
    """They can be references, and their values are those that references lead to."""
    files = files_of({"": "lr: {$ref: opt.lr}", "EXP_01": "rate: {$ref: lr}"})
    assert value_at(make(files), "rate", ("opt.lr=4",)) == 4.0
    assert value_at(make(files, {"TYPEDFLOW__SETTINGS__OPT__LR": "5"}), "rate") == 5.0
    assert value_at(make(files), "rate", ("rate={$ref: backup.lr}",)) == 9.0
    variable = {"TYPEDFLOW__SETTINGS__RATE": '{"$ref": "backup.lr"}'}
    assert value_at(make(files, variable), "rate") == 9.0
    assert origin_at(make(files, variable), "rate") == ":73 < TYPEDFLOW__SETTINGS__RATE | EXP_01.yaml:1:7"
    assert value_at(make(files), "note", ("note={$ref: backup.lr}",)) == "{$ref: backup.lr}"  # text, as always
