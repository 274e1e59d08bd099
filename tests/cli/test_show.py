"""``typedflow show``: every option, whole outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import yaml

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.usefixtures("project")

EXP_01 = """\
model:
  alpha: 0.3
  features:
    - age
    - bmi
  optimizer:
    kind: adam
    beta: 0.8
title: Diabetes
owner: null
"""
EXP_02 = """\
model:
  alpha: 0.2
  features:
    - age
    - bmi
  optimizer:
    kind: sgd
title: Diabetes
owner: null
"""


def test_one_binding_is_one_yaml_document(call: Call) -> None:
    """The settings of a binding are merged of all layers, defaults included, in the model's order."""
    done = call("show", "training", "--binding", "EXP_01")
    assert (done.code, done.out, done.err) == (0, EXP_01, "")


def test_all_bindings_are_yaml_documents(call: Call) -> None:
    """``--all-bindings`` separates documents by ``---`` and names each binding."""
    done = call("show", "training", "--all-bindings")
    assert (done.code, done.out) == (0, f"---\n# binding EXP_01\n{EXP_01}---\n# binding EXP_02\n{EXP_02}")


@pytest.mark.parametrize(("format_", "read"), [("json", json.loads), ("toml", tomli.loads)])
def test_all_bindings_are_keys(call: Call, format_: str, read: Callable[[str], Any]) -> None:
    """In JSON and TOML the settings of all bindings are one document, by binding."""
    found = read(call("show", "training", "--all-bindings", "--format", format_).out)
    assert list(found) == ["EXP_01", "EXP_02"]
    assert found["EXP_02"]["model"] == {"alpha": 0.2, "features": ["age", "bmi"], "optimizer": {"kind": "sgd"}}


def test_toml_has_a_comment_for_null(call: Call) -> None:
    """TOML has no null, so the key is omitted, with a comment."""
    done = call("show", "report", "--format", "toml")
    assert (
        done.out
        == """\
title = "Diabetes"
# owner = null

[model]
alpha = 0.2
features = ["age", "bmi"]

[model.optimizer]
kind = "adam"
beta = 0.8
"""
    )


def test_formats_say_the_same(call: Call) -> None:
    """YAML and JSON hold the same values; TOML holds them without null."""
    as_yaml = yaml.safe_load(call("show", "report").out)
    as_json = json.loads(call("show", "report", "--format", "json").out)
    as_toml = tomli.loads(call("show", "report", "--format", "toml").out)
    assert as_yaml == as_json == {**as_toml, "owner": None}


def test_origins_stand_beside_each_leaf(call: Call) -> None:
    """Each leaf has its origin and what it shadows; removed keys are listed at the end."""
    done = call("show", "training", "--binding", "EXP_02", "--origins")
    assert (
        done.out
        == """\
model:
  alpha: 0.2  # settings/settings.environment.dev.yaml:2:10, shadows settings/settings.yaml:2:10
  features:
    - age  # settings/settings.yaml:3:14
    - bmi  # settings/settings.yaml:3:19
  optimizer:
    kind: sgd  # settings/settings.configuration.EXP_02.json:1:34, shadows settings/settings.yaml:5:11
title: Diabetes  # default, flows/settings.py:25
owner: null  # default, flows/settings.py:26
# removed: model.optimizer.beta of settings/settings.yaml:6:11, \
by settings/settings.configuration.EXP_02.json:1:34 (`kind` became 'sgd')
"""
    )


def test_origins_in_toml(call: Call) -> None:
    """TOML carries the same comments; a list is written by lines for them."""
    done = call("show", "report", "--origins", "--format", "toml", "--path", "model")
    assert (
        done.out
        == """\
alpha = 0.2  # settings/settings.environment.dev.yaml:2:10, shadows settings/settings.yaml:2:10
features = [
  "age",  # settings/settings.yaml:3:14
  "bmi",  # settings/settings.yaml:3:19
]

[optimizer]
kind = "adam"  # settings/settings.yaml:5:11
beta = 0.8  # settings/settings.yaml:6:11
"""
    )


def test_origins_in_json(call: Call) -> None:
    """JSON has a leaf by key path, with its value, origin, what it shadows, and whether it is a default."""
    found = json.loads(call("show", "training", "--binding", "EXP_02", "--origins", "--format", "json").out)
    base = {"source": "settings/settings.yaml", "line": 2, "column": 10}
    environment = {"source": "settings/settings.environment.dev.yaml", "line": 2, "column": 10}
    assert found["model.alpha"] == {"value": 0.2, "origin": environment, "shadows": [base], "default": False}
    declared = {"source": "flows/settings.py", "line": 25, "column": 1}
    assert found["title"] == {"value": "Diabetes", "origin": declared, "shadows": [], "default": True}
    assert [item["path"] for item in found["$removed"]] == ["model.optimizer.beta"]


def test_origins_of_all_bindings(call: Call) -> None:
    """``--origins`` and ``--all-bindings`` go together."""
    found = json.loads(call("show", "training", "--all-bindings", "--origins", "--format", "json").out)
    assert found["EXP_01"]["model.alpha"]["origin"]["source"] == "settings/settings.configuration.EXP_01.yaml"
    assert found["EXP_02"]["model.alpha"]["origin"]["source"] == "settings/settings.environment.dev.yaml"


def test_an_option_has_an_origin(call: Call) -> None:
    """The origin of a value from the command line is its option."""
    done = call("show", "report", "--set", "model.alpha=0.9", "--path", "model.alpha", "--origins")
    shadows = "settings/settings.environment.dev.yaml:2:10, settings/settings.yaml:2:10"
    assert done.out == f"0.9  # --set model.alpha=0.9, shadows {shadows}\n"


def test_an_environment_variable_has_an_origin(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The origin of a value from an environment variable is the variable."""
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__TITLE", "Hearts")
    assert call("show", "report", "--path", "title", "--origins").out == "Hearts  # TYPEDFLOW__SETTINGS__TITLE\n"


@pytest.mark.parametrize(
    ("path", "format_", "expected"),
    [
        ("model.alpha", "yaml", "0.2\n"),
        ("model.alpha", "json", "0.2\n"),
        ("model.alpha", "toml", "alpha = 0.2\n"),
        ("model.features", "yaml", "- age\n- bmi\n"),
        ("model.features", "toml", 'features = ["age", "bmi"]\n'),
        ("model.features[1]", "yaml", "bmi\n"),
        ("model.features[1]", "toml", '"model.features[1]" = "bmi"\n'),
        ('"model".optimizer', "yaml", "kind: adam\nbeta: 0.8\n"),
        ("owner", "yaml", "null\n"),
        ("owner", "toml", "# owner = null\n"),
    ],
)
def test_a_path_narrows(call: Call, path: str, format_: str, expected: str) -> None:
    """``--path`` shows only the value there; in TOML it has the name that it requires."""
    assert call("show", "report", "--path", path, "--format", format_).out == expected


def test_env_chooses_an_environment(call: Call) -> None:
    """``--env`` chooses another environment than the default."""
    assert call("show", "report", "--env", "production", "--path", "model.alpha").out == "0.4\n"


def test_set_may_be_repeated(call: Call) -> None:
    """Every ``--set`` counts, the last one most."""
    options = ("--set", "model.alpha=1", "--set", "title=x", "--set", "model.alpha=2")
    found = yaml.safe_load(call("show", "report", *options).out)
    assert (found["model"]["alpha"], found["title"]) == (2.0, "x")


def test_the_only_flow_needs_no_name(project: Project, call: Call) -> None:
    """A project with one flow, which has one binding, shows it without further words."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n[flows.report]\nfile = "flows/report.py"\n')
    assert call("show", "--path", "model.alpha").out == "0.1\n"


def test_the_only_binding_needs_no_name(project: Project, call: Call) -> None:
    """A flow with one binding is shown under it."""
    manifest = 'model = "flows/settings.py:Settings"\n[flows.a]\nfile = "flows/report.py"\nbindings = ["EXP_01"]\n'
    project.write("typedflow.toml", manifest)
    assert call("show", "a", "--path", "model.alpha").out == "0.3\n"


def test_a_wrong_binding_hides_no_other(project: Project, call: Call) -> None:
    """With ``--all-bindings`` the bindings that resolve are shown, the others are reported, and the code is 1."""
    project.write("settings/settings.configuration.EXP_01.yaml", "model:\n  alpa: 1\n")
    done = call("show", "training", "--all-bindings")
    assert (done.code, done.out) == (1, f"---\n# binding EXP_02\n{EXP_02}")
    assert (
        done.err
        == """\
settings/settings.configuration.EXP_01.yaml:2:3: error TF302 unknown-key: `model.alpa` is not a field of Model
  2 |   alpa: 1
    |   ^^^^ did you mean `alpha`?
  = declared at flows/settings.py:17 (class Model); binding EXP_01
"""
    )


def test_a_global_mistake_is_reported_once(project: Project, call: Call) -> None:
    """A finding that all bindings share is one finding, with the bindings that it is about."""
    project.write("settings/settings.environment.dev.yaml", "model:\n  alpha: much\n")
    project.write("settings/settings.configuration.EXP_01.yaml", "{}\n")
    done = call("show", "training", "--all-bindings", "--format", "json")
    assert (done.code, done.out) == (1, "{}\n")
    assert done.err.count("TF301 invalid-value") == 1
    assert "binding EXP_01, EXP_02" in " ".join(done.err.split())


def test_many_bindings_are_counted(project: Project, call: Call) -> None:
    """A finding names five bindings at most, and says how many more have it."""
    for number in range(3, 9):
        project.write(f"settings/settings.configuration.EXP_0{number}.yaml", "{}\n")
    project.write("settings/settings.yaml", "title: [\n")
    done = call("show", "training", "--all-bindings")
    assert "binding EXP_01, EXP_02, EXP_03, EXP_04, EXP_05 and 3 more" in " ".join(done.err.split())


def test_a_project_without_flows(project: Project, call: Call) -> None:
    """A project that has no flow yet has nothing to show, and says how to add one."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n')
    done = call("show")
    assert (done.code, done.out) == (2, "")
    assert (
        done.err
        == """\
error TF507 bad-option: the project has no flow
  = help: add one to typedflow.toml: `[flows.NAME]` with its `file`, or a glob of files, such as
    `[flows."flows/*"]`
"""
    )


WRONG = {
    "unknown-flow": (
        ("trainin",),
        "typedflow.toml:3:2: error TF503 unknown-flow: `trainin` is not a flow of this project",
    ),
    "several-flows": ((), "error TF507 bad-option: the project has several flows: `training`, `report`"),
    "unknown-binding": (
        ("training", "--binding", "EXP_1"),
        "typedflow.toml:5:12: error TF504 unknown-binding: there is no binding `EXP_1`; `training` has",
    ),
    "several-bindings": (("training",), "error TF507 bad-option: `training` has several bindings: `EXP_01`, `EXP_02`"),
    "unknown-environment": (
        ("report", "--env", "prod"),
        "typedflow.toml:10:2: error TF509 unknown-environment: there is no environment `prod`; the project has `dev`,",
    ),
    "no-equals-sign": (("report", "--set", "alpha"), "--set alpha: error TF507 bad-option: `alpha` has no `=`"),
    "no-key-path": (("report", "--set", "a..b=1"), "--set a..b=1: error TF507 bad-option: `a..b` is not a key path"),
    "set-unknown-key": (("report", "--set", "modl=1"), "--set modl=1: error TF302 unknown-key: `modl` is not a field"),
    "set-wrong-type": (
        ("report", "--set", "model.alpha=x"),
        "--set model.alpha=x: error TF301 invalid-value: `model.alpha` is 'x': input should be a valid number",
    ),
    "unknown-path": (
        ("report", "--path", "model.alpa"),
        "--path model.alpa: error TF510 unknown-path: `model.alpa` is not in the settings; `model` has `alpha`,",
    ),
    "path-past-a-list": (
        ("report", "--path", "model.features[2]"),
        "--path model.features[2]: error TF510 unknown-path: `model.features[2]` is not in the settings;",
    ),
    "path-past-a-leaf": (
        ("report", "--path", "title.x"),
        "--path title.x: error TF510 unknown-path: `title.x` is not in the settings; `title` has no keys",
    ),
    "bad-path": (("report", "--path", "a..b"), "--path a..b: error TF507 bad-option: `a..b` is not a key path"),
}


@pytest.mark.parametrize(("arguments", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_command_line(project: Project, call: Call, arguments: tuple[str, ...], expected: str) -> None:
    """What is not there is a diagnostic and the code 2; nothing goes to standard output or to disk."""
    before = project.files()
    done = call("show", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(expected)
    assert project.files() == before


def test_a_path_that_was_meant(call: Call) -> None:
    """An unknown key path comes with the closest one."""
    assert call("show", "report", "--path", "model.alpa").err.endswith("  = help: did you mean `alpha`?\n")


FINDINGS = {
    "broken-yaml": ("settings/settings.yaml", "model: [1,\n", "settings/settings.yaml", "TF101 invalid-syntax"),
    "broken-manifest": ("typedflow.toml", "model = \n", "typedflow.toml:1:9", "TF101 invalid-syntax"),
    "wrong-manifest": ("typedflow.toml", 'modl = "a:b"\n', "typedflow.toml:1:1", "error TF302"),
    "no-model": ("flows/settings.py", "", "typedflow.toml:1:9", "TF508 model-not-found"),
    "broken-model": ("flows/settings.py", "x = (\n", "flows/settings.py:1:5", "TF508 model-not-found"),
    "duplicate-key": ("settings/settings.yaml", "title: a\ntitle: b\n", "settings/settings.yaml:2:1", "TF102"),
    "missing-key": (
        "settings/settings.yaml",
        "model:\n  alpha: 1\n",
        "settings/settings.environment.dev.yaml",
        "TF303",
    ),
}


@pytest.mark.parametrize(("name", "text", "place", "rule"), FINDINGS.values(), ids=FINDINGS)
def test_a_finding(project: Project, call: Call, name: str, text: str, place: str, rule: str) -> None:
    """What is wrong in files is a diagnostic with its place, and the code 1."""
    project.write(name, text)
    done = call("show", "report")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(place)
    assert rule in done.err


def test_a_declared_binding_without_a_file_is_a_finding(project: Project, call: Call) -> None:
    """The manifest is wrong there, not the command line: the code is 1."""
    manifest = 'model = "flows/settings.py:Settings"\n[flows.a]\nfile = "a.py"\nbindings = ["EXP_01", "EXP_3"]\n'
    project.write("typedflow.toml", manifest)
    done = call("show", "a", "--binding", "EXP_01")
    assert done.code == 1
    assert done.err.startswith("typedflow.toml:4:23: error TF504 unknown-binding: there is no binding `EXP_3`")


def test_a_directory_is_no_settings_file(project: Project, call: Call) -> None:
    """A file that cannot be read is a diagnostic."""
    (project.root / "settings/settings.configuration.EXP_03.yaml").mkdir()
    done = call("show", "training", "--binding", "EXP_03")
    assert done.code == 1
    assert done.err.startswith("settings/settings.configuration.EXP_03.yaml: error TF506 unreadable-file")


def test_pydantics_own_base_is_no_model(project: Project, call: Call) -> None:
    """A manifest that names ``BaseModel`` itself is wrong, wherever that was imported."""
    project.write("typedflow.toml", 'model = "pydantic:BaseModel"\n[flows.report]\nfile = "flows/report.py"\n')
    done = call("show", "report")
    assert done.code == 1
    assert "typedflow.toml:1:9: error TF508 model-not-found: `BaseModel` is not a Pydantic model" in done.err
