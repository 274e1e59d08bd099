"""Tasks of Airflow: the commands of a compiled DAG, as its pods run them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Pod, Store

pytestmark = pytest.mark.slow

_OUT = Path("/airflow/xcom")
_RUN = "airflow-one"
#: The expressions of a DAG's templates, by what they mean here.
_MEANINGS = {
    "run_id_creator": "run",
    "task_id_creator": "task",
    "try_number": "attempt",
    "map_index": "split",
    "task_ids='start'": "start",
    "task_ids='each'": "each",
    "task_ids='join'": "join",
    "json_dump": "parameters",
    "{ run_id }": "run",
    "ti.job_id": "job",
}

#: What Kubernetes tells a pod of itself.
_OF_THE_POD = ("POD_NAME", "POD_ID", "POD_NAMESPACE", "SERVICE_ACCOUNT_NAME", "NODE_IP")


@pytest.fixture
def out(mounted: Callable[[Path], Path]) -> Path:
    """The directory in which Airflow's pods leave what they pass on; Metaflow knows no other."""
    return mounted(_OUT)


class Dag:
    """Walks a compiled DAG as Airflow's scheduler does."""

    def __init__(self, text: str, pod: Pod, out: Path) -> None:
        """Take the DAG, and where and how its tasks run."""
        line = next(line for line in text.splitlines() if line.startswith("CONFIG = "))
        config: dict[str, Any] = ast.literal_eval(line.removeprefix("CONFIG = "))
        self.states, self.parameters = config["states"], config["metaflow_params"]
        self.pod, self.out = pod, out

    def task(self, name: str, known: Mapping[str, str]) -> dict[str, Any]:
        """Run a task, and give what it passes on."""
        arguments = self.states[name]["operator_args"]

        def meaning(match: re.Match[str]) -> str:
            return next(known[word] for part, word in _MEANINGS.items() if part in match[0])

        def filled(text: str) -> str:
            return re.sub(r"\{\{.*?\}\}", meaning, text)

        variables = {item["name"]: filled(item["value"]) for item in arguments["env_vars"]}
        variables |= {f"METAFLOW_KUBERNETES_{name}": "here" for name in _OF_THE_POD}
        variables["METAFLOW_DEFAULT_METADATA"] = "local"  # there is no metadata service
        self.pod.succeed(filled(arguments["cmds"][-1]), variables)
        passed: dict[str, Any] = json.loads((self.out / "return.json").read_text())
        return passed


def test_a_run(compiled: Callable[..., str], pod: Pod, store: Store, out: Path) -> None:
    """Each task has the typed config that was compiled, splits of the foreach included; what they leave is in S3."""
    dag = Dag(compiled("airflow"), pod, out)
    parameters = {item["name"]: item["default"] for item in dag.parameters}
    assert parameters == {"settings": "kv.settings"}, "no text of the settings gets into a shell"
    known = {"run": "one", "attempt": "0", "job": "1", "parameters": json.dumps(parameters)}
    passed = dag.task("start", {**known, "task": "s"})
    assert passed == {"metaflow_task_id": "airflow-s", "metaflow_foreach_cardinality": 3}
    known["start"] = passed["metaflow_task_id"]
    for index in range(3):
        dag.task("each", {**known, "task": f"e{index}", "split": str(index)})
    known["each"] = ",".join(f"airflow-e{index}" for index in range(3))
    known["join"] = dag.task("join", {**known, "task": "j"})["metaflow_task_id"]
    dag.task("end", {**known, "task": "e"})
    assert store.artifact(_RUN, "join", "total") == 0.25 * (1 + 2 + 4)
    assert store.artifact(_RUN, "join", "patience") == 90.0
    assert store.artifact(_RUN, "_parameters", "settings")["rounds"] == [1, 2, 4]
    assert store.artifact(_RUN, "end", "origin")["line"] == 4
