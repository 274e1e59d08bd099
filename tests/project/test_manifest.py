"""The manifest: searched upward, read from either file, with every mistake at its location."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from typedflow.project import MANIFEST, open_project
from typedflow.values import Diagnostic

Write = Callable[[Mapping[str, str]], Path]
Findings = Callable[..., list[Diagnostic]]

GOOD = 'model = "a.py:Settings"\n[flows.train]\nfile = "flows/train.py"\nbindings = ["EXP_*"]\n'

BAD = {
    "no model": ("[flows]\n", "missing-key", "typedflow.toml", "`model` is missing; Manifest requires it"),
    "a model without class": ('model = "a.py"', "invalid-value", "typedflow.toml:1:9", "`model` is 'a.py'"),
    "a model with an expression": ('model = "a.py:A.B()"', "invalid-value", "typedflow.toml:1:9", "`model` is"),
    "an unknown key": (
        'model = "a:A"\nsetings = "x"',
        "unknown-key",
        "typedflow.toml:2:1",
        "`setings` is not a field of Manifest",
    ),
    "a flow without file": (
        'model = "a:A"\n[flows.train]\nbindings = ["x"]',
        "missing-key",
        "typedflow.toml:2:8",
        "`flows.train.file` is missing; Unit requires it",
    ),
    "a flow's unknown key": (
        'model = "a:A"\n[flows.train]\nfile = "a"\nbinding = ["x"]',
        "unknown-key",
        "typedflow.toml:4:1",
        "`flows.train.binding` is not a field of Unit",
    ),
    "a flow's name": (
        'model = "a:A"\n[flows."a/b"]\nfile = "a"',
        "invalid-value",
        "typedflow.toml:2:8",
        "the key `a/b` in `flows` is invalid",
    ),
    "bindings that are no list": (
        'model = "a:A"\n[flows.train]\nfile = "a"\nbindings = "EXP_01"',
        "invalid-value",
        "typedflow.toml:4:12",
        "`flows.train.bindings` is 'EXP_01'",
    ),
    "a binding that is no text": (
        'model = "a:A"\n[flows.train]\nfile = "a"\nbindings = ["a", 1]',
        "invalid-value",
        "typedflow.toml:4:18",
        "`flows.train.bindings[1]` is 1",
    ),
    "a list of no bindings": (
        'model = "a:A"\n[flows.train]\nfile = "a"\nbindings = []',
        "invalid-value",
        "typedflow.toml:4:12",
        "`flows.train.bindings`: Tuple should have at least 1 item",
    ),
    "an empty directory": ('model = "a:A"\nsettings = ""', "invalid-value", "typedflow.toml:2:12", "`settings` is ''"),
    "an environment's name": (
        'model = "a:A"\n[environments.branches]\n"main" = "../prod"',
        "invalid-value",
        "typedflow.toml:3:10",
        "`environments.branches.main` is '../prod'",
    ),
    "bad syntax": ("model = ", "invalid-syntax", "typedflow.toml:1:9", "invalid value"),
    "a key twice": ('model = "a:A"\nmodel = "b:B"', "duplicate-key", "typedflow.toml:2:1", "`model` is set twice"),
}


@pytest.mark.parametrize("below", ["", "a", "a/b/c"])
def test_a_manifest_is_found_upwards(write: Write, below: str) -> None:
    """A project is found from its root and from each directory in it."""
    root = write({"typedflow.toml": GOOD, "a/b/c/x.txt": ""})
    project = open_project(root / below, {})
    assert (project.root, project.source.name) == (root.resolve(), MANIFEST)
    assert project.unit("train").bindings == ("EXP_*",)
    assert project.unit("train").config == "settings"


def test_the_nearest_manifest_counts(write: Write) -> None:
    """A project inside another is separate."""
    root = write({"typedflow.toml": GOOD, "inner/typedflow.toml": 'model = "b.py:B"'})
    assert open_project(root / "inner", {}).manifest.model == "b.py:B"


def test_pyproject_has_a_table(write: Write) -> None:
    """``[tool.typedflow]`` is a manifest as well."""
    root = write({"pyproject.toml": "[tool.typedflow]\n" + GOOD.replace("[flows", "[tool.typedflow.flows")})
    project = open_project(root, {})
    assert (project.source.name, project.manifest.model) == ("pyproject.toml", "a.py:Settings")
    place = project.place("flows", "train", "bindings", 0)
    assert str(place) == "pyproject.toml:5:13"


def test_a_manifest_goes_before_pyproject(write: Write) -> None:
    """If both files exist, ``typedflow.toml`` counts."""
    root = write({"typedflow.toml": GOOD, "pyproject.toml": '[tool.typedflow]\nmodel = "b:B"'})
    assert open_project(root, {}).manifest.model == "a.py:Settings"


@pytest.mark.parametrize("text", ["", "[tool.other]\ntypedflow = 1", "tool = 1", "# typedflow", "tool.typedflow = 1"])
def test_another_pyproject_is_passed_by(write: Write, text: str) -> None:
    """A ``pyproject.toml`` without the table is not a manifest; the search continues above it."""
    root = write({"typedflow.toml": GOOD, "inner/pyproject.toml": text})
    assert open_project(root / "inner", {}).root == root.resolve()


def test_no_manifest_is_a_diagnostic(tmp_path: Path, findings: Findings) -> None:
    """Outside of a project, the hint says how to create or name one."""
    (problem,) = findings(open_project, tmp_path, {})
    assert problem.rule.name == "no-project"
    assert str(problem.location) == str(tmp_path.resolve())
    assert "`typedflow init`" in problem.hint


@pytest.mark.parametrize(("text", "rule", "place", "message"), BAD.values(), ids=BAD)
def test_a_mistake_in_the_manifest_is_found(
    write: Write, findings: Findings, text: str, rule: str, place: str, message: str
) -> None:
    """A manifest is validated like any config, with the location of each mistake."""
    (problem,) = findings(open_project, write({"typedflow.toml": text}), {})
    assert (problem.rule.name, str(problem.location)) == (rule, place)
    assert message in problem.message


def test_a_mistake_in_pyproject_is_found(write: Write, findings: Findings) -> None:
    """Positions are relative to the file, not the table; every mistake is reported."""
    text = '[project]\nname = "x"\n\n[tool.typedflow]\nmodel = 1\nsetings = "x"\n'
    found = findings(open_project, write({"pyproject.toml": text}), {})
    assert [(item.rule.name, str(item.location)) for item in found] == [
        ("invalid-value", "pyproject.toml:5:9"),
        ("unknown-key", "pyproject.toml:6:1"),
    ]


def test_a_missing_key_is_placed_at_the_table(write: Write, findings: Findings) -> None:
    """An empty table is a manifest that lacks its model."""
    (problem,) = findings(open_project, write({"pyproject.toml": "[tool.typedflow]\n"}), {})
    assert (problem.rule.name, problem.message) == ("missing-key", "`model` is missing; Manifest requires it")


def test_a_manifest_that_is_no_text_is_unreadable(tmp_path: Path, findings: Findings) -> None:
    """Bytes that are not UTF-8 are reported."""
    (tmp_path / MANIFEST).write_bytes(b"model = '\xff'")
    (problem,) = findings(open_project, tmp_path, {})
    assert (problem.rule.name, str(problem.location)) == ("not-text", "typedflow.toml:1:10")


def test_a_directory_is_no_manifest(write: Write) -> None:
    """A directory of that name is skipped."""
    root = write({"typedflow.toml": GOOD, "a/typedflow.toml/x": ""})
    assert open_project(root / "a", {}).root == root.resolve()


def test_a_manifest_names_its_schema(write: Write) -> None:
    """``$schema`` at the top is for editors."""
    root = write({MANIFEST: f'"$schema" = "schemas/typedflow.schema.json"\n{GOOD}'})
    assert open_project(root).manifest.model == "a.py:Settings"
