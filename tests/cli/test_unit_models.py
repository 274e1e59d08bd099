"""Commands in a project whose units have models of their own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.check.test_unit_models import FILES

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.slow

UNION, TRAINING, SERVING, REPORT = "settings", "settings.Training", "settings.Serving", "settings.Report"
SHARED = "settings.Training-Serving"


@pytest.fixture(autouse=True)
def _files(project: Project) -> None:
    """Three flows, three models, shared files."""
    for file in [*project.root.glob("settings/*"), *project.root.glob("flows/*")]:
        file.unlink()
    for name, text in FILES.items():
        project.write(name, text)


def _schema(project: Project, name: str, kind: str = "") -> Draft202012Validator:
    return Draft202012Validator(json.loads((project.root / f"schemas/{name}{kind}.schema.json").read_text()))


def test_schemas_are_of_the_models_that_share_files(call: Call, project: Project) -> None:
    """One of all models, one of each, and one of those that share a binding; the names are the classes'."""
    done = call("schema", "export")
    names = [UNION, TRAINING, SERVING, REPORT, SHARED]
    expected = [f"schemas/{name}{kind}.schema.json" for name in names for kind in ("", ".overlay")]
    assert (done.code, sorted(done.out.split())) == (0, sorted(expected))
    assert call("schema", "export", "--check").code == 0
    shared = {"owner": "me", "epochs": 3, "port": 80, "title": "t", "limits": {"trials": 1, "requests": 2}}
    assert _schema(project, UNION).is_valid(shared)
    assert not _schema(project, UNION).is_valid({**shared, "epohcs": 3})
    assert not _schema(project, UNION).is_valid({**shared, "limits": {"trails": 1}})
    assert _schema(project, SHARED, ".overlay").is_valid({"epochs": 3, "port": 80})
    assert not _schema(project, SHARED, ".overlay").is_valid({"title": "t"})


def test_the_schema_of_a_unit_is_strict(call: Call, project: Project) -> None:
    """It has the fields of the unit's model, and requires what the model requires."""
    done = call("schema", "export", "--flow", "serving")
    assert (done.code, done.out.split()) == (0, [f"schemas/{SERVING}{kind}.schema.json" for kind in ("", ".overlay")])
    assert _schema(project, SERVING).is_valid({"owner": "me", "port": 80})
    assert not _schema(project, SERVING).is_valid({"owner": "me"})
    assert not _schema(project, SERVING).is_valid({"owner": "me", "port": 80, "epochs": 3})


def test_classes_of_one_name_have_their_modules_names(call: Call, project: Project) -> None:
    """Two classes that are called the same have different schemas."""
    text = (project.root / "typedflow.toml").read_text(encoding="utf-8")
    project.write("typedflow.toml", text.replace("report_model.py:Report", "other_model.py:Training"))
    project.write("flows/other_model.py", FILES["flows/report_model.py"].replace("Report", "Training"))
    names = {name.split("/")[1] for name in call("schema", "export").out.split()}
    assert {"settings.flows.other_model.Training.schema.json", "settings.Serving.schema.json"} <= names
    assert "settings.flows.training_model.Training.schema.json" in names


def test_editors_have_a_schema_for_each_file(call: Call, project: Project) -> None:
    """The files that all flows read have the union; that of a binding has what its flows' models have."""
    assert call("schema", "install").code == 0
    files = {name.split("settings/settings.")[1]: text for name, text in project.files().items() if "settings/" in name}
    found = {name: text.partition("schemas/")[2].partition(".schema.json")[0] for name, text in files.items()}
    assert found == {
        "yaml": UNION,
        "environment.prod.yaml": f"{UNION}.overlay",
        "configuration.EXP_01.yaml": f"{SHARED}.overlay",
        "configuration.EXP_02.yaml": f"{TRAINING}.overlay",
        "configuration.LIVE.yaml": f"{SERVING}.overlay",
    }
    assert call("schema", "install").err == "nothing to do\n"
    assert call("check").code == 0
    assert call("schema", "install", "--remove").code == 0
    assert {name: text for name, text in project.files().items() if name in FILES} == FILES


def test_an_editor_is_configured_by_file(call: Call, project: Project) -> None:
    """Globs of bindings stand for their files where all of these have one schema."""
    text = (project.root / "typedflow.toml").read_text(encoding="utf-8")
    project.write("typedflow.toml", text.replace('"EXP_01", "LIVE"', '"LIVE*"'))
    assert call("schema", "install", "--editor", "vscode").code == 0
    found = json.loads(project.files()[".vscode/settings.json"])["yaml.schemas"]
    assert {url: globs[::2] for url, globs in found.items()} == {
        "./schemas/settings.schema.json": ["settings/settings.yaml"],
        "./schemas/settings.overlay.schema.json": ["settings/settings.environment.*.yaml"],
        "./schemas/settings.Training.overlay.schema.json": ["settings/settings.configuration.EXP_*.yaml"],
        "./schemas/settings.Serving.overlay.schema.json": ["settings/settings.configuration.LIVE*.yaml"],
    }
    assert call("schema", "install", "--editor", "vscode", "--remove").code == 0
    assert ".vscode/settings.json" not in project.files()


def test_list_names_the_models(call: Call) -> None:
    """In the JSON."""
    units = json.loads(call("list", "--format", "json").out)["units"]
    assert [unit["model"] for unit in units] == [
        "flows/training_model.py:Training",
        "flows/serving_model.py:Serving",
        "flows/report_model.py:Report",
    ]


def test_the_lock_has_each_units_own_settings(call: Call, project: Project) -> None:
    """An edit of a key that one model has changes the entries of its units only."""
    assert call("lock").code == 0
    lock = json.loads(project.files()["typedflow.lock"])["units"]["flow"]
    assert {name: set(entry["default"]["config"]) for name, entry in lock.items() if "default" in entry} == {
        "report": {"limits", "note", "owner", "password", "title"}
    }
    project.write("settings/settings.yaml", FILES["settings/settings.yaml"].replace("port: 80", "port: 8888"))
    done = call("lock", "--check")
    assert done.code == 1
    assert "`port` is 8888, but was locked as 80" in done.err
    assert "training" not in done.err
    changed = json.loads(json.dumps(lock))
    call("lock")
    now = json.loads(project.files()["typedflow.lock"])["units"]["flow"]
    assert {name: entry for name, entry in now.items() if name != "serving"} == {
        name: entry for name, entry in changed.items() if name != "serving"
    }


def _git(project: Project, *arguments: str) -> None:
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=project.root, check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def committed(project: Project) -> Project:
    """The project, committed."""
    _git(project, "init")
    _git(project, "add", ".")
    _git(project, "commit", "-m", "one")
    return project


def test_breaking_changes_of_several_models(call: Call, committed: Project) -> None:
    """A change of the base class is one; a change of one model is that model's."""
    for name, old, new in (("base", "owner: str", "owner: int"), ("training_model", "epochs: int = 3", "epochs: int")):
        committed.write(f"flows/{name}.py", FILES[f"flows/{name}.py"].replace(old, new))
    done = call("schema", "breaking", "--against", "main", "--direction", "files", "--format", "json")
    found = json.loads(done.out)
    assert [(change["path"], change["config"]) for change in found["changes"]] == [
        ("owner", "settings.Training, settings.Serving, settings.Report"),
        ("epochs", "settings.Training"),
    ]
    done = call("schema", "breaking", "--against", "main", "--direction", "files")
    assert done.out.count("`owner` no longer accepts text") == 1


def test_a_unit_that_gets_a_model_of_its_own(call: Call, committed: Project) -> None:
    """Its settings are compared with what they were: those of another model."""
    text = FILES["typedflow.toml"].replace("report_model.py:Report", "serving_model.py:Serving")
    committed.write("typedflow.toml", text)
    done = call("schema", "breaking", "--against", "main", "--direction", "files", "--format", "json")
    found = {change["path"]: change for change in json.loads(done.out)["changes"]}
    assert set(found) == {"title", "password", "port", "limits.requests"}
    assert found["port"]["message"] == "`port` is new and required"


def test_diff_at_a_revision(call: Call, committed: Project) -> None:
    """Then as now, each unit has its own model."""
    committed.write("settings/settings.configuration.EXP_01.yaml", "epochs: 9\nport: 90\n")
    found: Any = {}
    for unit in ("training", "serving"):
        done = call("diff", unit, "EXP_01", "main:EXP_01", "--format", "json")
        found[unit] = [change["path"] for change in json.loads(done.out)["changed"]]
    assert found == {"training": ["epochs"], "serving": ["port"]}


def test_an_option_of_another_unit(call: Call) -> None:
    """The help says which unit has the field."""
    done = call("show", "training", "--binding", "EXP_01", "--env", "prod", "--set", "port=3")
    assert done.code == 2
    assert "= help: the flow `serving` has this field" in done.err
