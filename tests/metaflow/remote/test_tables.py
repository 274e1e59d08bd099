"""Tables in remote tasks: what a task knows of them came with the run, and no file of the project is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.metaflow.remote.conftest import FILES, Pod
from tests.metaflow.remote.test_argo_workflows import Workflow

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Store

pytestmark = pytest.mark.slow

_NAME = "remote-tables"
_RUN = f"argo-{_NAME}"
FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin, TablesMixin


class Tables:
    scores: "WritableTable[str, dict[str, object]]"


class RemoteFlow(TablesMixin[Tables], SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.rounds = self.settings.rounds
        self.next(self.each, foreach="rounds")

    @step
    def each(self):
        self.tables.scores.write([{"score": self.input * self.settings.model.rate}], partitions={"round": self.input})
        self.next(self.join)

    @step
    def join(self, inputs):
        self.found = self.tables.scores.read(where={"round": [1, 2]}).rows()
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    RemoteFlow()
"""
SCORES = """\
table: ${binding}.scores
partitioned_by: [round]
columns: {round: {type: int, nullable: false}, score: double}
"""


@pytest.fixture
def out(mounted: Callable[[Path], Path]) -> Path:
    """The directory in which Argo's pods leave what the workflow goes on with."""
    return mounted(Path("/mnt/out"))


def test_tasks_read_and_write(
    compiled: Callable[..., str],
    environ: dict[str, str],
    image_with_duckdb: Path,
    tmp_path: Path,
    store: Store,
    out: Path,
) -> None:
    """Each pod has an empty directory and the code package, without typedflow's other dependencies."""
    file = tmp_path / "data.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE SCHEMA EXP_01")
        connection.execute("CREATE TABLE EXP_01.scores (round int NOT NULL, score double)")
    manifest = f'{FILES["typedflow.toml"]}\n[tables.scores]\nfile = "schemas/scores.tbl.yaml"\nbindings = ["EXP_01"]\n'
    files = {
        "typedflow.toml": f'{manifest}\n[engine]\nfile = "{file}"\n',
        "schemas/scores.tbl.yaml": SCORES,
        "flows/remote.py": FLOW,
    }
    workflow = Workflow(
        compiled("argo-workflows", "--only-json", **files), Pod(image_with_duckdb, environ, tmp_path), out, _NAME
    )
    start = workflow.step("start", input_paths="")
    before = f"{_RUN}/start/{start['task_id']}"
    splits: list[Any] = json.loads(start["splits"])
    for index in [*splits, splits[0]]:  # the first is repeated, as a retry is
        workflow.step("each", input_paths=before, split_index=str(index))
    workflow.step("join", input_paths=before, split_cardinality=start["split_cardinality"])
    found = store.artifact(_RUN, "join", "found")
    assert sorted((row["round"], row["score"]) for row in found) == [(1, 0.25), (2, 0.5)]
    stored = store.artifact(_RUN, "_parameters", "tables")
    assert stored["tables"]["scores"]["table"] == "EXP_01.scores"
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("SELECT count(*) FROM EXP_01.scores").fetchall() == [(3,)]
