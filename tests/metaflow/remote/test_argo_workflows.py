"""Tasks of Argo Workflows: the commands of a compiled template, as pods run them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Pod, Store

pytestmark = pytest.mark.slow

_OUT = Path("/mnt/out")
_RUN = "argo-remote-1"


@pytest.fixture
def out(mounted: Callable[[Path], Path]) -> Path:
    """The directory in which Argo's pods leave what the workflow goes on with; Metaflow knows no other."""
    return mounted(_OUT)


class Workflow:
    """Walks a template as the workflow's controller does."""

    def __init__(self, template: str, pod: Pod, out: Path, name: str = "remote-1") -> None:
        """Take the template, where and how its tasks run, and the name of the workflow: all tests share S3."""
        self.name = name
        self.steps = {item["name"]: item for item in json.loads(template)["spec"]["templates"] if "container" in item}
        self.pod, self.out = pod, out

    def step(self, name: str, **parameters: str) -> dict[str, str]:
        """Run a step with its inputs, and give its outputs."""
        container = self.steps[name]["container"]
        known = {f"inputs.parameters.{key.replace('_', '-')}": value for key, value in parameters.items()}
        known |= {"workflow.name": self.name, "workflow.creationTimestamp": "now", "retries": "0"}

        def filled(text: str) -> str:
            return re.sub(r"\{\{(.*?)\}\}", lambda match: known[match[1]], text)

        variables = {item["name"]: filled(item["value"] or "-") for item in container["env"]}
        self.pod.succeed(filled(container["command"][-1]), variables)
        return {file.name: file.read_text() for file in self.out.iterdir()}


def test_a_run(compiled: Callable[..., str], pod: Pod, store: Store, out: Path) -> None:
    """Each task has the typed config that was compiled, splits of the foreach included; what they leave is in S3."""
    workflow = Workflow(compiled("argo-workflows", "--only-json"), pod, out)
    resources = workflow.steps["start"]["container"]["resources"]["requests"]
    assert float(resources["cpu"]) == 2, "the decorator's value, from the settings"
    start = workflow.step("start", input_paths="")
    before = f"{_RUN}/start/{start['task_id']}"
    splits: list[Any] = json.loads(start["splits"])
    assert splits == [0, 1, 2]
    for index in splits:
        workflow.step("each", input_paths=before, split_index=str(index))
    join = workflow.step("join", input_paths=before, split_cardinality=start["split_cardinality"])
    workflow.step("end", input_paths=f"{_RUN}/join/{join['task_id']}")
    assert store.artifact(_RUN, "join", "total") == 0.25 * (1 + 2 + 4)
    assert store.artifact(_RUN, "join", "patience") == 90.0
    assert store.artifact(_RUN, "_parameters", "settings")["model"] == {"rate": 0.25}
    assert store.artifact(_RUN, "end", "origin") == {
        "source": "settings/settings.configuration.EXP_01.yaml",
        "line": 4,
        "column": 9,
    }
