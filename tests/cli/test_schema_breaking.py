"""``typedflow schema breaking``, in repositories of real commits."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

import pytest

pytestmark = pytest.mark.slow

SETTINGS = "flows/settings.py"
AGAINST = ("schema", "breaking", "--against")


class Done(Protocol):
    """The result of a command line."""

    code: int
    out: str
    err: str


class Project(Protocol):
    """A project on disk."""

    root: Path

    def write(self, name: str, text: str) -> None:
        """Write one of its files."""


Call: TypeAlias = Callable[..., Done]
Git: TypeAlias = Callable[..., str]
Edit: TypeAlias = Callable[..., None]


@pytest.fixture
def git(project: Project) -> Git:
    """Put the project into a repository with one commit, and run git there."""

    def run(*arguments: str) -> str:
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        command = ["git", *settings, *arguments]
        return subprocess.run(command, cwd=project.root, check=True, capture_output=True, text=True).stdout.strip()

    project.write("flows/training.py", "")
    run("init", "-q")
    run("add", ".")
    run("commit", "-q", "-m", "yesterday")
    return run


@pytest.fixture
def edit(project: Project, git: Git) -> Edit:
    """Replace text of the model, after it was committed."""
    assert git("status", "--porcelain") == ""

    def edited(old: str, new: str) -> None:
        text = (project.root / SETTINGS).read_text()
        assert old in text
        project.write(SETTINGS, text.replace(old, new))

    return edited


def test_nothing_changed(call: Call, git: Git) -> None:
    """A model that is as it was breaks nothing, whatever else changed."""
    assert git("log", "--format=%s") == "yesterday"
    done = call(*AGAINST, "main")
    assert (done.code, done.out, done.err) == (0, "", "no change since main\n")


def test_what_breaks_is_shown_where_it_is_declared(call: Call, edit: Edit) -> None:
    """A removed field has its old location, any other both."""
    edit("    owner: str | None = None\n", "")
    edit("    alpha: float\n", "    alpha: int\n    seed: int\n")
    edit('"Diabetes"', '"Iris"')
    done = call(*AGAINST, "main", "--direction", "files")
    assert done.code == 1
    assert done.out.startswith("""\
flows/settings.py:18:1: error TF602 breaking-change: `model.alpha` no longer accepts a number: it accepts an integer
  = was declared at main:flows/settings.py:18
flows/settings.py:19:1: error TF602 breaking-change: `model.seed` is new and required
main:flows/settings.py:26:1: error TF602 breaking-change: `owner` is no longer a field, and unknown keys are rejected
flows/settings.py:26:1: warning TF603 risky-change: `title` now has the default "Iris"; it was "Diabetes"
  = was declared at main:flows/settings.py:25
settings/settings.configuration.EXP_01.yaml:1:1: error TF303 missing-key: `model.seed` is missing; Model requires it
""")
    assert done.err == "3 breaking, 1 risky and 0 safe changes since main; 6 problems in settings files\n"


def test_risky_changes_are_refused_on_request(call: Call, edit: Edit) -> None:
    """Another default is a warning; with `--strict` the code is 1."""
    edit('"Diabetes"', '"Iris"')
    done = call(*AGAINST, "HEAD")
    assert (done.code, done.err) == (0, "0 breaking, 1 risky and 0 safe changes since HEAD\n")
    assert done.out == (
        'flows/settings.py:25:1: warning TF603 risky-change: `title` now has the default "Iris"; '
        'it was "Diabetes"\n  = was declared at HEAD:flows/settings.py:25\n'
    )
    assert call(*AGAINST, "HEAD", "--strict").code == 1


def test_safe_changes_are_counted(call: Call, edit: Edit) -> None:
    """A field that files may leave out hurts no file; it is shown on request."""
    edit("    title: str", "    extra: int = 1\n    title: str")
    done = call(*AGAINST, "main", "--direction", "files")
    assert (done.code, done.out, done.err) == (0, "", "0 breaking, 0 risky and 1 safe changes since main\n")
    done = call(*AGAINST, "main", "--direction", "files", "--all")
    assert done.out == "flows/settings.py:25:1: safe: `extra` is a new optional field\n"


def test_readers_may_break_where_files_do_not(call: Call, edit: Edit) -> None:
    """Compiled configs hold a new field, and yesterday's model forbids unknown keys."""
    edit("    title: str", "    extra: int = 1\n    title: str")
    done = call(*AGAINST, "main", "--direction", "readers")
    assert done.code == 1
    assert "`extra` is a new field, and the old model rejects unknown keys" in done.out


def test_a_renamed_field_has_advice(call: Call, edit: Edit) -> None:
    """The old key may be kept; then files fit."""
    edit("    owner: str | None", "    contact: str | None")
    done = call(*AGAINST, "main", "--direction", "files")
    assert done.code == 1
    assert "= help: if you renamed it to `contact`, keep the old key:" in done.out
    assert 'Field(validation_alias=AliasChoices("contact", "owner"))' in done.out


def test_the_advice_helps(call: Call, edit: Edit) -> None:
    """With the alias that is advised, files that set the old key fit."""
    edit("from pydantic import Field", "from pydantic import AliasChoices, Field")
    alias = 'Field(None, validation_alias=AliasChoices("contact", "owner"))'
    edit("    owner: str | None = None", f"    contact: str | None = {alias}")
    assert call(*AGAINST, "main", "--direction", "files").code == 0


def test_json_has_all(call: Call, edit: Edit) -> None:
    """For programs: every change in each direction, with both places."""
    edit("    alpha: float\n", "    alpha: int\n")
    done = call(*AGAINST, "main", "--format", "json")
    found = json.loads(done.out)
    assert (done.code, done.err, found["version"], found["against"]) == (1, "", 2, "main")
    assert found["changes"] == [
        {
            "kind": "breaking",
            "direction": "files",
            "config": "settings",
            "path": "model.alpha",
            "keyword": "type",
            "message": "`model.alpha` no longer accepts a number: it accepts an integer",
            "old": "a number",
            "new": "an integer",
            "hint": None,
            "place": {"file": "flows/settings.py", "line": 18},
            "was": {"file": "main:flows/settings.py", "line": 18},
        },
        {
            "kind": "safe",
            "direction": "readers",
            "config": "settings",
            "path": "model.alpha",
            "keyword": "type",
            "message": "`model.alpha` is now an integer, and no longer a number",
            "old": "a number",
            "new": "an integer",
            "hint": None,
            "place": {"file": "flows/settings.py", "line": 18},
            "was": {"file": "main:flows/settings.py", "line": 18},
        },
    ]
    assert {item["code"] for item in found["diagnostics"]} == {"TF301"}


def test_bindings_that_do_not_fit_are_findings(call: Call, project: Project, git: Git) -> None:
    """Settings files are checked against the current model, even if the model has not changed."""
    project.write("settings/settings.configuration.EXP_01.yaml", "model: {alpha: much}\n")
    done = call(*AGAINST, "main")
    assert (done.code, done.err) == (1, "no change since main; 1 problem in settings files\n")
    assert "settings/settings.configuration.EXP_01.yaml:1:16: error TF301 invalid-value" in done.out
    assert "binding EXP_01" in done.out
    assert git("status", "--porcelain") != ""


def test_every_environment_is_resolved(call: Call, project: Project, git: Git) -> None:
    """An environment that nobody has chosen here may not fit either."""
    project.write("settings/settings.environment.production.toml", "[model]\nalpha = []\n")
    assert "settings/settings.environment.production.toml:2:9: error TF301" in call(*AGAINST, "main").out
    assert git("branch") == "* main"


def test_a_project_below_the_repository(call: Call, project: Project, tmp_path: Path) -> None:
    """The project may be any directory of a repository."""
    (tmp_path / "outer").mkdir()
    for item in [item for item in tmp_path.iterdir() if item.name != "outer"]:
        item.rename(tmp_path / "outer" / item.name)
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*settings, "commit", "-q", "-m", "yesterday"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)  # noqa: S607 # the git of PATH
    text = (project.root / f"outer/{SETTINGS}").read_text()
    project.write(f"outer/{SETTINGS}", text.replace('"Diabetes"', '"Iris"'))
    done = call(*AGAINST, "HEAD", "--project", "outer")
    assert done.code == 0
    assert done.out.startswith("flows/settings.py:25:1: warning TF603")


def test_nothing_is_written(call: Call, project: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither to the project and its repository nor to the place for temporary files."""
    edit('"Diabetes"', '"Iris"')
    place = project.root.parent / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    before = sorted(path for path in project.root.rglob("*") if path.name != "index")
    assert call(*AGAINST, "main").code == 0
    assert sorted(path for path in project.root.rglob("*") if path.name != "index") == before
    assert list(place.iterdir()) == []


def test_configs_of_flows_are_compared(call: Call, project: Project, git: Git) -> None:
    """What a flow declares beside the settings is named by flow and config."""
    flow = (
        "from metaflow import FlowSpec, step\nfrom typedflow import Config, ConfigModel\n\n\n"
        "class Train(ConfigModel):\n    rate: float = 0.1\n\n\n"
        "class Training(FlowSpec):\n    train = Config('train', model=Train, default_value='{}')\n\n"
        "    @step\n    def start(self):\n        self.next(self.end)\n\n"
        "    @step\n    def end(self):\n        pass\n"
    )
    project.write("flows/training.py", flow)
    git("commit", "-q", "-a", "-m", "flow")
    project.write("flows/training.py", flow.replace("0.1", "0.2"))
    done = call(*AGAINST, "main")
    assert (done.code, done.err) == (0, "0 breaking, 1 risky and 0 safe changes since main\n")
    assert done.out.startswith(
        "flows/training.py:6:1: warning TF603 risky-change: `rate` now has the default 0.2; it was 0.1 "
        "(config `training.train`)\n"
    )


def test_flows_that_cannot_be_imported_are_named(call: Call, project: Project, git: Git) -> None:
    """Their own configs are not compared, and the rest is."""
    project.write("flows/report.py", "import nowhere_at_all\n")
    assert git("status", "--porcelain") != ""
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "no change since main\n`report` cannot be imported, so its own configs are not compared: "
        "ModuleNotFoundError: No module named 'nowhere_at_all'\n"
    )
    assert json.loads(call(*AGAINST, "main", "--format", "json").out)["skipped"] == ["report"]


def test_what_a_model_prints_disturbs_nobody(call: Call, project: Project, git: Git) -> None:
    """A model's output is neither data nor an answer."""
    project.write(SETTINGS, "print('{}')\n" + (project.root / SETTINGS).read_text())
    done = call(*AGAINST, "main", "--format", "json")
    assert (done.code, json.loads(done.out)["changes"]) == (0, [])
    assert git("diff", "--stat") != ""


def test_yesterdays_modules_are_yesterdays(call: Call, project: Project, git: Git) -> None:
    """What the model imports from the project is as it was, too."""
    text = (project.root / SETTINGS).read_text()
    project.write("flows/shared.py", "TITLE = 'old'\n")
    project.write(SETTINGS, "from shared import TITLE\n" + text.replace('"Diabetes"', "TITLE"))
    git("add", ".")
    git("commit", "-q", "-m", "shared")
    project.write("flows/shared.py", "TITLE = 'new'\n")
    assert '`title` now has the default "new"; it was "old"' in call(*AGAINST, "main").out


def test_a_package_in_a_source_folder_is_yesterdays(
    call: Call, project: Project, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that is installed to be edited is found in the working tree; at the revision, in the revision's."""
    manifest = (project.root / "typedflow.toml").read_text().replace("flows/settings.py:", "owned.models:")
    project.write("typedflow.toml", manifest)
    project.write("src/owned/models.py", (project.root / SETTINGS).read_text())
    git("add", ".")
    git("commit", "-q", "-m", "package")
    project.write("src/owned/models.py", (project.root / SETTINGS).read_text().replace('"Diabetes"', '"Iris"'))
    monkeypatch.setenv("PYTHONPATH", str(project.root / "src"), prepend=os.pathsep)
    assert "was declared at main:src/owned/models.py:25" in call(*AGAINST, "main").out


def test_todays_modules_are_not_taken_for_yesterdays(call: Call, project: Project, git: Git) -> None:
    """A module that is only in the working tree is rejected: it would be compared with itself."""
    hidden = f"import sys\nsys.path.insert(0, {str(project.root / 'lib')!r})\nimport helping\n"
    project.write(SETTINGS, hidden + (project.root / SETTINGS).read_text())
    project.write("lib/helping.py", "")
    git("add", ".")
    git("commit", "-q", "-m", "hidden")
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (2, "")
    assert "error TF508 model-not-found: `helping` is imported from the working tree" in done.err


def test_a_model_that_could_not_be_imported_then(call: Call, project: Project, git: Git) -> None:
    """There is nothing to compare with; the place is the revision's, and the code 2."""
    good = (project.root / SETTINGS).read_text()
    project.write(SETTINGS, "import nowhere_at_all\n")
    git("commit", "-q", "-a", "-m", "broken")
    project.write(SETTINGS, good)
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "main:flows/settings.py:1:1: error TF508 model-not-found: importing flows/settings.py fails"
    )


def test_a_model_that_ended_the_process_then(call: Call, project: Project, git: Git) -> None:
    """Even a model that ends Python is a finding that names the revision."""
    good = (project.root / SETTINGS).read_text()
    project.write(SETTINGS, "import os\nos._exit(4)\n")
    git("commit", "-q", "-a", "-m", "broken")
    project.write(SETTINGS, good)
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("main: error TF409 import-failed: the code ended the process with exit code 4")


def test_a_manifest_that_was_wrong_then(call: Call, project: Project, git: Git) -> None:
    """What was wrong with the manifest is shown in the revision's."""
    good = (project.root / "typedflow.toml").read_text()
    project.write("typedflow.toml", "modle = 1\n")
    git("commit", "-q", "-a", "-m", "broken")
    project.write("typedflow.toml", good)
    done = call(*AGAINST, "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "HEAD:typedflow.toml:1:1: error TF302 unknown-key: `modle` is not a field of Manifest" in done.err


def test_a_model_that_cannot_be_imported_now(call: Call, project: Project, git: Git) -> None:
    """That is a finding in the project, as ever: the code is 1."""
    project.write(SETTINGS, "import nowhere_at_all\n")
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("flows/settings.py:1:1: error TF508 model-not-found")
    assert git("branch") == "* main"


def test_an_unknown_revision_is_a_wrong_command_line(call: Call, git: Git) -> None:
    """The branch that was probably meant is named."""
    assert git("branch") == "* main"
    done = call(*AGAINST, "mian")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "--against mian: error TF507 bad-option: git has no revision `mian`\n  = help: did you mean `main`?\n"
    )


def test_without_a_repository(call: Call, project: Project) -> None:
    """A project outside of git has no past."""
    assert project.root.is_dir()
    done = call(*AGAINST, "main")
    assert (done.code, done.out) == (2, "")
    assert "a revision requires a git repository, and this is not one" in done.err


def test_a_revision_without_the_project(call: Call, git: Git) -> None:
    """A revision from before the project began cannot be compared with."""
    git("checkout", "-q", "--orphan", "other")
    git("rm", "-q", "-r", "--cached", ".")
    git("commit", "-q", "--allow-empty", "-m", "empty")
    done = call(*AGAINST, "other")
    assert (done.code, done.out) == (2, "")
    assert "--against other: error TF501 no-project: at `other` there is no project" in done.err


@pytest.mark.parametrize("arguments", [(), ("--against",), ("--against", "main", "--direction", "up")])
def test_a_command_line_that_says_too_little(call: Call, project: Project, arguments: tuple[str, ...]) -> None:
    """The revision must be named, and a direction be one of those that there are."""
    assert project.root.is_dir()
    done = call("schema", "breaking", *arguments)
    assert (done.code, done.out) == (2, "")


def test_tables_are_compared_at_their_lines(project: Project, call: Call, git: Git) -> None:
    """Those that cannot be read at the revision are named."""
    project.write("schemas/films.tbl.yaml", "table: a.films\ncolumns:\n  day: date\n  name: text\n")
    project.write("schemas/bad.tbl.yaml", "table: a.bad\n")
    project.write("typedflow.toml", (project.root / "typedflow.toml").read_text() + '\n[tables."schemas/*.tbl.yaml"]\n')
    git("add", ".")
    git("commit", "-q", "-m", "tables")
    project.write("schemas/bad.tbl.yaml", "table: a.bad\ncolumns: {a: int}\n")
    project.write("schemas/films.tbl.yaml", "table: a.films\ncolumns:\n  day: {type: date, nullable: false}\n")
    done = call(*AGAINST, "HEAD")
    assert done.code == 1
    assert (
        "schemas/films.tbl.yaml:3:3: error TF602 breaking-change: the column `day` of `films` cannot be null now: "
        "this breaks what writes it\n" in done.out
    )
    assert "HEAD:schemas/films.tbl.yaml:4:3: error TF602 breaking-change: the column `name` of `films`" in done.out
    assert "= was declared at HEAD:schemas/films.tbl.yaml:3\n" in done.out
    assert (
        "the file of `bad` is broken, so its columns are not compared: the table has no columns (at HEAD)" in done.err
    )
    data = json.loads(call(*AGAINST, "HEAD", "--format", "json").out)
    assert {each["config"] for each in data["changes"]} == {"table:films"}
    assert {each["path"] for each in data["changes"]} == {"columns.day.nullable", "columns.name"}
    assert data["skipped"] == ["bad"]
