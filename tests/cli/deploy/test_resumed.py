"""The record of deployments: a repeated command deploys only what is missing."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.deploy.conftest import Place

pytestmark = pytest.mark.slow

ARGO = ("--binding", "EXP_*", "--to", "argo-workflows")
BOTH = ("EXP_01", "EXP_02")
_STOPS = """\
    import os
    import sys

    if os.path.exists("stop") and "EXP_02" in str(sys.argv):
        sys.exit("no way")
    Training()
"""
NAMES = ("training-main-exp-01", "training-main-exp-02")


def test_what_has_not_changed_is_left_alone(place: Place) -> None:
    """Settings and code decide; ``--again`` deploys in any case, and ``--dry-run`` says what would happen."""
    assert place.states(*ARGO, "--dry-run") == (0, dict.fromkeys(BOTH, "new"))
    assert place.cloud.templates() == {}
    assert place.states(*ARGO) == (0, dict.fromkeys(BOTH, "deployed"))
    assert place.states(*ARGO) == (0, dict.fromkeys(BOTH, "unchanged"))
    place.write("settings/settings.configuration.EXP_02.yaml", "alpha: 0.7\n")
    assert place.diff("argo-workflows:EXP_02", "EXP_02")[0].startswith("alpha    0.5 (settings/settings.yaml:1)")
    assert place.states(*ARGO, "--dry-run") == (0, {"EXP_01": "unchanged", "EXP_02": "changed"})
    assert place.states(*ARGO) == (0, {"EXP_01": "unchanged", "EXP_02": "deployed"})
    assert place.cloud.templates() == dict(zip(NAMES, (1, 2), strict=True))
    place.write("flows/helpers.py", "VALUE = 1\n")
    assert place.states("--binding", "EXP_01", *ARGO[2:])[1] == {"EXP_01": "deployed"}
    assert place.states("--binding", "EXP_01", *ARGO[2:], "--again")[1] == {"EXP_01": "deployed"}
    assert place.cloud.templates() == dict(zip(NAMES, (3, 2), strict=True))


def test_after_a_failure_the_rest_is_deployed(place: Place) -> None:
    """One failure does not stop the others; its log is named, and after a fix the same command deploys the rest."""
    flow = (place.root / "flows/training.py").read_text()
    place.write("flows/training.py", flow.replace("    Training()", _STOPS))
    place.write("stop", "")
    code, out, err = place.deploy(*ARGO)
    assert code == 1
    assert [line.split()[-1] for line in out.splitlines()[1:]] == ["deployed", "failed"]
    log = ".typedflow/deployments/argo-workflows.training-main-exp-02.log"
    assert f"{log}: error TF707 deployment-failed: `{NAMES[1]}` was not deployed: no way" in err
    assert err.splitlines()[-2:] == ["1 deployed, 1 failed", "run the same command again to deploy the rest"]
    assert (place.root / log).read_text() == "no way\n"
    (place.root / "stop").unlink()
    assert place.states(*ARGO) == (0, {"EXP_01": "unchanged", "EXP_02": "deployed"})
    assert place.cloud.templates() == dict.fromkeys(NAMES, 1)


@pytest.mark.parametrize(
    "after", [pytest.param(0.5, marks=pytest.mark.stress), 2.0, pytest.param(3.5, marks=pytest.mark.stress)]
)
def test_after_a_kill_nothing_is_deployed_twice(place: Place, after: float) -> None:
    """Whenever ``kill -9`` comes, what is being deployed goes on; the same command waits for it and does the rest."""
    process = place.start(*ARGO, "--jobs", "1")
    _wait_for_first(place)
    time.sleep(after)
    process.kill()
    process.communicate()
    code, states = place.states(*ARGO)
    assert code == 0
    assert set(states.values()) <= {"deployed", "unchanged"}
    assert place.cloud.templates() == dict.fromkeys(NAMES, 1)


def test_an_interrupt_stops_it(place: Place) -> None:
    """Ctrl-C ends with 130, says what is missing, and the same command goes on."""
    process = place.start(*ARGO, "--jobs", "1")
    _wait_for_first(place)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.splitlines()[-2:] == ["2 interrupted", "run the same command again to deploy the rest"]
    assert place.states(*ARGO)[0] == 0


def test_two_at_once_do_not_disturb_each_other(place: Place) -> None:
    """The second waits for what the first is deploying, and finds nothing to do."""
    processes = [place.start(*ARGO) for _ in range(2)]
    ended = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], ended
    assert place.cloud.templates() == dict.fromkeys(NAMES, 1)


def _wait_for_first(place: Place) -> None:
    """Wait until Metaflow's command has begun."""
    until = time.monotonic() + 60
    while not list((place.root / ".typedflow").glob("deployments/*.log")):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_record_that_cannot_be_written_is_said(place: Place) -> None:
    """A deployment without a record is a failure: the next command deploys it again, and reports that."""
    record = place.root / ".typedflow/deployments/argo-workflows.training-main-exp-01.json"
    record.mkdir(parents=True)
    code, out, err = place.deploy("--binding", "EXP_01", *ARGO[2:])
    assert code == 1
    assert out.splitlines()[1].split()[-1] == "failed"
    assert "was not deployed:" in err
    assert "TF511 unwritable-file: the file cannot be written: Is a directory" in " ".join(err.split())
    assert [file.name for file in record.parent.iterdir() if file.name.startswith(".")] == []
    record.rmdir()
    assert place.states("--binding", "EXP_01", *ARGO[2:]) == (0, {"EXP_01": "deployed"})
