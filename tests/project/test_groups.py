"""`--set model=@ridge`: a file of the group of a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.reused import files_of, origin_at, told, value_at
from typedflow.project import LoadedProject, Override, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

FILES = {
    "groups/model/ridge.yaml": "kind: ridge\nalpha: 2\nlayers: [a]\n",
    "groups/model/ols.toml": 'kind = "ols"\n',
    "groups/model/big.v2.json": '{"kind": "ridge", "alpha": {"$ref": "rate"}}',
    "groups/model/two.yaml": "{}",
    "groups/model/two.json": "{}",
    "groups/model/notes.txt": "",
    "groups/opt/fast.yaml": "lr: 3\nschedule: {$include: zzzzz.yaml}\n",
    "groups/opt/slow.yaml": "lr: 0.01\n",
    "groups/models/small/tiny.yaml": "kind: ridge\nalpha: 0.1\n",
    "groups/extras/more.yaml": "a: {$ref: b.c}\n",
    "groups/env/gpu.yaml": "CUDA: '1'\n",
    "groups/maybe/slow.yaml": "lr: 0.02\n",
    "": "model: {kind: ridge, fit: false}\nrate: 6\n",
    "EXP_01": "",
}

#: Options, a key path, and its value.
VALUES: dict[str, tuple[tuple[str, ...], str, Any]] = {
    "a model": (("opt=@slow",), "opt.lr", 0.01),
    "a model or null": (("maybe=@slow",), "maybe.lr", 0.02),
    "a union": (
        ("model=@ridge",),
        "model",
        {"kind": "ridge", "alpha": 2.0, "fit": False, "layers": ["a"]},
    ),
    "another variant of a union": (("model=@ols",), "model", {"kind": "ols", "fit": False}),
    "with dots in its name": (("model=@big.v2",), "model.alpha", 6.0),
    "with its suffix": (("model=@ridge.yaml",), "model.alpha", 2.0),
    "before another option": (("model=@ridge", "model.alpha=7"), "model.alpha", 7.0),
    "a dictionary": (("env=@gpu",), "env.CUDA", "1"),
    "a dictionary of anything, whose content is data": (("extras=@more",), "extras", {"a": {"$ref": "b.c"}}),
    "a key of a dictionary": (("models.small=@tiny",), "models.small.alpha", 0.1),
    "text": (("note=@ridge",), "note", "@ridge"),
    "text of a dictionary": (("env.USER=@me",), "env.USER", "@me"),
    "any value": (("anything=@ridge",), "anything", "@ridge"),
}


@pytest.mark.parametrize(("options", "path", "expected"), VALUES.values(), ids=VALUES)
def test_values(make: Make, options: tuple[str, ...], path: str, expected: Any) -> None:
    """A value that is a mapping is that of a file in `groups`; text is text."""
    found = value_at(make(files_of(FILES)), path, options)
    assert (found, str(found)) == (expected, str(expected))


def test_origins(make: Make) -> None:
    """A value is in the file, through the option."""
    place = "groups/model/ridge.yaml:2:8 < --set model=@ridge | :78"
    assert origin_at(make(files_of(FILES)), "model.alpha", ("model=@ridge",)) in {place, place.partition(" | ")[0]}


MISTAKES = {
    "no such file": (
        "model=@rdge",
        ("bad-option", "--set model=@rdge", "there is no file for `@rdge` in settings/groups/model/"),
        "did you mean `@ridge`?",
        "",
    ),
    "nothing alike": (
        "opt=@zzz",
        ("bad-option", "--set opt=@zzz", "there is no file for `@zzz` in settings/groups/opt/"),
        "",
        "there is `@fast`, `@slow`",
    ),
    "no group": (
        "backup=@slow",
        ("bad-option", "--set backup=@slow", "there is no file for `@slow` in settings/groups/backup/"),
        "",
        "create settings/groups/backup/slow.yaml",
    ),
    "two files": (
        "model=@two",
        ("bad-option", "--set model=@two", "`@two` may be `two.json`, `two.yaml` in settings/groups/model/"),
        "",
        "write one of them: `@two.json`",
    ),
    "a file outside of the group": (
        "opt=@../model/ridge",
        ("bad-option", "--set opt=@../model/ridge", "there is no file for `@../model/ridge` in settings/groups/opt/"),
        "",
        "there is `@fast`, `@slow`",
    ),
    "an include in it": (
        "opt=@fast",
        ("missing-file", "groups/opt/fast.yaml:2:22", "there is no file `settings/zzzzz.yaml`"),
        "",
        "",
    ),
    "a value in place of a mapping": (
        "lr=@slow",
        (
            "invalid-value",
            "--set lr=@slow",
            "`lr` is '@slow': input should be a valid number, unable to parse string as a number",
        ),
        "",
        "",
    ),
}


@pytest.mark.parametrize(("option", "expected", "label", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(
    make: Make, findings: Findings, option: str, expected: tuple[str, str, str], label: str, hint: str
) -> None:
    """Each is one finding, at the option or in the file."""
    (problem,) = findings(resolve, make(files_of(FILES)), "train", "EXP_01", options=[option])
    assert told(problem) == expected
    assert problem.label == label
    assert hint in problem.hint


def test_a_wrong_value_in_a_file_of_a_group(make: Make, findings: Findings) -> None:
    """It is found in the file, through the option."""
    project = make(files_of({**FILES, "groups/opt/bad.yaml": "lr: fast\nn-stepz: 1\n"}))
    found = findings(resolve, project, "train", "EXP_01", options=["opt=@bad"])
    assert [told(item)[:2] for item in found] == [
        ("invalid-value", "groups/opt/bad.yaml:1:5"),
        ("unknown-key", "groups/opt/bad.yaml:2:1"),
    ]
    assert [item.related[-1].role for item in found] == ["included at", "included at"]
    assert str(found[0].related[-1].location) == "--set opt=@bad"


def test_values_from_python_are_text(make: Make, findings: Findings) -> None:
    """They are not written as on a command line."""
    project = make(files_of(FILES))
    (problem,) = findings(resolve, project, "train", "EXP_01", options=[Override("opt", "@slow")])
    assert problem.rule.name in {"kind-conflict", "invalid-value"}
    options = [Override("opt", {"$include": "groups/opt/slow.yaml"})]
    assert resolve(project, "train", "EXP_01", options=options).merged.tree["opt"] == {"lr": 0.01}
