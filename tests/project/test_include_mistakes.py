"""Mistakes with `$include`: each is a finding in the file that has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.reused import files_of, related, told, value_at
from typedflow.project import LoadedProject, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

FILES = {"groups/model/ridge.yaml": "kind: ridge\nalpha: 2\n", "opt.yaml": "lr: 3\n"}

#: Settings files, and the finding: its rule, place, message, did-you-mean, and related places.
MISTAKES: dict[str, tuple[dict[str, str], tuple[str, str, str], str, list[str]]] = {
    "no such file": (
        {"EXP_01": "model: {$include: groups/model/rigde.yaml}"},
        ("missing-file", "EXP_01.yaml:1:19", "there is no file `settings/groups/model/rigde.yaml`"),
        "did you mean `groups/model/ridge.yaml`?",
        [],
    ),
    "below keys of a higher layer": (
        {"": "model: {$include: groups/model/zzz.yaml}", "EXP_01": "model: {kind: ridge}"},
        ("missing-file", "yaml:1:19", "there is no file `settings/groups/model/zzz.yaml`"),
        "",
        [],
    ),
    "no suffix": (
        {"EXP_01": "model: {$include: groups/model/ridge}"},
        ("missing-file", "EXP_01.yaml:1:19", "there is no file `settings/groups/model/ridge`"),
        "did you mean `groups/model/ridge.yaml`?",
        [],
    ),
    "no such folder": (
        {"EXP_01": "model: {$include: grops/model/ridge.yaml}"},
        ("missing-file", "EXP_01.yaml:1:19", "there is no file `settings/grops/model/ridge.yaml`"),
        "did you mean `groups/model/ridge.yaml`?",
        [],
    ),
    "nothing alike": (
        {"EXP_01": "model: {$include: groups/model/zzz.yaml}"},
        ("missing-file", "EXP_01.yaml:1:19", "there is no file `settings/groups/model/zzz.yaml`"),
        "",
        [],
    ),
    "a folder": (
        {"EXP_01": "model: {$include: groups}"},
        ("unreadable-file", "groups", "the file cannot be read: it is a directory, not a regular file"),
        "",
        ["included at EXP_01.yaml:1:19"],
    ),
    "another format": (
        {"EXP_01": "model: {$include: notes.txt}", "notes.txt": ""},
        (
            "bad-directive",
            "EXP_01.yaml:1:19",
            "`notes.txt` has no known format; supported suffixes: `.toml`, `.yaml`, `.yml`, `.json`",
        ),
        "",
        [],
    ),
    "an absolute path": (
        {"EXP_01": "model: {$include: /etc/x.yaml}"},
        ("bad-directive", "EXP_01.yaml:1:19", "`/etc/x.yaml` is not a relative path with forward slashes"),
        "",
        [],
    ),
    "a number": (
        {"EXP_01": "model: {$include: 5}"},
        ("bad-directive", "EXP_01.yaml:1:19", "`$include` must be the name of a file"),
        "",
        [],
    ),
    "a list": (
        {"EXP_01": "model: {$include: [opt.yaml]}"},
        ("bad-directive", "EXP_01.yaml:1:19", "`$include` must be the name of a file"),
        "",
        [],
    ),
    "a syntax error": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "lr: 1\nn-steps: [\n"},
        ("invalid-syntax", "x.yaml:3:1", "expected node content"),
        "",
        ["included at EXP_01.yaml:1:17"],
    ),
    "not a mapping": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "- 1\n"},
        ("not-a-mapping", "x.yaml:1:1", "a config must be a mapping, not a list"),
        "",
        ["included at EXP_01.yaml:1:17"],
    ),
    "an unknown key": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "lr: 1\nn-stepz: 4\n"},
        ("unknown-key", "x.yaml:2:1", '`opt."n-stepz"` is not a field of Opt'),
        "did you mean `n-steps`?",
        ["included at EXP_01.yaml:1:6"],
    ),
    "a wrong value": (
        {"EXP_01": "stages: [{$include: x.yaml}]", "x.yaml": "schedule: [1, two]\n"},
        (
            "invalid-value",
            "x.yaml:1:15",
            "`stages[0].schedule[1]` is 'two': input should be a valid integer, unable to parse string as an integer",
        ),
        "",
        ["included at EXP_01.yaml:1:10"],
    ),
    "a missing key": (
        {"EXP_01": "tables: [{$include: x.yaml}]", "x.yaml": "rows: 1\n"},
        ("missing-key", "EXP_01.yaml:1:10", "`tables[0].name` is missing; Table requires it"),
        "",
        [],
    ),
    "an integer as a key": (
        {"EXP_01": "env: {$include: x.yaml}", "x.yaml": "A: b\n5: c\n"},
        ("key-not-a-string", "x.yaml:2:1", "the key `5` is an integer, and keys in `env` are strings"),
        "",
        [],
    ),
    "a conflict with a lower layer": (
        {"": "opt: {schedule: [1]}", "EXP_01": "opt: {$include: x.yaml}", "x.yaml": "schedule: {a: 1}\n"},
        ("kind-conflict", "x.yaml:1:1", "`opt.schedule` is a mapping here and a list in a lower layer"),
        "",
        ["included at EXP_01.yaml:1:6", "conflicts with yaml:1:7"],
    ),
    "a conflict with a key beside it": (
        {"EXP_01": "opt: {$include: x.yaml, schedule: [1]}", "x.yaml": "schedule: {a: 1}\n"},
        ("kind-conflict", "EXP_01.yaml:1:25", "`opt.schedule` is a list here and a mapping in a lower layer"),
        "",
        ["conflicts with x.yaml:1:1"],
    ),
    "$merge in an included file": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "lr: 1\n$merge: {delete: [lr]}\n"},
        ("bad-directive", "x.yaml:2:1", "`$merge` is read at the top of a settings file only"),
        "",
        ["included at EXP_01.yaml:1:6"],
    ),
    "$extends in an included file": (
        {"EXP_01": "$include: x.yaml", "x.yaml": "$extends: EXP_02\n"},
        ("bad-directive", "x.yaml:1:1", "`$extends` is read at the top of a binding's file only"),
        "",
        ["included at EXP_01.yaml:1:1"],
    ),
    "keys over a reference": (
        {"EXP_01": "backup: {$include: x.yaml, lr: 1}", "x.yaml": "$ref: opt\n"},
        ("bad-directive", "EXP_01.yaml:1:20", "the included file is a reference, so no keys can be merged over it"),
        "",
        [],
    ),
    "an unknown reference in an included file": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "lr: {$ref: zzz.thing}\n"},
        (
            "unknown-reference",
            "x.yaml:1:12",
            "`zzz.thing` is not in the settings: there is no key `zzz` at the top",
        ),
        "",
        ["included at EXP_01.yaml:1:6"],
    ),
    "itself": (
        {"EXP_01": "opt: {$include: x.yaml}", "x.yaml": "lr: 1\n$include: x.yaml\n"},
        (
            "circular-reference",
            "x.yaml:2:11",
            "`settings/x.yaml` includes itself: settings/x.yaml -> settings/x.yaml",
        ),
        "",
        [],
    ),
    "each other": (
        {"EXP_01": "opt: {$include: y.yaml}", "x.yaml": "$include: y.yaml\n", "y.yaml": "$include: x.yaml"},
        (
            "circular-reference",
            "x.yaml:1:11",
            "`settings/x.yaml` includes itself: settings/x.yaml -> settings/y.yaml -> settings/x.yaml",
        ),
        "",
        ["settings/y.yaml includes settings/x.yaml at y.yaml:1:11"],
    ),
}


@pytest.mark.parametrize(("texts", "expected", "label", "places"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(
    make: Make,
    findings: Findings,
    texts: dict[str, str],
    expected: tuple[str, str, str],
    label: str,
    places: list[str],
) -> None:
    """Each is one finding, in the file that has it, with the place of the directive."""
    (problem,) = findings(resolve, make(files_of({**FILES, **texts})), "train", "EXP_01")
    assert told(problem) == expected
    assert problem.label == label
    assert related(problem) == places


def test_each_mistake_of_an_included_file_is_reported(make: Make, findings: Findings) -> None:
    """Together with those of other files."""
    texts = {"EXP_01": "lr: x\nopt: {$include: x.yaml}\nbackup: {$include: none.yaml}", "x.yaml": "lr: y\nz: 1\n"}
    found = findings(resolve, make(files_of({**FILES, **texts})), "train", "EXP_01")
    assert sorted(told(item)[:2] for item in found) == [
        ("invalid-value", "EXP_01.yaml:1:5"),
        ("invalid-value", "x.yaml:1:5"),
        ("missing-file", "EXP_01.yaml:3:20"),
        ("unknown-key", "x.yaml:2:1"),
    ]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A directory beside the settings, with a file."""
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "opt.yaml").write_text("lr: 6\n", encoding="utf-8")
    return folder


def _manifest_with(line: str) -> dict[str, str]:
    flow = '[flows.train]\nfile = "flows/train.py"\nbindings = ["EXP_*"]\n'
    return {"typedflow.toml": f'model = "model.py:Settings"\n{line}\n{flow}'}


@pytest.mark.parametrize("name", ["../shared/opt.yaml", "link.yaml", "folder/opt.yaml"])
def test_paths_out_of_the_settings(make: Make, findings: Findings, elsewhere: Path, name: str) -> None:
    """They are refused, links, too, unless the manifest allows where they lead."""
    files = files_of({"EXP_01": f"opt: {{$include: {name}}}", "": ""})
    project = make(files)
    settings = project.root / "settings"
    (settings / "link.yaml").symlink_to(elsewhere / "opt.yaml")
    (settings / "folder").symlink_to(elsewhere)
    (problem,) = findings(resolve, project, "train", "EXP_01")
    assert told(problem) == (
        "outside-project",
        "EXP_01.yaml:1:17",
        f"`{name}` leads to {elsewhere}/opt.yaml, outside of settings/",
    )
    assert problem.hint == 'move it into settings/, or allow its directory in the manifest: `outside = ["shared"]`'
    assert value_at(make({**files, **_manifest_with('outside = ["shared"]')}), "opt.lr") == 6.0


def test_links_within_the_settings(make: Make) -> None:
    """They are followed."""
    project = make(files_of({**FILES, "EXP_01": "opt: {$include: link.yaml}"}))
    (project.root / "settings/link.yaml").symlink_to("opt.yaml")
    assert value_at(project, "opt.lr") == 3.0


def test_includes_have_limits(make: Make, findings: Findings) -> None:
    """Files that include two others each, twenty deep, are refused, and take no time."""
    files = {f"s{n}.yaml": f"a: {{$include: s{n + 1}.yaml}}\nb: {{$include: s{n + 1}.yaml}}\n" for n in range(20)}
    many = {"s20.yaml": "models: {" + ", ".join(f"m{n}: {{kind: ols}}" for n in range(9000)) + "}\n"}
    texts = {"EXP_01": "nested: {$include: s0.yaml}", **files, **many}
    found = findings(resolve, make({**files_of(texts), "model.py": _NESTED}), "train", "EXP_01")
    assert {item.message for item in found if item.rule.name == "too-large"} == {
        "with the files that it includes, the config has more than 100,000 values"
    }


def test_includes_are_not_nested_without_end(make: Make, findings: Findings) -> None:
    """A chain of files that are deep themselves is refused at the depth that a file may have."""
    deep = "a: {" * 40 + "a: {$include: NEXT}" + "}" * 40
    texts = {
        "EXP_01": "nested: {$include: d0.yaml}",
        **{f"d{n}.yaml": deep.replace("NEXT", f"d{n + 1}.yaml") for n in range(5)},
    }
    found = findings(resolve, make({**files_of(texts), "model.py": _NESTED}), "train", "EXP_01")
    assert {item.message for item in found if item.rule.name == "too-large"} == {
        "with the files that it includes, the config is nested more than 100 levels deep"
    }


_NESTED = """
from __future__ import annotations
from typing import Any
from typedflow import ConfigModel


class Nested(ConfigModel):
    a: Nested | None = None
    b: Nested | None = None
    models: dict[str, dict[str, str]] = {}


class Settings(ConfigModel):
    nested: Nested = Nested()
"""
