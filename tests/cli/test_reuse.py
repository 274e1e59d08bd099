"""Reused settings on the command line: origins, comparisons, the lock file."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

PART = "settings/groups/model/adam.yaml"
ONE, TWO = "settings/settings.configuration.EXP_01.yaml", "settings/settings.configuration.EXP_02.json"
BASE = "settings/settings.configuration.base.yaml"
LOW = "settings/settings.environment.dev.yaml:2:10, settings/settings.yaml:2:10"
CANARY = "canary-Xy9Kq2-hunter"


@pytest.fixture(autouse=True)
def reused(project: Project) -> None:
    """The bindings extend one, include a file and refer to other values."""
    project.write(PART, "alpha: 0.9\noptimizer: {beta: 0.7}\n")
    project.write(BASE, "owner: ann\nmodel: {$include: groups/model/adam.yaml, features: [bp]}\n")
    project.write(ONE, "$extends: base\ntitle: {$ref: owner}\n")
    project.write(TWO, '{"$extends": "base", "model": {"alpha": {"$ref": "model.optimizer.beta"}}}\n')


def test_origins_as_text(call: Call) -> None:
    """The value's place, what it comes through, and what it shadows."""
    done = call("show", "training", "--binding", "EXP_02", "--env", "dev", "--path", "model", "--origins")
    assert done.err == ""
    assert done.out.splitlines() == [
        f"alpha: 0.7  # {PART}:2:19, through {BASE}:2:8, {TWO}:1:41, shadows {PART}:1:8, {LOW}",
        "features:",
        f"  - bp  # {BASE}:2:54, shadows settings/settings.yaml:3:14",
        "optimizer:",
        "  kind: adam  # settings/settings.yaml:5:11",
        f"  beta: 0.7  # {PART}:2:19, through {BASE}:2:8, shadows settings/settings.yaml:6:11",
        f"# removed: model.features[1] of settings/settings.yaml:3:19, by {BASE}:2:53 (replaced)",
    ]


def test_origins_as_json(call: Call) -> None:
    """A list of places, where there are some."""
    done = call("show", "training", "--binding", "EXP_01", "--env", "dev", "--origins", "--format", "json")
    leaves = json.loads(done.out)
    assert leaves["title"]["origin"] == {"source": BASE, "line": 1, "column": 8}
    assert leaves["title"]["through"] == [{"source": ONE, "line": 2, "column": 8}]
    assert "through" not in leaves["owner"]


def test_a_change_in_an_included_file_makes_the_lock_stale(project: Project, call: Call) -> None:
    """The finding is at the line that sets the value now."""
    assert call("lock").code == 0
    assert call("lock", "--check").code == 0
    project.write(PART, "# changed\nalpha: 0.95\noptimizer: {beta: 0.7}\n")
    done = call("lock", "--check")
    assert done.code == 1
    assert f"{PART}:2:8: error TF705 not-locked: `model.alpha` is 0.95, but was locked as 0.9" in done.out + done.err


def test_a_git_revision_has_its_own_files(project: Project, call: Call) -> None:
    """An included file is read as it was then."""
    project.write(".gitignore", "__pycache__/\n.typedflow/\n.metaflow/\n")
    user = ("-c", "user.name=demo", "-c", "user.email=demo@example.org")
    for command in (("init", "-q"), ("add", "."), (*user, "commit", "-qm", "demo")):
        subprocess.run(["git", *command], cwd=project.root, check=True)  # noqa: S607 # the git of PATH
    project.write(PART, "alpha: 0.9\noptimizer: {beta: 0.6}\n")
    done = call("diff", "training", "HEAD:EXP_02@dev", "EXP_02@dev")
    assert done.code == 1, done.err
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[1] == f"model.alpha 0.7 (HEAD:{PART}:2) 0.6 ({PART}:2)"


def test_two_bindings(call: Call) -> None:
    """Each value has the line that sets it."""
    done = call("diff", "training", "EXP_01@dev", "EXP_02@dev", "--format", "json")
    changed = {each["path"]: [side["origin"] for side in each["sides"]] for each in json.loads(done.out)["changed"]}
    assert changed["model.alpha"] == [f"{PART}:1:8", f"{PART}:2:19"]


def test_a_group_on_the_command_line(call: Call) -> None:
    """Its files are those of the field."""
    one = ("show", "training", "--binding", "EXP_01", "--env", "dev", "--path", "model.alpha")
    done = call(*one, "--set", "model=@adam")
    assert (done.out, done.err) == ("0.9\n", "")
    done = call(*one, "--set", "model=@adm")
    assert done.code == 2
    assert "did you mean `@adam`?" in done.err


@pytest.mark.parametrize(
    "command",
    [
        ("show", "training", "--binding", "EXP_01", "--env", "dev"),
        ("show", "training", "--binding", "EXP_01", "--env", "dev", "--origins"),
        ("show", "training", "--binding", "EXP_01", "--env", "dev", "--origins", "--format", "toml"),
        ("diff", "training", "EXP_01@dev", "EXP_02@dev"),
        ("diff", "training", "EXP_01@dev", "EXP_02@dev", "--format", "json"),
        ("check",),
        ("check", "--format", "json"),
    ],
    ids=" ".join,
)
def test_a_secret_is_masked_at_both_keys(project: Project, call: Call, command: tuple[str, ...]) -> None:
    """Where it is set, and where a reference takes it."""
    settings = (project.root / "flows/settings.py").read_text(encoding="utf-8")
    project.write("flows/settings.py", settings + '    password: str = "none"\n')
    project.write(ONE, f"$extends: base\npassword: {CANARY}\ntitle: {{$ref: password}}\n")
    done = call(*command)
    assert CANARY not in done.out + done.err
    if command[0] != "check":
        assert "****" in done.out
