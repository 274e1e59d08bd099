"""`typedflow.Project`: each method comes to what its command comes to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import typedflow
from typedflow import Project, TypedflowError
from typedflow.cli import main
from typedflow.render import text
from typedflow.values import format_path

if TYPE_CHECKING:
    from tests.operations.conftest import Make

SETTINGS = """\
from typedflow import ConfigModel


class Model(ConfigModel):
    alpha: float = 0.5
    layers: list[int] = [1]
    names: dict[str, str] = {}


class Settings(ConfigModel):
    model: Model = Model()
    title: str = "diabetes"
    either: int | str = 0
    table: dict[int, str] = {}
"""
FILES = {
    "flows/settings.py": SETTINGS,
    "settings/settings.yaml": "model:\n  alpha: 0.1\n",
    "settings/settings.configuration.EXP_01.yaml": "model:\n  alpha: 0.2\n",
    "settings/settings.configuration.EXP_02.yaml": "title: other\n",
}


@pytest.fixture
def root(make: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of a project with two flows, two bindings and an environment."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return make(FILES).root


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main([*arguments, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_units_and_variants_are_those_of_list(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, files, bindings, the environment and the digests."""
    listed = _printed(capsys, "list")
    project = Project.open(root)
    units = [(each.name, each.file.relative_to(root).as_posix(), each.config) for each in project.units()]
    assert units == [(unit["name"], unit["file"], unit["config"]) for unit in listed["units"]]
    rows = [(unit["name"], row["binding"], row["digest"]) for unit in listed["units"] for row in unit["bindings"]]
    found = project.variants()
    digests = [project.resolved(each.unit, binding=each.binding).digest for each in found]
    assert [(each.unit, each.binding, digest) for each, digest in zip(found, digests, strict=True)] == rows
    assert {each.environment for each in found} == {listed["environment"]}
    assert project.variants("training", bindings=["EXP_*2"]) == (found[1],)
    assert project.variants(bindings=["EXP_*"]) == found[:2]


def test_resolve_is_show(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The instance has the values, and the origins those of ``--origins``."""
    shown = _printed(capsys, "show", "training", "--binding", "EXP_01")
    project = Project.open(root)
    settings = project.resolve("training", binding="EXP_01")
    assert settings.to_dict() == shown
    found = project.resolved("training", binding="EXP_01")
    assert (found.settings, found.variant.binding, found.variant.environment) == (settings, "EXP_01", "dev")
    leaf = found.origins.leaves["model.alpha"]
    assert str(leaf.origin) == "settings/settings.configuration.EXP_01.yaml:2:10"
    assert [str(place) for place in leaf.shadows] == ["settings/settings.yaml:2:10"]
    assert str(found.origins.leaves["title"].origin) == "flows/settings.py:12:1"


OVERRIDES: dict[str, tuple[str, Any, Callable[[Any], Any]]] = {
    "a number": ("model.alpha", 3, lambda found: found.model.alpha),
    "a list": ("model.layers", [1, 2], lambda found: found.model.layers),
    "a text": ("title", "3", lambda found: found.title),
    "a text with an equals sign": ("title", "a=b", lambda found: found.title),
    "a text that a number could be": ("either", "3", lambda found: found.either),
    "a number that a text could be": ("either", 3, lambda found: found.either),
    "a mapping": ("model.names", {"a b": "no", "c": "1"}, lambda found: dict(found.model.names)),
    "integer keys": ("table", {1: "one"}, lambda found: dict(found.table)),
    "a key with an equals sign": ('model.names."a=b"', "c", lambda found: found.model.names["a=b"]),
}


@pytest.mark.parametrize(("path", "value", "read"), OVERRIDES.values(), ids=OVERRIDES)
def test_an_override_is_its_value(root: Path, path: str, value: Any, read: Callable[[Any], Any]) -> None:
    """Not a text that is read: its type is what Python has."""
    found = read(Project.open(root).resolve("training", binding="EXP_01", overrides={path: value}))
    assert found == value
    assert type(found) is type(value) or isinstance(value, int)


def test_overrides_are_above_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also above environment variables, and each has an origin."""
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__MODEL__ALPHA", "7")
    project = Project.open(root)
    assert project.resolve("training", binding="EXP_01").model.alpha == 7
    found = project.resolved("training", binding="EXP_01", overrides={"model.alpha": 8, "title": "t"})
    assert (found.settings.model.alpha, found.settings.title) == (8, "t")
    assert str(found.origins.leaves["model.alpha"].origin) == "--set model.alpha=8"


BAD: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a unit": ({"unit": "trainin"}, ["trainin"]),
    "no unit": ({"binding": "EXP_01"}, ["--binding", "EXP_01"]),
    "a binding": ({"unit": "training", "binding": "EXP_3"}, ["training", "--binding", "EXP_3"]),
    "no binding": ({"unit": "training"}, ["training"]),
    "an environment": (
        {"unit": "training", "binding": "EXP_01", "environment": "prod"},
        ["training", "--binding", "EXP_01", "--env", "prod"],
    ),
    "a path": (
        {"unit": "training", "binding": "EXP_01", "overrides": {"model.alpa": 3}},
        ["training", "--binding", "EXP_01", "--set", "model.alpa=3"],
    ),
    "a value": (
        {"unit": "training", "binding": "EXP_01", "overrides": {"model.alpha": "x", "model.layers": 1}},
        ["training", "--binding", "EXP_01", "--set", "model.alpha=x", "--set", "model.layers=1"],
    ),
    "a key path": (
        {"unit": "training", "binding": "EXP_01", "overrides": {"model[": "x"}},
        ["training", "--binding", "EXP_01", "--set", "model[=x"],
    ),
}


@pytest.mark.parametrize(("options", "arguments"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_what_the_command_says(
    root: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any], arguments: list[str]
) -> None:
    """The error has the diagnostics that ``typedflow show`` prints, and nothing is printed."""
    with pytest.raises(TypedflowError) as caught:
        Project.open(root).resolve(**options)
    assert capsys.readouterr() == ("", "")
    assert main(["show", *arguments]) in {1, 2}
    assert capsys.readouterr().err == text(caught.value.diagnostics, width=100, color=False, root=root)


class Title(str, Enum):
    """A string that `str` and `format` write in another way."""

    diabetes = "diabetes"


class Label(str):
    """A string."""

    __slots__ = ()


CYCLE: list[Any] = []
CYCLE.append(CYCLE)
NOT_PLAIN: dict[str, tuple[str, Any, str]] = {
    "an object": ("model", {"alpha": object()}, "object"),
    "a string of an enum": ("title", Title.diabetes, "Title"),
    "strings of an enum": ("model.names", {"a": Title.diabetes}, "Title"),
    "a key of an enum": ("model.names", {Title.diabetes: "a"}, "Title"),
    "a subclass of strings": ("title", Label("a"), "Label"),
    "a list in itself": ("model.layers", CYCLE, "one that is nested too deeply"),
}


@pytest.mark.parametrize(("path", "value", "found"), NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_an_override_is_plain(root: Path, path: str, value: Any, found: str) -> None:
    """An object that no file can have is refused at its path."""
    with pytest.raises(TypedflowError, match=rf"--set {path}: .*not {found}"):
        Project.open(root).resolve("training", binding="EXP_01", overrides={path: value})


def test_no_project(tmp_path: Path) -> None:
    """A directory that does not exist, and one without a manifest."""
    with pytest.raises(TypedflowError, match="bad-option: the directory does not exist"):
        Project.open(tmp_path / "gone")
    with pytest.raises(TypedflowError, match="no-project"):
        Project.open(tmp_path)


def test_diff_is_diff(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Values and origins of both sides."""
    printed = _printed(capsys, "diff", "training", "EXP_01", "EXP_02")
    found = Project.open(root).diff("training", "EXP_01", "EXP_02")
    assert (found.flow, list(found.sides), found.same) == (printed["flow"], printed["sides"], printed["same"])
    changed = [
        {"path": format_path(each.path), "sides": [side and _side(side) for side in each.sides]}
        for each in found.changed
    ]
    assert changed == printed["changed"]


def _side(side: Any) -> dict[str, Any]:
    return {"value": side.value, "origin": str(side.origin)}


def test_lock_is_lock(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, whatever variables say; a difference raises, and so does a mistake, which writes nothing."""
    project = Project.open(root)
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__MODEL__ALPHA", "7")
    done = project.lock()
    locked = done.file.read_bytes()
    assert main(["lock", "--check"]) == 0
    assert capsys.readouterr().err == f"typedflow.lock is up to date: {done.variants} variants\n"
    assert project.lock(check=True) == done
    (root / "settings/settings.yaml").write_text("model:\n  alpha: 0.3\n", encoding="utf-8")
    with pytest.raises(TypedflowError, match="TF705 not-locked"):
        project.lock(check=True)
    (root / "settings/settings.yaml").write_text("model:\n  alpha: x\n", encoding="utf-8")
    with pytest.raises(TypedflowError, match="TF301 invalid-value"):
        project.lock()
    assert done.file.read_bytes() == locked


@pytest.mark.smoke
def test_check_is_check(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The findings of the command; nothing is raised."""
    (root / "settings/settings.configuration.EXP_02.yaml").write_text("titel: other\n", encoding="utf-8")
    printed = _printed(capsys, "check", "--binding", "EXP_02")
    report = Project.open(root).check(bindings=["EXP_02"])
    assert [item["code"] for item in printed["diagnostics"]] == [item.rule.code for item in report.diagnostics]
    assert [item.message for item in report.diagnostics] == [item["message"] for item in printed["diagnostics"]]
    assert (report.variants, report.fails()) == (1, True)
    with pytest.raises(TypedflowError, match="there is no rule `TF999`"):
        Project.open(root).check(select=["TF999"])


@pytest.mark.smoke
def test_run_is_run(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The flow gets the compiled config; its exit code is a value."""
    program = "import json, sys\nprint(json.load(open(sys.argv[3]))['model']['alpha'])\nsys.exit(7)\n"
    (root / "flows/training.py").write_text(program, encoding="utf-8")
    done = Project.open(root).run("training", binding="EXP_01", overrides={"model.alpha": 4})
    assert (done.exit_code, capfd.readouterr().out) == (7, "4.0\n")
    assert main(["run", "training", "--binding", "EXP_01", "--set", "model.alpha=4"]) == 7
    assert done.config.name in capfd.readouterr().err


def test_deploy_raises_what_is_wrong(root: Path) -> None:
    """Nothing is deployed where a variant is wrong."""
    (root / "settings/settings.configuration.EXP_02.yaml").write_text("titel: other\n", encoding="utf-8")
    with pytest.raises(TypedflowError, match="TF302 unknown-key"):
        Project.open(root).deploy("training", target="argo-workflows", bindings=["*"])


@pytest.mark.slow
@pytest.mark.usefixtures("own_datastore")
def test_runs_are_runs(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its config, an instance of the model; Metaflow's namespace stays what it was."""
    import metaflow

    monkeypatch.setenv("METAFLOW_USER", "somebody")
    flow = (root / "flows/training.py").read_text(encoding="utf-8").replace("settings.alpha", "settings.model.alpha")
    (root / "flows/training.py").write_text(flow, encoding="utf-8")
    project = Project.open(root)
    assert project.run("training", binding="EXP_01", overrides={"model.alpha": 4}).exit_code == 0
    assert project.run("training", binding="EXP_02").exit_code == 0
    metaflow.namespace("user:nobody")
    capsys.readouterr()
    found = project.runs("training", where="config.model.alpha > 1", columns=["model.alpha", "run.user"])
    assert capsys.readouterr() == ("", "")
    assert metaflow.get_namespace() == "user:nobody"
    [past] = found
    assert (past.binding, past.config.model.alpha, past.status) == ("EXP_01", 4.0, "successful")
    printed = _printed(
        capsys, "runs", "training", "--where", "config.model.alpha > 1", "--columns", "model.alpha,run.user"
    )
    assert found.rows() == printed["runs"]
    assert len(project.runs("training")) == 2
    assert len(project.diff("training", past.pathspec, "EXP_01").changed) == 1


def test_the_class_is_public() -> None:
    """The front package has it, and loads nothing else for it."""
    assert typedflow.Project is Project
    assert Project.__module__ in sys.modules
