"""A check of a project that reuses settings: included files, references, extended bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.operations import CheckOptions, check_paths

if TYPE_CHECKING:
    from tests.check.conftest import Checked, Make

pytestmark = pytest.mark.slow

GROUP = "settings/groups/model/ridge.yaml"
SMALL = "settings/groups/small.yaml"
ONE, TWO = (f"settings/settings.configuration.EXP_0{number}.yaml" for number in (1, 2))
FILES = {
    GROUP: "kind: ridge\nalpha: 2\n",
    SMALL: "cpu: 1\n",
    ONE: "model: {$include: groups/model/ridge.yaml}\n",
    TWO: "$include: groups/small.yaml\nmodel: {$include: groups/model/ridge.yaml, alpha: {$ref: cpu}}\n",
}


@pytest.fixture
def project(make: Make) -> Checked:
    """A project whose bindings include one file, and refer to other values."""
    return make(FILES)


def test_a_project_without_mistakes(project: Checked) -> None:
    """Nothing is found, and no included file is one that no layer reads."""
    assert project.check() == []


#: An edit of a file, and everything that is found then: the rule, the file, the line and the column.
MISTAKES = {
    "a wrong value in an included file": (GROUP, "alpha: 2", "alpha: two", [("invalid-value", GROUP, 2, 8)]),
    "an unknown key in an included file": (GROUP, "alpha: 2", "alpha: 2\nbeta: 3", [("unknown-key", GROUP, 3, 1)]),
    "a syntax error in an included file": (GROUP, "alpha: 2", "alpha: [", [("invalid-syntax", GROUP, 3, 1)]),
    "a secret in an included file": (
        GROUP,
        "alpha: 2",
        "alpha: 2\n# x\npassword: hunter2!Xy9Kq",
        [("secret-value", GROUP, 4, 11), ("unknown-key", GROUP, 4, 1)],
    ),
    "an ambiguous scalar in an included file": (
        SMALL,
        "cpu: 1",
        "cpu: 1\nlabels: [no]",
        [("ambiguous-scalar", SMALL, 2, 10)],
    ),
    "a template in an included file": (
        SMALL,
        "cpu: 1",
        "cpu: 1\nlabels: ['${cpu}']",
        [("template-text", SMALL, 2, 10)],
    ),
    "a missing file": (
        TWO,
        "groups/small.yaml",
        "groups/smal.yaml",
        [("missing-file", TWO, 1, 11)],
    ),
    "an unknown reference": (TWO, "$ref: cpu", "$ref: cpus", [("unknown-reference", TWO, 2, 58)]),
    "a reference to itself": (TWO, "$ref: cpu", "$ref: model.alpha", [("circular-reference", TWO, 2, 58)]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_found_once(project: Checked, name: str) -> None:
    """Whichever bindings have it: also one in a file that both include."""
    file, old, new, expected = MISTAKES[name]
    project.edit(file, old, new)
    assert sorted(project.check()) == sorted(expected)


def test_a_value_that_repeats_a_lower_one_may_stay_in_an_included_file(project: Checked) -> None:
    """Others may include the file, and need the value."""
    project.write("settings/settings.yaml", "model:\n  alpha: 2\n  kind: ridge\n")
    assert project.check() == []


#: An edit of a file, and the rule that is found then.
EDITS = {
    "an included file": (GROUP, "alpha: 2", "alpha: two", "invalid-value"),
    "a file that is included for the whole binding": (SMALL, "cpu: 1", "cpu: 0", "invalid-value"),
    "a directive in an included file": (SMALL, "cpu: 1", "cpu: {$ref: cup}", "unknown-reference"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_an_included_file_is_noticed(project: Checked, name: str) -> None:
    """Although no layer has its name; and so is its reversal."""
    file, old, new, rule = EDITS[name]
    assert project.check(cached=True) == []
    project.edit(file, old, new)
    assert {found[0] for found in project.check(cached=True)} == {rule}
    project.edit(file, new, old)
    assert project.check(cached=True) == []


def test_a_file_that_is_created_is_noticed(project: Checked) -> None:
    """The finding of a missing file goes away."""
    text = (project.root / SMALL).read_text(encoding="utf-8")
    (project.root / SMALL).unlink()
    assert {found[0] for found in project.check(cached=True)} == {"missing-file"}
    project.write(SMALL, text)
    assert project.check(cached=True) == []


def _fix(project: Checked) -> str:
    check_paths([project.root], CheckOptions(jobs=1, cached=False), fix=True)
    return (project.root / GROUP).read_text(encoding="utf-8")


def test_a_typo_in_an_included_file_is_fixed_there(project: Checked) -> None:
    """It is one wherever the file is included."""
    project.write(GROUP, "kind: ridge\nalhpa: 2\n")
    project.write(TWO, "model: {$include: groups/model/ridge.yaml}\n")
    assert _fix(project) == "kind: ridge\nalpha: 2\n"
    assert project.check() == []


def test_a_key_that_is_a_typo_in_one_place_only_stays(project: Checked) -> None:
    """Another model, or another file that sets the key that was meant, needs it as it is."""
    project.write(GROUP, "kind: ridge\nalhpa: 2\n")
    assert _fix(project) == "kind: ridge\nalhpa: 2\n"


def test_a_key_that_a_reference_takes_elsewhere_stays(make: Make) -> None:
    """It is right where it is set."""
    settings = """\
from typedflow import ConfigModel


class Left(ConfigModel):
    alhpa: float = 1


class Right(ConfigModel):
    alpha: float = 1


class Settings(ConfigModel):
    left: Left = Left()
    right: Right = Right()
    cron: str = ""
    cpu: int = 1
"""
    texts = {"settings/settings.yaml": "left: {alhpa: 3}\n", ONE: "right: {$ref: left}\n", TWO: ""}
    project = make({"flows/settings.py": settings, **texts})
    check_paths([project.root], CheckOptions(jobs=1, cached=False), fix=True)
    assert (project.root / "settings/settings.yaml").read_text(encoding="utf-8") == "left: {alhpa: 3}\n"
    assert project.check() == [("unknown-key", "settings/settings.yaml", 1, 8)]
