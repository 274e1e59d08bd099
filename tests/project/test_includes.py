"""`$include`: the content of another file, with the keys beside it merged over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.project.reused import files_of, origin_at, told, value_at
from typedflow.project import LoadedProject, provenance_of, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

RIDGE = "kind: ridge\nalpha: 2\nlayers: [a]\n"
FILES = {
    "groups/model/ridge.yaml": RIDGE,
    "groups/model/ols.toml": 'kind = "ols"\nfit = false\n',
    "groups/model/small.json": '{"kind": "ridge", "alpha": 0.5}',
    "opt.yaml": "$schema: ../schemas/opt.json\nlr: 3\n",
}

#: Settings files by name (of global settings, of the binding, and others), a key path, and its value.
VALUES: dict[str, tuple[dict[str, str], str, Any]] = {
    "a file": ({"EXP_01": "opt: {$include: opt.yaml}"}, "opt.lr", 3.0),
    "a file in a folder": ({"EXP_01": "model: {$include: groups/model/ridge.yaml}"}, "model.alpha", 2.0),
    "TOML": ({"EXP_01": "model: {$include: groups/model/ols.toml}"}, "model", {"kind": "ols", "fit": False}),
    "JSON": ({"EXP_01": "model: {$include: groups/model/small.json}"}, "model.alpha", 0.5),
    "a path that goes up and down": ({"EXP_01": "opt: {$include: groups/../opt.yaml}"}, "opt.lr", 3.0),
    "keys beside it": ({"EXP_01": "model: {$include: groups/model/ridge.yaml, alpha: 3}"}, "model.alpha", 3.0),
    "a list beside it, by its rule": (
        {"EXP_01": "model: {$include: groups/model/ridge.yaml, layers: [b]}"},
        "model.layers",
        ["a", "b"],
    ),
    "another kind beside it": (
        {"EXP_01": "model: {$include: groups/model/ridge.yaml, kind: ols}"},
        "model",
        {"kind": "ols", "fit": True},
    ),
    "over lower layers": (
        {"": "model: {kind: ridge, fit: false, layers: [low]}", "EXP_01": "model: {$include: groups/model/ridge.yaml}"},
        "model",
        {"kind": "ridge", "alpha": 2.0, "fit": False, "layers": ["low", "a"]},
    ),
    "below higher layers": (
        {"": "model: {$include: groups/model/ridge.yaml}", "EXP_01": "model: {alpha: 4}"},
        "model.alpha",
        4.0,
    ),
    "in place of lower layers": (
        {
            "": "model: {kind: ridge, fit: false}",
            "EXP_01": "$merge: {replace: [model]}\nmodel: {$include: groups/model/ridge.yaml}",
        },
        "model.fit",
        True,
    ),
    "a directive for what is included": (
        {
            "": "model: {kind: ridge, layers: [low]}",
            "EXP_01": "$merge: {replace: [model.layers]}\nmodel: {$include: groups/model/ridge.yaml}",
        },
        "model.layers",
        ["a"],
    ),
    "over another kind": (
        {"": "model: {kind: ols, fit: false}", "EXP_01": "model: {$include: groups/model/ridge.yaml}"},
        "model",
        {"kind": "ridge", "alpha": 2.0, "fit": False, "layers": ["a"]},
    ),
    "an item of a list": (
        {"EXP_01": "stages: [{$include: opt.yaml}, {$include: opt.yaml, n-steps: 5}]"},
        "stages",
        [{"lr": 3.0, "n-steps": 3, "schedule": []}, {"lr": 3.0, "n-steps": 5, "schedule": []}],
    ),
    "a value of a dictionary": (
        {"EXP_01": "models: {big: {$include: groups/model/ridge.yaml, alpha: 9}}"},
        "models.big.alpha",
        9.0,
    ),
    "the whole file": ({"EXP_01": "$include: all.yaml\nlr: 2", "all.yaml": "lr: 1\nrate: 5"}, "rate", 5.0),
    "the whole file, with keys over it": (
        {"EXP_01": "$include: all.yaml\nlr: 2", "all.yaml": "lr: 1\nrate: 5"},
        "lr",
        2.0,
    ),
    "an include in an include": (
        {"EXP_01": "$include: all.yaml", "all.yaml": "opt: {$include: opt.yaml, n-steps: 4}"},
        "opt",
        {"lr": 3.0, "n-steps": 4, "schedule": []},
    ),
    "an include at the top of an include": (
        {"EXP_01": "opt: {$include: more.yaml, n-steps: 4}", "more.yaml": "$include: opt.yaml\nschedule: [1]"},
        "opt",
        {"lr": 3.0, "n-steps": 4, "schedule": [1]},
    ),
    "a reference in an include": (
        {"EXP_01": "rate: 8\nopt: {$include: x.yaml}", "x.yaml": "lr: {$ref: rate}"},
        "opt.lr",
        8.0,
    ),
    "a reference beside an include": (
        {"EXP_01": "rate: 8\nopt: {$include: opt.yaml, lr: {$ref: rate}}"},
        "opt.lr",
        8.0,
    ),
    "a reference into an include": ({"EXP_01": "opt: {$include: opt.yaml}\nlr: {$ref: opt.lr}"}, "lr", 3.0),
    "a reference to an include": ({"EXP_01": "opt: {$include: opt.yaml}\nbackup: {$ref: opt}"}, "backup.lr", 3.0),
    "a reference as a file": ({"EXP_01": "backup: {$include: x.yaml}", "x.yaml": "$ref: opt"}, "backup.lr", 0.1),
    "a literal in an include": (
        {"EXP_01": "env: {$include: x.yaml}", "x.yaml": "$literal: {$ref: a.b}"},
        "env",
        {"$ref": "a.b"},
    ),
    "a field's default is the lowest layer": (
        {"EXP_01": "backup: {$include: x.yaml}", "x.yaml": "{}"},
        "backup.lr",
        9.0,
    ),
    "an alias": (
        {"EXP_01": "opt: {$include: x.yaml, lr: 1}", "x.yaml": "n-steps: 7"},
        "opt",
        {"lr": 1.0, "n-steps": 7, "schedule": []},
    ),
    "an environment's file": (
        {"environment": "", "settings.environment.dev.yaml": "opt: {$include: opt.yaml}"},
        "opt.lr",
        3.0,
    ),
    "an extended binding": ({"EXP_01": "$extends: base", "base": "opt: {$include: opt.yaml}"}, "opt.lr", 3.0),
    "twice": ({"EXP_01": "opt: {$include: opt.yaml}\nbackup: {$include: opt.yaml, lr: 4}"}, "backup.lr", 4.0),
    "data": ({"EXP_01": "extras: {$include: opt.yaml}"}, "extras", {"$include": "opt.yaml"}),
    "in an option": ({"": "options"}, "opt.lr", 3.0),
}


def _project(make: Make, texts: Mapping[str, str]) -> tuple[LoadedProject, tuple[str, ...]]:
    is_option = texts.get("") == "options"
    files = {name: text for name, text in texts.items() if name != "environment" and not is_option}
    project = make({**files_of({**FILES, "EXP_01": "", **files}), **_manifest(texts)})
    return project, (("opt={$include: opt.yaml}",) if is_option else ())


def _manifest(texts: Mapping[str, str]) -> dict[str, str]:
    if "environment" not in texts:
        return {}
    head = 'model = "model.py:Settings"\n[flows.train]\nfile = "flows/train.py"\nbindings = ["EXP_*"]\n'
    return {"typedflow.toml": f'{head}[environments]\ndefault = "dev"\nunknown = "dev"\n'}


@pytest.mark.parametrize(("texts", "path", "expected"), VALUES.values(), ids=VALUES)
def test_values(make: Make, texts: dict[str, str], path: str, expected: Any) -> None:
    """The file's content takes the place of the directive; keys beside it are merged over it, as the model says."""
    project, options = _project(make, texts)
    found = value_at(project, path, options)
    assert (found, str(found)) == (expected, str(expected))


RIDGE_FILE = "groups/model/ridge.yaml"
ORIGINS = {
    "a file": ({"EXP_01": "opt: {$include: opt.yaml}"}, "opt.lr", "opt.yaml:2:5 < EXP_01.yaml:1:6"),
    "beside it": (
        {"": "model: {kind: ridge, alpha: 1}", "EXP_01": f"model: {{$include: {RIDGE_FILE}, alpha: 3}}"},
        "model.alpha",
        f"EXP_01.yaml:1:51 | {RIDGE_FILE}:2:8 | yaml:1:29",
    ),
    "not beside it": (
        {"": "model: {kind: ols}", "EXP_01": f"model: {{$include: {RIDGE_FILE}, alpha: 3}}"},
        "model.kind",
        f"{RIDGE_FILE}:1:7 < EXP_01.yaml:1:8 | yaml:1:15 | :76",
    ),
    "an item that is appended": (
        {"EXP_01": f"model: {{$include: {RIDGE_FILE}, layers: [b]}}"},
        "model.layers[0]",
        f"{RIDGE_FILE}:3:10 < EXP_01.yaml:1:8",
    ),
    "an item of a list": (
        {"EXP_01": "stages: [{lr: 1}, {$include: opt.yaml}]"},
        "stages[1].lr",
        "opt.yaml:2:5 < EXP_01.yaml:1:19",
    ),
    "an include in an include": (
        {"EXP_01": "$include: all.yaml", "all.yaml": "opt: {$include: opt.yaml, n-steps: 4}"},
        "opt.lr",
        "opt.yaml:2:5 < all.yaml:1:6 < EXP_01.yaml:1:1",
    ),
    "beside an include in an include": (
        {"EXP_01": "$include: all.yaml\nlr: 1", "all.yaml": "opt: {$include: opt.yaml, n-steps: 4}"},
        'opt."n-steps"',
        "all.yaml:1:36 < EXP_01.yaml:1:1",
    ),
    "a reference into an include": (
        {"EXP_01": "opt: {$include: opt.yaml}\nlr: {$ref: opt.lr}"},
        "lr",
        "opt.yaml:2:5 < EXP_01.yaml:1:6 < EXP_01.yaml:2:5",
    ),
    "a reference in an include": (
        {"EXP_01": "rate: 8\nopt: {$include: x.yaml}", "x.yaml": "lr: {$ref: rate}"},
        "opt.lr",
        "EXP_01.yaml:1:7 < x.yaml:1:5 < EXP_01.yaml:2:6",
    ),
    "a literal in an include": (
        {"EXP_01": "env: {$include: x.yaml}", "x.yaml": "A: {$literal: b}"},
        "env.A",
        "x.yaml:1:15 < EXP_01.yaml:1:6",
    ),
    "a default below an include": (
        {"EXP_01": "backup: {$include: x.yaml}", "x.yaml": "n-steps: 1"},
        "backup.lr",
        ":73",
    ),
    "in an option": ({"": "options"}, "opt.lr", "opt.yaml:2:5 < --set opt={$include: opt.yaml}"),
}


@pytest.mark.parametrize(("texts", "path", "expected"), ORIGINS.values(), ids=ORIGINS)
def test_origins(make: Make, texts: dict[str, str], path: str, expected: str) -> None:
    """A value is in the file that has it, through the place of the directive; keys beside it shadow the file's."""
    project, options = _project(make, texts)
    assert origin_at(project, path, options) == expected


def test_a_key_that_is_dropped_is_known(make: Make) -> None:
    """A tag beside the directive drops the file's keys of another variant."""
    project, _ = _project(make, {"EXP_01": f"model: {{$include: {RIDGE_FILE}, kind: ols}}"})
    removed = provenance_of(resolve(project, "train", "EXP_01"), project.root).removed
    assert [(item.path, str(item.origin), item.reason) for item in removed][:1] == [
        (("model", "alpha"), f"settings/{RIDGE_FILE}:2:8", "`kind` became 'ols'")
    ]


def test_files_of_several_models(make: Make, findings: Findings) -> None:
    """An included file may have keys of each model that its layers are for, and no others."""
    manifest = """
model = "model.py:Settings"
[flows.train]
file = "flows/train.py"
[flows.report]
file = "flows/report.py"
model = "other.py:Other"
"""
    other = "from typedflow import ConfigModel\n\n\nclass Other(ConfigModel):\n    lr: float\n    title: str\n"
    right = {"": "$include: all.yaml", "all.yaml": "lr: 2\ntitle: x\nopt: {lr: {$ref: lr}}\n"}
    named = {"typedflow.toml": manifest, "other.py": other}
    project = make({**files_of(right), **named})
    assert resolve(project, "report").merged.tree == {"lr": 2, "title": "x"}
    assert resolve(project, "train").merged.tree == {"lr": 2, "opt": {"lr": 2}}
    wrong = {**right, "all.yaml": right["all.yaml"] + "titel: y\n"}
    project = make({**files_of(wrong), **named})
    for unit in ("train", "report"):
        (problem,) = findings(resolve, project, unit)
        assert told(problem) == ("unknown-key", "all.yaml:4:1", "`titel` is not a field of Other or Settings")
        assert problem.label == "did you mean `title`?"
