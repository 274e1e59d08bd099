"""Globs of units in the manifest: a unit for each file that has one, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from typedflow.project import MANIFEST_MODEL, open_project
from typedflow.schema import export
from typedflow.values import Diagnostic

Write = Callable[[Mapping[str, str]], Path]
Findings = Callable[..., list[Diagnostic]]

MODEL = 'model = "model.py:Settings"\n'
FLOW = "from metaflow import FlowSpec\n\n\nclass Daily(FlowSpec):\n    pass\n"
FILES = {"flows/a.py": FLOW, "flows/b.py": FLOW, "flows/c/d.py": FLOW, "flows/helpers.py": "", "other/e.py": FLOW}

KEY = "a name of letters, digits, `_`, `.` and `-`, or a glob of files, such as `flows/*.py`"

FOUND = {
    "a folder": ('[flows."flows/*.py"]', ["a flows/a.py", "b flows/b.py"]),
    "folders": ('[flows."**/*.py"]', ["a flows/a.py", "b flows/b.py", "d flows/c/d.py", "e other/e.py"]),
    "in the order of the manifest": (
        '[flows."other/*"]\n[flows.z]\nfile = "flows/c/d.py"\n[flows."flows/*.py"]',
        ["e other/e.py", "z flows/c/d.py", "a flows/a.py", "b flows/b.py"],
    ),
    "a set": ('[flows."flows/[b-z].py"]', ["b flows/b.py"]),
    "in place": ('[flows]\n"flows/?.py" = {}', ["a flows/a.py", "b flows/b.py"]),
    "a single file": ('[flows."flows/[a].py"]', ["a flows/a.py"]),
    "above the folder": ('[flows."./flows/../other/*.py"]', ["e flows/../other/e.py"]),
}


@pytest.mark.parametrize(("text", "units"), FOUND.values(), ids=FOUND)
def test_a_file_that_matches_is_a_unit(write: Write, text: str, units: list[str]) -> None:
    """Named by its stem; names and globs may be mixed."""
    root = write({"typedflow.toml": MODEL + text, **FILES})
    assert [f"{unit.name} {unit.file}" for unit in open_project(root, {}).units] == units


def test_the_keys_of_an_entry_apply_to_each(write: Write) -> None:
    """And findings about a unit are at its glob, wherever the manifest is."""
    text = '[tool.typedflow]\nmodel = "a:A"\n[tool.typedflow.flows."flows/?.py"]\nbindings = ["X"]\nconfig = "c"\n'
    project = open_project(write({"pyproject.toml": text, **FILES}), {})
    assert [(unit.bindings, unit.config, unit.key) for unit in project.units] == [
        (("X",), "c", "flow.a"),
        (("X",), "c", "flow.b"),
    ]
    unit = project.unit("a")
    assert str(project.place(*unit.path, "file")) == "pyproject.toml:3:23"
    assert str(project.place(*unit.path, "bindings", 0)) == "pyproject.toml:4:13"
    assert project.unit_of(project.root / "flows/b.py").name == "b"


def test_files_without_a_unit_are_skipped(write: Write) -> None:
    """They are counted, except a package's own file; a glob that skips nothing is not."""
    text = '[flows."flows/*"]\n[flows."other/*.py"]\n'
    files = {"flows/__init__.py": "", "flows/README.md": "", "flows/.hidden.py": FLOW}
    project = open_project(write({"typedflow.toml": MODEL + text, **FILES, **files}), {})
    (skipped,) = project.found_units.skipped
    assert (skipped.kind, skipped.glob) == ("flow", "flows/*")
    assert skipped.files == ("flows/README.md", "flows/helpers.py")


BAD = {
    "no file": ('[flows."flows/z*.py"]', ["2:8 no file matches `flows/z*.py`"]),
    "no folder": ('[flows."flow/*.py"]', ["2:8 no file matches `flow/*.py`: there is no directory `flow`"]),
    "no flow": ('[flows."flows/h*.py"]', ["2:8 none of the files that `flows/h*.py` matches has a flow"]),
    "a file, too": (
        '[flows."flows/*.py"]\nfile = "flows/a.py"',
        ['3:1 `flows."flows/*.py"` is a glob, and its entry has a `file`'],
    ),
    "equal names": (
        '[flows.a]\nfile = "other/e.py"\n[flows."flows/*.py"]',
        ["4:8 two flows would have the name `a`: other/e.py and flows/a.py"],
    ),
    "equal names, the other way round": (
        '[flows."flows/*.py"]\n[flows.a]\nfile = "other/e.py"',
        ["2:8 two flows would have the name `a`: other/e.py and flows/a.py"],
    ),
    "equal names of two globs": (
        '[flows."flows/*.py"]\n[flows."again/*.py"]',
        ["3:8 two flows would have the name `a`: flows/a.py and again/a.py"],
    ),
    "equal names of one glob": (
        '[flows."[fa]*/a.py"]',
        ["2:8 two flows would have the name `a`: again/a.py and flows/a.py"],
    ),
    "a file of two globs": (
        '[flows."flows/*.py"]\n[flows."**/b.py"]',
        ['3:8 `flows/b.py` is the flow `b` of this glob, and `flows."flows/*.py"` declares it'],
    ),
    "a file of a name": (
        '[flows.train]\nfile = "./flows/b.py"\n[flows."flows/*.py"]',
        ["4:8 `flows/b.py` is the flow `b` of this glob, and `flows.train` declares it"],
    ),
    "a name that is none": (
        '[flows."odd/*.py"]',
        [
            "2:8 `odd/-a.py` has a flow, and `-a` cannot be its name",
            "2:8 `odd/__init__.py` has a flow, and `__init__` cannot be its name",
            "2:8 `odd/a b.py` has a flow, and `a b` cannot be its name",
        ],
    ),
    "two flows": ('[flows."two/*.py"]', ["two/x.py:3:7 `two/x.py` has 2 flows, and a glob declares one for each file"]),
    "several globs": (
        '[flows."x/*"]\n[flows."flows/y*"]',
        ["2:8 no file matches `x/*`: there is no directory `x`", "3:8 no file matches `flows/y*`"],
    ),
    "a key that is neither": (
        '[flows."flows/a.py"]\nfile = "flows/a.py"',
        ["2:8 the key `flows/a.py` in `flows` is invalid: it should be " + KEY],
    ),
    "an unknown key": (
        '[flows."flows/*.py"]\nbinding = ["X"]',
        ['3:1 `flows."flows/*.py".binding` is not a field of Unit'],
    ),
    "no table": ('[flows]\n"flows/*.py" = "x"', ["3:16 `flows.\"flows/*.py\"` is 'x': input should be a mapping"]),
}
ODD = {
    "again/a.py": FLOW,
    "odd/-a.py": FLOW,
    "odd/a b.py": FLOW,
    "odd/__init__.py": FLOW,
    "odd/no flow.py": "",
    "two/x.py": "from metaflow import FlowSpec\nclass A(FlowSpec): pass\nclass B(FlowSpec): pass\n",
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_a_mistake_is_found_at_its_place(write: Write, findings: Findings, text: str, expected: list[str]) -> None:
    """In the manifest, or in the file; all of them at once."""
    found = findings(open_project, write({"typedflow.toml": MODEL + text, **FILES, **ODD}), {})
    assert [f"{item.location} {item.message}".removeprefix("typedflow.toml:") for item in found] == expected
    assert all(item.hint or item.label or item.rule.name == "invalid-value" for item in found)


def test_a_name_still_needs_a_file(write: Write, findings: Findings) -> None:
    """What a glob need not have, a name must."""
    text = f'{MODEL}[flows.train]\n[flows."flows/*.py"]\nbindings = 1\n'
    found = findings(open_project, write({"typedflow.toml": text, **FILES}), {})
    assert [(item.rule.name, str(item.location)) for item in found] == [
        ("missing-key", "typedflow.toml:2:8"),
        ("invalid-value", "typedflow.toml:4:12"),
    ]


def test_a_glob_that_leads_outside(write: Write, findings: Findings) -> None:
    """It is refused like a file, unless the manifest allows the directory."""
    root = write({"project/typedflow.toml": f'{MODEL}[flows."../flows/*.py"]\n', **FILES})
    (problem,) = findings(open_project, root / "project", {})
    assert (problem.rule.name, str(problem.location)) == ("outside-project", "typedflow.toml:2:8")
    assert 'outside = ["../flows"]' in problem.hint
    (root / "project/typedflow.toml").write_text(f'{MODEL}outside = ["../flows"]\n[flows."../flows/*.py"]\n')
    assert [unit.file for unit in open_project(root / "project", {}).units] == ["../flows/a.py", "../flows/b.py"]


def test_a_link_that_leads_outside(write: Write, findings: Findings) -> None:
    """A file below the glob's folder may be a link, but not out of the project."""
    root = write({"project/typedflow.toml": f'{MODEL}[flows."*.py"]\n', "project/x/a.py": FLOW, **FILES})
    (root / "project/inside.py").symlink_to(root / "project/x/a.py")
    assert [unit.name for unit in open_project(root / "project", {}).units] == ["inside"]
    (root / "project/outside.py").symlink_to(root / "flows/a.py")
    (problem,) = findings(open_project, root / "project", {})
    assert (problem.rule.name, str(problem.location)) == ("outside-project", "typedflow.toml:2:8")
    assert "the link `outside.py` leads to" in problem.message


def test_a_file_name_that_is_no_text(write: Write, findings: Findings) -> None:
    """It would appear in reports."""
    root = write({"typedflow.toml": f'{MODEL}[flows."*/x.py"]\n'})
    folder = Path(f"{root}/b\udcff")
    folder.mkdir()
    (folder / "x.py").write_text(FLOW)
    (problem,) = findings(open_project, root, {})
    assert (problem.rule.name, str(problem.location)) == ("not-text", "typedflow.toml:2:8")


SCHEMA = {
    '{"train": {"file": "a.py"}}': True,
    '{"train": {}}': False,
    '{"flows/*.py": {}}': True,
    '{"flows/*.py": {"bindings": ["X"], "config": "c"}}': True,
    '{"flows/*.py": {"file": "a.py"}}': False,
    '{"flows/*.py": {"binding": ["X"]}}': False,
    '{"flows/a.py": {"file": "a.py"}}': False,
}


@pytest.mark.parametrize(("flows", "valid"), SCHEMA.items(), ids=SCHEMA)
def test_the_schema_tells_names_from_globs(flows: str, valid: bool) -> None:  # noqa: FBT001 # from the table
    """An editor asks for a file where the manifest does."""
    document = {"model": "a:A", "flows": json.loads(flows)}
    assert Draft202012Validator(export(MANIFEST_MODEL)).is_valid(document) is valid
