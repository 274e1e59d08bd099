"""``typedflow lock``: the settings of all variants, to be reviewed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.usefixtures("project")

ONE = "settings/settings.configuration.EXP_01.yaml"
HINT = "run `typedflow lock` to write it"


def test_every_variant_is_locked(project: Project, call: Call) -> None:
    """Each flow, binding and environment, with the whole config and its digest; a setting has a line."""
    done = call("lock")
    assert (done.code, done.out, done.err) == (0, "", "typedflow.lock written: 6 variants\n")
    text = project.files()["typedflow.lock"]
    flows = json.loads(text)["units"]["flow"]
    assert {flow: list(variants) for flow, variants in flows.items()} == {
        "report": ["default@dev", "default@production"],
        "training": ["EXP_01@dev", "EXP_01@production", "EXP_02@dev", "EXP_02@production"],
    }
    assert flows["training"]["EXP_01@dev"]["config"]["model"]["alpha"] == 0.3
    assert flows["training"]["EXP_01@dev"]["digest"] == "5f680d187297"
    assert '          "title": "Diabetes"\n' in text
    assert call("lock").code == 0
    assert project.files()["typedflow.lock"] == text


def test_a_lock_file_fits_its_schema(project: Project, call: Call) -> None:
    """The published schema accepts the lock file, and rejects one without digests."""
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "lock.schema.json").read_text(encoding="utf-8"))
    call("lock")
    data = json.loads(project.files()["typedflow.lock"])
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(data)
    del data["units"]["flow"]["training"]["EXP_01@dev"]["digest"]
    assert not validator.is_valid(data)


def test_check_says_what_differs(project: Project, call: Call) -> None:
    """Each setting that differs from the lock file, at its line; without differences the code is 0."""
    call("lock")
    assert call("lock", "--check").code == 0
    project.write(ONE, "title: Hearts\nmodel:\n  alpha: 0.7\n")
    before = project.files()["typedflow.lock"]
    done = call("lock", "--check")
    assert (done.code, done.out) == (1, "")
    assert f"{ONE}:3:10: error TF705 not-locked: `model.alpha` is 0.7, but was locked as 0.3" in done.err
    assert f'{ONE}:1:8: error TF705 not-locked: `title` is "Hearts", but was locked as "Diabetes"' in done.err
    assert "`typedflow diff FLOW BINDING typedflow.lock`" in " ".join(done.err.split())
    assert project.files()["typedflow.lock"] == before


def test_without_variables_and_branches(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock file depends only on files, not on environment variables."""
    call("lock")
    before = project.files()["typedflow.lock"]
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__TITLE", "Other")
    assert call("lock").code == 0
    assert project.files()["typedflow.lock"] == before


def test_where_no_environment_need_match(project: Project, call: Call) -> None:
    """Without a default environment, the variant without one is locked, too."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n[flows.report]\nfile = "flows/report.py"\n')
    assert call("lock").code == 0
    assert list(json.loads(project.files()["typedflow.lock"])["units"]["flow"]["report"]) == [
        "default",
        "default@dev",
        "default@production",
    ]


def test_nothing_is_written_where_something_is_wrong(project: Project, call: Call) -> None:
    """A variant that does not resolve is reported, and the lock file stays."""
    project.write(ONE, "model: {alpha: high}\n")
    done = call("lock")
    assert done.code == 1
    assert f"{ONE}:1:16: error TF301" in done.err
    assert "typedflow.lock" not in project.files()


def test_a_lock_file_of_version_1_is_read(project: Project, call: Call) -> None:
    """It has flows alone, without their kind: it is compared, and written as the present version."""
    call("lock")
    file = project.root / "typedflow.lock"
    now = file.read_text(encoding="utf-8")
    file.write_text(json.dumps({"version": 1, "flows": json.loads(now)["units"]["flow"]}), encoding="utf-8")
    assert call("lock", "--check").code == 0
    assert call("diff", "training", "EXP_01", "typedflow.lock").code == 0
    project.write(ONE, "title: Diabetes\nmodel:\n  alpha: 0.7\n")
    assert "`model.alpha` is 0.7, but was locked as 0.3" in call("lock", "--check").err
    call("lock")
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 2


BAD = {
    "none": (None, "there is no typedflow.lock, so nothing is locked"),
    "conflict": ("{\n<<<<<<< HEAD\n", "typedflow.lock:2:1: error TF705 not-locked: unresolved merge conflict"),
    "half": ('{"a": 1,\n', "typedflow.lock:2:1: error TF705 not-locked: typedflow.lock is not a valid lock file"),
    "a list": ("[]", "typedflow.lock is not a valid lock file (TypeError: "),
    "another version": ('{"version": 3, "units": {}}', "written by another version of typedflow"),
    "no units": ('{"version": 2, "units": {"flow": []}}', "written by another version of typedflow"),
    "no flows": ('{"version": 1, "flows": []}', "written by another version of typedflow"),
    "nothing in it": ('{"version": 2, "units": {}}', "`training` EXP_01@dev is not in typedflow.lock"),
    "nothing in version 1": ('{"version": 1, "flows": {}}', "`training` EXP_01@dev is not in typedflow.lock"),
    "deep": ("[" * 100_000, "typedflow.lock is not a valid lock file (RecursionError: "),
    "bytes": ("\ud800", "typedflow.lock is not a valid lock file (UnicodeDecodeError: "),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_a_lock_file_that_is_none(project: Project, call: Call, text: str | None, words: str) -> None:
    """An invalid lock file is reported, with a hint."""
    if text is not None:
        (project.root / "typedflow.lock").write_bytes(text.encode("utf-8", "surrogatepass"))
    done = call("lock", "--check")
    assert (done.code, done.out) == (1, "")
    assert "error TF705 not-locked" in done.err
    assert words in " ".join(done.err.split())
    assert HINT in done.err


def test_a_change_is_compared_with_the_lock_file(project: Project, call: Call) -> None:
    """``typedflow diff`` accepts the lock file as a side, first or second."""
    call("lock")
    assert call("diff", "training", "EXP_01", "typedflow.lock").code == 0
    project.write(ONE, "model:\n  alpha: 0.7\n")
    done = call("diff", "training", "EXP_01", "typedflow.lock")
    assert (done.code, [line.split() for line in done.out.splitlines()]) == (
        1,
        [["SETTING", "EXP_01", "typedflow.lock"], ["model.alpha", "0.7", f"({ONE}:2)", "0.3"]],
    )
    done = call("diff", "training", "typedflow.lock", "EXP_01@production")
    assert [line.split()[:2] for line in done.out.splitlines()] == [
        ["SETTING", "typedflow.lock"],
        ["model.alpha", "0.3"],
    ]
    assert call("diff", "training", "typedflow.lock", "typedflow.lock").code == 2
    (project.root / "typedflow.lock").unlink()
    done = call("diff", "training", "EXP_01", "typedflow.lock")
    assert (done.code, "there is no typedflow.lock" in done.err) == (2, True)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity"])
def test_a_number_that_is_none(project: Project, call: Call, number: str) -> None:
    """A number that typedflow never writes is reported: a conflict may have been resolved by hand."""
    call("lock")
    project.write("typedflow.lock", project.files()["typedflow.lock"].replace("0.3", number))
    done = call("lock", "--check")
    assert done.code == 1
    assert f"typedflow.lock is not a valid lock file (ValueError: {number} is out of range)" in done.err
