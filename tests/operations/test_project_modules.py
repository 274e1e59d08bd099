"""Several projects in one process: modules of the same names stay apart, edits count, and nothing is left behind."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from typedflow import Project, TypedflowError

SETTINGS = """\
from helpers import DEFAULT
from typedflow import ConfigModel
from pydantic import field_validator


class Settings(ConfigModel):
    alpha: float = DEFAULT
    where: str = ""

    @field_validator("where")
    @classmethod
    def _where(cls, value: str) -> str:
        import late

        return late.PLACE
"""
MANIFEST = 'model = "flows/settings.py:Settings"\n[flows.training]\nfile = "flows/training.py"\n'


def _project(root: Path, default: str, place: str) -> Path:
    for name, text in {
        "typedflow.toml": MANIFEST,
        "flows/settings.py": SETTINGS,
        "flows/helpers.py": f"DEFAULT = {default}\n",
        "flows/late.py": f"PLACE = {place!r}\n",
        "flows/training.py": "",
        "settings/settings.yaml": "where: here\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _values(project: Project[Any]) -> tuple[float, str]:
    found = project.resolve("training")
    return found.alpha, found.where


def test_two_projects_have_their_own_modules(tmp_path: Path) -> None:
    """Those that a model imports, and those that a validator imports later."""
    one = Project.open(_project(tmp_path / "one", "1", "in one"))
    other = Project.open(_project(tmp_path / "other", "2", "in the other"))
    for _ in range(2):
        assert _values(one) == (1, "in one")
        assert _values(other) == (2, "in the other")


def test_modules_of_this_process_are_not_the_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that was imported from elsewhere under the same name is not taken, and is there again afterwards."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "helpers.py").write_text("DEFAULT = 99\n", encoding="utf-8")
    (elsewhere / "late.py").write_text("PLACE = 'elsewhere'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(elsewhere)
    mine = [importlib.import_module(name) for name in ("helpers", "late")]
    try:
        assert _values(Project.open(_project(tmp_path / "one", "1", "in one"))) == (1, "in one")
        assert [sys.modules[name] for name in ("helpers", "late")] == mine
    finally:
        for name in ("helpers", "late"):
            del sys.modules[name]


def test_nothing_is_left_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where Python looks for modules, those that it has, the working directory, the output: all as before."""
    root = _project(tmp_path, "1", "x")

    def use() -> None:
        (root / "settings/settings.yaml").write_text("where: here\n", encoding="utf-8")
        Project.open(root).resolved("training")
        (root / "settings/settings.yaml").write_text("alpha: x\n", encoding="utf-8")
        with pytest.raises(TypedflowError):
            Project.open(root).resolve("training")

    use()  # typedflow's own modules are loaded now
    before = (sys.path[:], set(sys.modules), Path.cwd(), sys.dont_write_bytecode)
    use()
    assert (sys.path, set(sys.modules), Path.cwd(), sys.dont_write_bytecode) == before
    assert capsys.readouterr() == ("", "")
    assert not list(root.rglob("*.pyc"))


@pytest.mark.parametrize("name", ["flows/helpers.py", "flows/settings.py", "settings/settings.yaml"])
def test_an_edited_file_is_seen(tmp_path: Path, name: str) -> None:
    """Also when it is edited at once, and stays as long as it was."""
    root = _project(tmp_path, "1.5", "x")
    (root / "flows/settings.py").write_text(SETTINGS.replace("= DEFAULT", "= DEFAULT + 1.5"), encoding="utf-8")
    (root / "settings/settings.yaml").write_text("other: 1.5\n", encoding="utf-8")
    project = Project.open(root)
    with pytest.raises(TypedflowError, match="`other` is not a field"):
        project.resolve("training")
    (root / "settings/settings.yaml").write_text("{}\n", encoding="utf-8")
    first = project.resolve("training")
    text = (root / name).read_text(encoding="utf-8")
    edited = "alpha: 7\n" if name.endswith(".yaml") else text.replace("1.5", "2.5")
    (root / name).write_text(edited, encoding="utf-8")
    expected = 7 if name.endswith(".yaml") else 4.0
    assert (first.alpha, project.resolve("training").alpha) == (3.0, expected)


def test_a_model_that_fails_is_tried_again(tmp_path: Path) -> None:
    """A mistake in the model raises; after a correction, the same object resolves."""
    root = _project(tmp_path, "1 /", "x")
    project = Project.open(root)
    with pytest.raises(TypedflowError, match="TF508 model-not-found"):
        project.resolve("training")
    (root / "flows/helpers.py").write_text("DEFAULT = 2\n", encoding="utf-8")
    assert project.resolve("training").alpha == 2


def test_a_class_stays_the_same_while_its_file_does(tmp_path: Path) -> None:
    """So results compare equal."""
    project = Project.open(_project(tmp_path, "1", "x"))
    assert project.resolve("training") == project.resolve("training")


def test_a_relative_path_is_of_when_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later change of the working directory makes no difference."""
    _project(tmp_path / "one", "1", "x")
    monkeypatch.chdir(tmp_path)
    project = Project.open("one")
    monkeypatch.chdir("/")
    assert (project.root, _values(project)) == ((tmp_path / "one").resolve(), (1, "x"))


class TestGivenModel:
    """``Project.open(path, model=Settings)``."""

    @pytest.fixture
    def root(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A project the modules of which this process can import, too."""
        root = _project(tmp_path, "1", "x")
        monkeypatch.syspath_prepend(root / "flows")
        for name in ("settings", "helpers", "late"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        return root

    def test_settings_are_instances_of_it(self, root: Path) -> None:
        """Of the class that this process has imported."""
        module = importlib.import_module("settings")
        found = Project.open(root, model=module.Settings).resolve("training")
        assert type(found) is module.Settings
        assert sys.modules["settings"] is module

    def test_one_that_has_changed_since_is_refused(self, root: Path) -> None:
        """Its values would be those of yesterday's file."""
        module = importlib.import_module("settings")
        (root / "flows/helpers.py").write_text("DEFAULT = 2\n", encoding="utf-8")
        with pytest.raises(TypedflowError, match=r"differs from the model of the project, which is flows/sett"):
            Project.open(root, model=module.Settings).resolve("training")

    def test_another_one_is_refused(self, root: Path) -> None:
        """The manifest names the model."""
        module = importlib.import_module("settings")
        other = type("Other", (module.Settings,), {})
        with pytest.raises(TypedflowError, match="`Other` is not the model of the project"):
            Project.open(root, model=other).resolve("training")


class TestModelsOfSeveralFolders:
    """A model for each unit, in folders that have modules of the same names."""

    MANIFEST = "".join(
        f'[flows.{name}]\nfile = "{name}/flow.py"\nmodel = "{name}/settings.py:Settings"\n'
        for name in ("ads", "search")
    )
    SETTINGS = SETTINGS.replace("    where: str", "    own_NAME: int = 1\n    where: str")
    FLOW = """\
from metaflow import FlowSpec, Parameter, step
from helpers import DEFAULT
from settings import Settings
from typedflow import SettingsMixin, ref

settings = ref(Settings, "settings")


class NAMEFlow(SettingsMixin[Settings], FlowSpec):
    alpha = Parameter("alpha", default=settings.own_NAME)

    @step
    def start(self):
        from late import PLACE

        print("step", DEFAULT, PLACE, self.settings.alpha, self.settings.where)
        self.next(self.end)

    @step
    def end(self): ...


if __name__ == "__main__":
    NAMEFlow()
"""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """A project of two flows, which share a settings file and the names of their modules."""
        files = {"typedflow.toml": self.MANIFEST, "settings/settings.yaml": "where: x\nown_ads: 5\nown_search: 6\n"}
        for name, default in {"ads": "1", "search": "2"}.items():
            files |= {
                f"{name}/settings.py": self.SETTINGS.replace("NAME", name),
                f"{name}/helpers.py": f"DEFAULT = {default}\n",
                f"{name}/late.py": f"PLACE = {name!r}\n",
                f"{name}/flow.py": self.FLOW.replace("NAME", name),
            }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / ".metaflow").mkdir()
        return tmp_path

    def test_each_has_its_own(self, root: Path) -> None:
        """Those that a model imports, those that a validator imports later, and the classes stay the same."""
        project = Project.open(root)
        found = [project.resolve(name) for _ in range(2) for name in ("ads", "search")]
        assert [(each.alpha, each.where) for each in found] == [(1, "ads"), (2, "search")] * 2
        assert found[:2] == found[2:]
        models = {project.resolved(name).origins.model for name in ("ads", "search")}
        assert models == {"settings:Settings"}

    def test_findings_have_the_places_of_each(self, root: Path) -> None:
        """What is wrong is found where each model declares it, in whatever order they are loaded."""
        (root / "settings/settings.yaml").write_text("own_ads: x\nown_search: y\nalphx: 1\n", encoding="utf-8")
        found = Project.open(root).check(select=["TF3"]).diagnostics
        places = [(item.path, [Path(other.location.name).parent.name for other in item.related]) for item in found]
        assert places == [(("own_ads",), ["ads"]), (("own_search",), ["search"]), (("alphx",), ["ads"])]

    def test_a_check_finds_nothing_wrong(self, root: Path) -> None:
        """Flows import what is beside them, also where one process judges both."""
        assert Project.open(root).check().diagnostics == ()

    def test_a_given_class_is_that_of_its_unit(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """For `open`, or for one call; the model of another unit is refused, and the finding names the unit's."""
        for name in ("settings", "helpers", "late"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.syspath_prepend(root / "ads")
        model = importlib.import_module("settings").Settings
        assert type(Project.open(root, model=model).resolve("ads")) is model
        project = Project.open(root)
        assert type(project.resolve("ads", model=model)) is model
        assert type(project.resolved("ads", model=model).settings) is model
        assert project.resolve("search", overrides={"own_search": 3}).own_search == 3
        with pytest.raises(TypedflowError, match=r"differs from the model of `search`, which is search/settings"):
            project.resolve("search", model=model)
        with pytest.raises(TypedflowError, match=r"typedflow.toml:6:9"):
            Project.open(root, model=model).resolve("search")

    @pytest.mark.process
    def test_a_flow_has_its_own(self, root: Path) -> None:
        """Also when it is started alone, and the other model is needed to judge its settings."""
        for name, default in {"ads": "1", "search": "2"}.items():
            command = [sys.executable, f"{name}/flow.py", "run"]
            done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
            assert f"step {default} {name} {default}.0 {name}" in done.stdout, done.stderr

    @pytest.mark.slow
    def test_mypy_sees_the_modules_of_each_folder(self, root: Path) -> None:
        """As a script of the folder does."""
        assert Project.open(root).check(types=True).diagnostics == ()
        file = root / "ads/flow.py"
        file.write_text(file.read_text(encoding="utf-8").replace("own_ads", "own_search"), encoding="utf-8")
        found = Project.open(root).check(types=True).diagnostics
        assert sorted(item.rule.name for item in found) == ["type-error", "unknown-name"]
