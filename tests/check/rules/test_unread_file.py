"""Files that are almost settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from typedflow.check import Facts
from typedflow.check.rules.unread_file import find
from typedflow.project import open_project
from typedflow.values import Diagnostic, Severity

MANIFEST = """\
model = "settings.py:Settings"

[flows.training]
file = "training.py"
bindings = ["EXP_*", "country.fr", "*"]

[environments]
default = "dev"
unknown = "sandbox"
production = "live"

[environments.branches]
main = "prod"

[environments.tags]
"v*" = "tagged"
"""
FILES = ("settings.toml", "settings.environment.dev.yaml", "settings.configuration.EXP_01.yaml")

#: Files, and what they were probably meant to be; empty where that is not clear.
CATCHES = {
    "setting.yaml": "settings.yaml",
    "Settings.yml": "settings.yml",
    "setings.json": "settings.json",
    "settings": "settings.yaml",
    "settings.txt": "settings.yaml",
    "settings.tml": "settings.toml",
    "settings.jsonc": "settings.json",
    "settings.yaml.txt": "settings.yaml",
    "settings (1).yaml": "settings.yaml",
    "settings copy.yaml": "settings.yaml",
    "settings.yaml.bak": "settings.yaml",
    "settings.toml.orig.1": "settings.toml",
    "settings.environment.dev.yaml~": "settings.environment.dev.yaml",
    "settings.environment.prod.yaml.bak": "settings.environment.prod.yaml",
    "settings.enviroment.dev.yaml": "settings.environment.dev.yaml",
    "settings.env.prod.toml": "settings.environment.prod.toml",
    "settings.Environment.prod.yaml": "settings.environment.prod.yaml",
    "settings.environment.prod": "settings.environment.prod.yaml",
    "settings.environment.yaml": "settings.environment.NAME.yaml",
    "settings.config.EXP_01.yaml": "settings.configuration.EXP_01.yaml",
    "settings.configurations.EXP_02.yaml": "settings.configuration.EXP_02.yaml",
    "settings.binding.EXP_02.yaml": "settings.configuration.EXP_02.yaml",
    "settings.configuration.EXP_02": "settings.configuration.EXP_02.yaml",
    "settings.configuration.EXP_02.ini": "settings.configuration.EXP_02.toml",
    "settings.dev.yaml": "settings.environment.dev.yaml",
    "settings-prod.yaml": "settings.environment.prod.yaml",
    "settings_environment_prod.yaml": "settings.environment.prod.yaml",
    "settings.EXP_01.yaml": "settings.configuration.EXP_01.yaml",
    "settings.experiment.EXP_01.yaml": "settings.configuration.EXP_01.yaml",
    "settings.country.fr.yaml": "settings.configuration.country.fr.yaml",
    "environment.dev.yaml": "settings.environment.dev.yaml",
    "configuration.EXP_09.yaml": "settings.configuration.EXP_09.yaml",
    "config.EXP_09.yaml": "settings.configuration.EXP_09.yaml",
    "EXP_01.yaml": "settings.configuration.EXP_01.yaml",
    "EXP_01.yaml.bak": "settings.configuration.EXP_01.yaml",
    "country.fr.toml": "settings.configuration.country.fr.toml",
    "prod.yaml": "settings.environment.prod.yaml",
    "settings.tagged.yaml": "settings.environment.tagged.yaml",
    "sandbox.yaml": "settings.environment.sandbox.yaml",
    "settings_live.toml": "settings.environment.live.toml",
    "settings.other.yaml": "",
    "settings-old.yaml": "",
}

KEEPS = (
    *("settings.py", "settings.md", "settings.schema.json", "settings.yaml.example", "settings.yaml.j2", "README.md"),
    *(".settings.yaml.swp", "#settings.yaml#", ".gitkeep", "other.yaml", "strings.yaml", "EXP_01.csv", "EXP_01.py"),
    *("EXP_01", "pyproject.toml", "package.json", "training.schema.json", "config.json", "conda.environment.yaml"),
    *("settings.configuration.EXP_09.toml", "settings.environment.x.json"),
)


def _found(root: Path, *names: str) -> list[Diagnostic]:
    (root / "settings").mkdir(exist_ok=True)
    (root / "typedflow.toml").write_text(MANIFEST, encoding="utf-8")
    for name in (*FILES, *names):
        (root / "settings" / name).write_text("", encoding="utf-8")
    return list(find(Facts(open_project(root, {}))))


@pytest.mark.parametrize(("name", "meant"), CATCHES.items(), ids=CATCHES)
def test_what_is_almost_a_layer(tmp_path: Path, name: str, meant: str) -> None:
    """A warning about the file, with the name that was probably meant, or the names that there are."""
    [found] = _found(tmp_path, name)
    assert (found.rule.code, str(found.location), found.severity) == ("TF518", f"settings/{name}", Severity.WARNING)
    is_spare = any(meant.rpartition(".")[0] == Path(file).stem for file in FILES)
    assert found.label == (f"did you mean `{meant}`?" if meant and not is_spare else "")
    assert (f"the layer of `{meant}` already has a file" in found.hint) is is_spare
    assert ("layers are `settings.yaml`" in found.hint) is (not meant)


@pytest.mark.parametrize("name", KEEPS)
def test_what_is_none(tmp_path: Path, name: str) -> None:
    """Layers, code, documentation, schemas, templates, hidden files, and what has nothing of a layer's name."""
    assert _found(tmp_path, name) == []


def test_a_folder_is_none(tmp_path: Path) -> None:
    """Folders may be called as they like."""
    (tmp_path / "settings/setting.yaml").mkdir(parents=True)
    assert _found(tmp_path) == []


def test_a_file_that_a_flow_names_is_none(tmp_path: Path) -> None:
    """It may be the default of a config."""
    assert len(_found(tmp_path, "settings.other.yaml")) == 1
    (tmp_path / "training.py").write_text('default = "settings/settings.other.yaml"\n', encoding="utf-8")
    assert list(find(Facts(open_project(tmp_path, {})))) == []


def test_a_directory_that_cannot_be_judged(tmp_path: Path) -> None:
    """Where two files are the same layer, that is the finding."""
    _found(tmp_path)
    (tmp_path / "settings/settings.json").write_text("{}", encoding="utf-8")
    assert list(find(Facts(open_project(tmp_path, {})))) == []


@pytest.mark.parametrize("name", ["settings.toml", "groups/model/ridge.yaml"])
def test_a_file_that_others_include_is_none(tmp_path: Path, name: str) -> None:
    """It is part of a layer, or of a file that one includes."""
    assert len(_found(tmp_path, "settings.other.yaml")) == 1
    file = tmp_path / "settings" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = 'a = {"$include" = "settings.other.yaml"}\n' if name.endswith("toml") else "$include: settings.other.yaml\n"
    file.write_text(text, encoding="utf-8")
    assert list(find(Facts(open_project(tmp_path, {})))) == []
