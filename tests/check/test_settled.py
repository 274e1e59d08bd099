"""A finding in a flow says where the setting is from that a decorator was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.check.conftest import Make

pytestmark = pytest.mark.slow

FLOW = "flows/training.py"


@pytest.mark.parametrize(
    ("old", "new", "role", "place"),
    [
        ("cron=settings.cron", "cron=settings.model.alpha", "set at", "settings/settings.yaml:2:10"),
        ("cron=settings.cron", 'cron=settings["cpu"]', "default at", "flows/settings.py:16:1"),
        ('"settings.cpu * 2"', '"settings.model.kind"', "default at", "flows/settings.py:10:1"),
        ('cpu=config_expr("settings.cpu * 2")', "**settings.model", "set at", "settings/settings.yaml:2:10"),
    ],
)
def test_a_wrong_argument_names_its_setting(make: Make, old: str, new: str, role: str, place: str) -> None:
    """The file and line that set the value, or the model's where that is a default."""
    project = make({"settings/settings.configuration.EXP_01.yaml": "", "settings/settings.environment.dev.yaml": ""})
    project.edit(FLOW, old, new)
    project.check()
    item = next(item for item in project.report.diagnostics if item.rule.name == "wrong-argument" and item.related)
    found = [(other.role, str(other.location).removeprefix(f"{project.root}/")) for other in item.related]
    assert found == [(role, place)]


def test_what_metaflow_refuses_names_its_setting(make: Make) -> None:
    """A decorator's own check of a value is about the setting, too."""
    project = make()
    project.edit(FLOW, "@schedule(cron=settings.cron)", "@project(name=settings.cron)")
    project.edit(FLOW, "resources, schedule", "project, resources")
    assert [item[:3] for item in project.check()] == [("decorator-refused", FLOW, 9)]
    assert [other.role for other in project.report.diagnostics[0].related] == ["default at"]


def test_a_computed_value_has_no_one_setting(make: Make) -> None:
    """Of an expression that is more than a path, no single setting is to blame."""
    project = make()
    project.edit(FLOW, '"settings.cpu * 2"', '"settings.cron * 2"')
    assert [item[0] for item in project.check()] == ["wrong-argument"]
    assert project.report.diagnostics[0].related == ()
