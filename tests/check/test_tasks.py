"""The tasks of a check: parts of a project that do not change when something else does."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.check._tasks import project_tasks
from typedflow.check._worker_messages import Scope
from typedflow.project import open_project

if TYPE_CHECKING:
    from tests.check.conftest import Make


def _parts(root: Path, *globs: str) -> dict[int, tuple[str, ...]]:
    project = open_project(root)
    tasks = project_tasks(project, Scope(str(root), bindings=globs), {project.unit("training"): "flow.py"})
    return {task.part: task.bindings or () for task in tasks if task.about == "unit"}


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (254, 1), (255, 2), (600, 4)])
def test_each_binding_is_in_one_part(make: "Make", count: int, parts: int) -> None:
    """And no part is large; the project has two bindings more."""
    names = [f"EXP_{number:04}" for number in range(100, 100 + count)]
    root = make({f"settings/settings.configuration.{name}.yaml": "{}\n" for name in names}).root
    found = _parts(root)
    assert len(found) == parts
    assert sorted(name for part in found.values() for name in part) == sorted(["EXP_01", "EXP_02", *names])
    assert max(map(len, found.values())) <= 512


def test_a_new_binding_leaves_the_others_where_they_are(make: "Make") -> None:
    """So only its part is judged again."""
    project = make({f"settings/settings.configuration.EXP_{number}.yaml": "{}\n" for number in range(100, 700)})
    before = _parts(project.root)
    project.write("settings/settings.configuration.EXP_1000.yaml", "{}\n")
    after = _parts(project.root)
    (changed,) = (part for part, names in after.items() if names != before[part])
    assert set(after[changed]) - set(before[changed]) == {"EXP_1000"}


def test_bindings_that_are_asked_for(make: "Make") -> None:
    """Only they are in parts, so a check of one binding is one task."""
    project = make({f"settings/settings.configuration.EXP_{number}.yaml": "{}\n" for number in range(100, 700)})
    assert _parts(project.root, "EXP_10[01]") == {0: ("EXP_100", "EXP_101")}


def test_bindings_that_are_wrong(make: "Make") -> None:
    """Which bindings there are is found out, and reported, where the flow is judged."""
    project = make()
    project.edit("typedflow.toml", "EXP_*", "EXQ_*")
    assert _parts(project.root) == {0: ()}
