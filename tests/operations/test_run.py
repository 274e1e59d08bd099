"""Running a flow: events while it is prepared, and a result as a value."""

import sys
from typing import TYPE_CHECKING

import pytest

from typedflow.operations import EnvironmentChosen, Event, UnitStarts, run
from typedflow.project import Variant
from typedflow.values import TypedflowError

if TYPE_CHECKING:
    from tests.operations.conftest import Make

_PRINTS = "import json, sys\nprint(json.load(open(sys.argv[3])))\nsys.exit(7)\n"


@pytest.mark.smoke
def test_the_result(make: "Make", capfd: pytest.CaptureFixture[str]) -> None:
    """The variant, its compiled config, the command, and the exit code of the flow; the flow has our streams."""
    events: list[Event] = []
    project = make({"flows/training.py": _PRINTS})
    done = run(project, unit="training", binding="EXP_01", overrides=["alpha=4"], on_event=events.append)
    assert (done.variant, done.exit_code) == (Variant("training", "EXP_01", "dev"), 7)
    config = done.config.relative_to(project.root).as_posix()
    assert done.command == (sys.executable, "flows/training.py", "--config", "settings", config, "run")
    assert capfd.readouterr().out == "{'alpha': 4.0}\n"
    chosen, starts = events
    assert isinstance(chosen, EnvironmentChosen)
    assert chosen.environment.name == "dev"
    assert isinstance(starts, UnitStarts)
    assert (starts.start.command, starts.start.has_config) == (done.command, True)
    assert starts.start.environ["TYPEDFLOW_BINDING"] == "EXP_01"


def test_nothing_starts_where_settings_are_wrong(make: "Make") -> None:
    """The error has everything that is wrong; the environment was chosen, and no command made."""
    events: list[Event] = []
    project = make({"settings/settings.yaml": "alpha: x\nbeta: 1\n"})
    with pytest.raises(TypedflowError) as caught:
        run(project, unit="report", on_event=events.append)
    assert [item.rule.name for item in caught.value.diagnostics] == ["invalid-value", "unknown-key"]
    assert [type(event) for event in events] == [EnvironmentChosen]
    assert not (project.root / ".typedflow").exists()


def test_a_missing_file_is_the_manifests(make: "Make") -> None:
    """Nothing is resolved; the line of the manifest is to blame."""
    events: list[Event] = []
    project = make()
    (project.root / "flows/report.py").unlink()
    with pytest.raises(TypedflowError) as caught:
        run(project, unit="report", on_event=events.append)
    (found,) = caught.value.diagnostics
    assert found.rule.name == "missing-file"
    assert str(found.location) == "typedflow.toml:8:8"
    assert events == []
