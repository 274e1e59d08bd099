"""Tasks of Step Functions: the commands of a compiled state machine, as AWS Batch runs them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Pod, Store

pytestmark = pytest.mark.slow

_RUN = "sfn-one"


class Machine:
    """Walks a state machine's tasks."""

    def __init__(self, text: str, pod: Pod) -> None:
        """Take the state machine, and how its tasks run."""
        states: dict[str, Any] = json.loads(text)["States"]
        inner = [item["Iterator"]["States"] for item in states.values() if "Iterator" in item]
        self.states = states | {name: item for each in inner for name, item in each.items()}
        self.pod = pod

    def task(self, name: str, job: str, known: Mapping[str, str]) -> None:
        """Run a task as a job; ``known`` is what the machine's paths lead to."""
        container = self.states[name]["Parameters"]["ContainerOverrides"]
        variables = {
            item["Name"]: item["Value"] if "Value" in item else known[item["Value.$"]]
            for item in container["Environment"]
        }
        batch = {"AWS_BATCH_JOB_ID": job, "AWS_BATCH_JOB_ATTEMPT": "1"}
        batch |= {"AWS_BATCH_CE_NAME": "here", "AWS_BATCH_JQ_NAME": "queue", "AWS_EXECUTION_ENV": "here"}
        self.pod.succeed(container["Command"][-1], {**variables, **batch})


def test_a_run(compiled: Callable[..., str], pod: Pod, store: Store, aws: tuple[Any, Callable[[str], Any]]) -> None:
    """Each task has the typed config that was compiled, splits of the foreach included; what they leave is in S3."""
    machine = Machine(compiled("step-functions", "--only-json"), pod)
    run = {"$$.Execution.Name": "one", "$.Parameters.['metaflow.run_id']": "one"}
    machine.task("start", "s", run)
    stored = aws[1]("dynamodb").get_item(TableName="table", Key={"pathspec": {"S": "s"}})["Item"]
    splits = sorted(stored["for_each_cardinality"]["NS"], key=int)
    assert splits == ["0", "1", "2"]
    for index in splits:
        machine.task("each", f"e{index}", {**run, "$.JobId": "s", "$.SplitParentTaskId": "s", "$.Index": index})
    machine.task("join", "j", {**run, "$.Parameters.split_parent_task_id_start": "s"})
    machine.task("end", "e", {**run, "$.JobId": "j"})
    assert store.artifact(_RUN, "join", "total") == 0.25 * (1 + 2 + 4)
    assert store.artifact(_RUN, "join", "patience") == 90.0
    assert store.artifact(_RUN, "_parameters", "settings")["rounds"] == [1, 2, 4]
    assert store.artifact(_RUN, "end", "origin")["line"] == 4
