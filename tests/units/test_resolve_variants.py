"""Resolving several variants, each by itself."""

from __future__ import annotations

from pathlib import Path

from typedflow.project import ChosenEnvironment, open_project
from typedflow.units import resolve_variants

_FILES = {
    "typedflow.toml": 'model = "model.py:Settings"\n[flows.training]\nfile = "flow.py"\nbindings = ["*"]\n',
    "model.py": "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    a: int = 1\n",
    "flow.py": "",
    "settings/settings.configuration.one.yaml": "a: x\n",
    "settings/settings.configuration.two.yaml": "a: 2\n",
}


def _diagnosed(root: Path, files: dict[str, str]) -> list[tuple[str, bool, list[str]]]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    project = open_project(root, {})
    found = resolve_variants(project, "training", ["one", "two"], ChosenEnvironment(None))
    return [(each.binding, each.resolved is not None, [item.rule.name for item in each.diagnostics]) for each in found]


def test_an_error_in_one_hides_no_other(tmp_path: Path) -> None:
    """Each has its config, or its findings."""
    assert _diagnosed(tmp_path, _FILES) == [("one", False, ["invalid-value"]), ("two", True, [])]


def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    """Every variant has the finding."""
    files = {**_FILES, "model.py": ""}
    assert _diagnosed(tmp_path, files) == [("one", False, ["model-not-found"]), ("two", False, ["model-not-found"])]
    (tmp_path / "flow.py").unlink()
    both = ["missing-file", "model-not-found"]
    assert _diagnosed(tmp_path, {}) == [("one", False, both), ("two", False, both)]


def test_a_unit_without_its_file(tmp_path: Path) -> None:
    """No variant is valid, and what is wrong with its settings is found as well."""
    files = {name: text for name, text in _FILES.items() if name != "flow.py"}
    assert _diagnosed(tmp_path, files) == [
        ("one", False, ["missing-file", "invalid-value"]),
        ("two", False, ["missing-file"]),
    ]
