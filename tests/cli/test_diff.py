"""``typedflow diff``: variants, compiled configs and runs, side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.usefixtures("project")

ONE, TWO = "settings/settings.configuration.EXP_01.yaml", "settings/settings.configuration.EXP_02.json"
DEV = "settings/settings.environment.dev.yaml"
GLOBAL = "settings/settings.yaml"


def test_two_bindings(call: Call) -> None:
    """Each setting that differs, with both values and the lines that they are from."""
    done = call("diff", "training", "EXP_01", "EXP_02")
    assert done.code == 1
    assert [line.split() for line in done.out.splitlines()] == [
        ["SETTING", "EXP_01", "EXP_02"],
        ["model.alpha", "0.3", f"({ONE}:2)", "0.2", f"({DEV}:2)"],
        ["model.optimizer.kind", '"adam"', f"({GLOBAL}:5)", '"sgd"', f"({TWO}:1)"],
        ["model.optimizer.beta", "0.8", f"({GLOBAL}:6)", "-"],
    ]
    assert done.err == "3 of 7 settings differ\n"


def test_two_environments(call: Call) -> None:
    """A binding in one environment and in another."""
    done = call("diff", "training", "EXP_02@dev", "EXP_02@production", "--format", "markdown")
    assert done.code == 1
    assert done.out.splitlines() == [
        "| setting | `EXP_02@dev` | `EXP_02@production` |",
        "| --- | --- | --- |",
        f"| model.alpha | `0.2 ({DEV}:2)` | `0.4 (settings/settings.environment.production.toml:2)` |",
    ]


def test_no_difference(call: Call) -> None:
    """What is the same has no table, and the code is 0."""
    done = call("diff", "training", "EXP_01@dev", "EXP_01@production")
    assert (done.code, done.out, done.err) == (0, "", "0 of 7 settings differ\n")


def test_json(call: Call) -> None:
    """The JSON has a version and stable keys."""
    found = json.loads(call("diff", "training", "EXP_01", "EXP_02", "--format", "json").out)
    assert (found["version"], found["flow"], found["sides"]) == (1, "training", ["EXP_01", "EXP_02"])
    assert found["same"] == 4
    last = {"path": "model.optimizer.beta", "sides": [{"value": 0.8, "origin": f"{GLOBAL}:6:11"}, None]}
    assert found["changed"][-1] == last


def test_a_compiled_config(project: Project, call: Call) -> None:
    """What was compiled earlier is compared with what the files say now, each with its origins."""
    call("run", "training", "--binding", "EXP_01")
    (compiled,) = (
        file for file in (project.root / ".typedflow" / "compiled").iterdir() if "provenance" not in file.name
    )
    name = compiled.relative_to(project.root).as_posix()
    assert call("diff", "training", name, "EXP_01").code == 0
    project.write(ONE, "# later\nmodel:\n  alpha: 0.7\n")
    done = call("diff", "training", name, "EXP_01")
    assert done.code == 1
    assert f"0.3 ({ONE}:2)" in done.out
    assert f"0.7 ({ONE}:3)" in done.out
    compiled.with_suffix(".provenance.json").write_text('{"leaves": {"model.alpha": 1}}')
    assert '"adam"' not in call("diff", "training", name, "EXP_01").out
    compiled.with_suffix(".provenance.json").unlink()
    assert "model.alpha  0.3" in call("diff", "training", name, "EXP_01").out


def test_a_git_revision(project: Project, call: Call) -> None:
    """A binding as it was, resolved by the model that it had then; its places say so."""
    settings = project.files()["flows/settings.py"]
    for command in ("init --quiet", "add .", "-c user.name=x -c user.email=x commit --quiet --message=x"):
        subprocess.run(["git", *command.split()], cwd=project.root, check=True)  # noqa: S607 # the git of PATH
    project.write("flows/settings.py", settings.replace("title: str", "name: str"))
    project.write(ONE, "model:\n  alpha: 0.7\n")
    done = call("diff", "training", "HEAD:EXP_01@production", "EXP_01")
    assert (done.code, [line.split() for line in done.out.splitlines()]) == (
        1,
        [
            ["SETTING", "HEAD:EXP_01@production", "EXP_01"],
            ["model.alpha", "0.3", f"(HEAD:{ONE}:2)", "0.7", f"({ONE}:2)"],
            ["title", '"Diabetes"', "(HEAD:flows/settings.py:25)", "-"],
            ["name", "-", '"Diabetes"', "(flows/settings.py:25)"],
        ],
    )
    done = call("diff", "training", "HEAD:EXP_02", "HEAD:EXP_3")
    assert (done.code, done.out) == (2, "")
    assert "HEAD:typedflow.toml:5:12: error TF504 unknown-binding" in done.err
    done = call("diff", "training", "HAED:EXP_02", "EXP_02")
    assert (done.code, done.out) == (2, "")
    assert "HAED:EXP_02: error TF507 bad-option: git has no revision `HAED`" in done.err


def test_sets_and_aliases_are_the_same_however_they_are_written(project: Project, call: Call) -> None:
    """A set in another order, and a field under another of its keys, do not differ; their origins are their own."""
    settings = project.files()["flows/settings.py"]
    rate = 'rate: float = Field(0.1, validation_alias=AliasChoices("lr", "rate"))'
    fields = f"tags: set[str] = set()\n    {rate}\n    title: str"
    text = settings.replace("title: str", fields).replace("import Field", "import AliasChoices, Field")
    project.write("flows/settings.py", text)
    project.write(ONE, "tags: [b, a]\nrate: 1.0\nmodel: {alpha: 1.0}\n")
    project.write(TWO, '{"tags": ["a", "b"], "lr": 1, "model": {"alpha": 1}}')
    assert call("diff", "training", "EXP_01", "EXP_02").out == ""
    call("lock")
    assert call("diff", "training", "EXP_01", "typedflow.lock").code == 0
    project.write(ONE, "tags: [c, a]\nrate: 2.0\nmodel: {alpha: 1.0}\n")
    assert [line.split() for line in call("diff", "training", "EXP_01", "EXP_02").out.splitlines()[1:]] == [
        ["tags[1]", '"c"', f"({ONE}:1)", '"b"', f"({TWO}:1)"],
        ["lr", "2.0", f"({ONE}:2)", "1.0", f"({TWO}:1)"],
    ]


FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class PastFlow(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    PastFlow()
"""


@pytest.mark.slow
def test_a_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run was given, by whomever, is compared with what a binding says."""
    project.write("flows/training.py", FLOW)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *command], cwd=project.root, check=False, capture_output=True, text=True)

    monkeypatch.setenv("METAFLOW_USER", "somebody")
    ran = run("-m", "typedflow", "run", "training", "--binding", "EXP_01")
    monkeypatch.setenv("METAFLOW_USER", "somebody else")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = run("-c", "import metaflow; metaflow.namespace(None); print(metaflow.Flow('PastFlow').latest_run.pathspec)")
    pathspec = found.stdout.strip()
    assert run("-m", "typedflow", "diff", "training", pathspec, "EXP_01").returncode == 0
    done = run("-m", "typedflow", "diff", "training", pathspec, "EXP_02", "--format", "json")
    assert done.returncode == 1
    first = json.loads(done.stdout)["changed"][0]
    assert first["path"] == "model.alpha"
    assert first["sides"] == [{"value": 0.3, "origin": f"{ONE}:2:10"}, {"value": 0.2, "origin": f"{DEV}:2:10"}]
    missing = run("-m", "typedflow", "diff", "training", "PastFlow/0", "EXP_02")
    assert missing.returncode == 2
    assert "PastFlow/0: error TF702 unknown-run" in missing.stderr


BAD = {
    "a binding": (("EXP_01", "EXP_3"), 2, "TF504 unknown-binding: there is no binding `EXP_3`"),
    "an environment": (("EXP_01@prod", "EXP_01"), 2, "TF509 unknown-environment: there is no environment `prod`"),
    "a file": (("EXP_01", "gone.json"), 1, "gone.json: error TF505 missing-file"),
    "nothing": (("EXP_01", ""), 2, "TF507 bad-option: the side `` names no binding"),
    "nothing before @": (("EXP_01", "@dev"), 2, "TF507 bad-option: the side `@dev` names no binding"),
    "nothing behind @": (("EXP_01@", "EXP_01"), 2, "TF507 bad-option: the side `EXP_01@` names no binding"),
    "no deployment": (("EXP_01", "airflow:EXP_01"), 2, "`training` has not been deployed to airflow under `EXP_01`"),
    "no repository": (("EXP_01", "main:EXP_01"), 2, "a revision requires a git repository, and this is not one"),
    "no run": (("EXP_01", "Past/"), 2, "TF702 unknown-run: `Past/` is not a run"),
    "no second side": (("EXP_01",), 2, "the following arguments are required: SIDE"),
}


@pytest.mark.parametrize(("sides", "code", "words"), BAD.values(), ids=BAD)
def test_what_is_not_there(call: Call, sides: tuple[str, ...], code: int, words: str) -> None:
    """A side that does not exist is the command line's fault."""
    done = call("diff", "training", *sides)
    assert (done.code, done.out) == (code, "")
    assert words in done.err


def test_a_side_that_does_not_resolve(project: Project, call: Call) -> None:
    """What is wrong with a side's files is reported as everywhere."""
    project.write(ONE, "model: 1\n")
    done = call("diff", "training", "EXP_01", "EXP_02")
    assert (done.code, done.out) == (1, "")
    assert f"{ONE}:1:1: error TF201" in done.err


def test_a_file_that_is_no_config(project: Project, call: Call) -> None:
    """A file that cannot be read is a diagnostic at its place."""
    project.write("broken.json", '{"a": 1,\n')
    done = call("diff", "training", "broken.json", "EXP_02")
    assert (done.code, done.out) == (1, "")
    assert "broken.json:2:1: error TF101" in done.err
    project.write("list.json", "[1]")
    done = call("diff", "training", "list.json", "EXP_02")
    assert (done.code, done.out) == (1, "")
    assert "list.json:1:1: error TF106 not-a-mapping" in done.err
