"""Records of what was deployed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from typedflow.units import DeploymentRecord, deployment_files, deployment_records
from typedflow.units._deployment_records import load_record, save_record

RECORD = DeploymentRecord(
    "training", "EXP_01", None, "airflow", "n", "c", "compiled/x.json", "i", "2026-11-26T10:00:00"
)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    """All of a project come by the moment, the latest last."""
    later = replace(RECORD, name="a", at="2026-11-26T11:00:00")
    for each in (later, RECORD):
        save_record(each, deployment_files(tmp_path, each.target, each.name).record)
    assert deployment_records(tmp_path) == [RECORD, later]


def test_a_record_of_version_1_is_read(tmp_path: Path) -> None:
    """It was of a flow, whose name it has as ``flow``."""
    file = deployment_files(tmp_path, "airflow", "n").record
    save_record(RECORD, file)
    content = json.loads(file.read_text())
    del content["kind"]
    name = content.pop("unit")
    file.write_text(json.dumps({**content, "version": 1, "flow": name}))
    assert deployment_records(tmp_path) == [RECORD]
    assert load_record(file) == RECORD


BROKEN = {
    "nothing": "",
    "a list": "[]",
    "cut short": '{"version": 2, "unit": "trai',
    "another version": '{"version": 3}',
    "a number for a moment": None,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_record_that_is_none_counts_as_nothing(tmp_path: Path, text: str | None) -> None:
    """What was deployed under that name is then deployed again."""
    file = deployment_files(tmp_path, "airflow", "n").record
    save_record(RECORD, file)
    file.write_text(file.read_text().replace('"2026-11-26T10:00:00"', "5") if text is None else text)
    assert load_record(file) is None
    assert deployment_records(tmp_path) == []
