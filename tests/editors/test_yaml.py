"""What yaml-language-server, the server of VS Code and Neovim, tells somebody who edits settings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from typedflow.cli import main

pytestmark = pytest.mark.slow

GLOBAL = "settings/settings.yaml"
BINDING = "settings/settings.configuration.EXP_01.yaml"


@pytest.mark.parametrize("name", ["EXP_01", "EXP_02"])
def test_the_demo_has_no_mistakes(wired: Path, serve: Callable[..., Any], name: str) -> None:
    """Nothing is found in the global settings, in a binding or in an environment."""
    server = serve(wired)
    assert server.messages(wired / GLOBAL, "yaml") == []
    assert server.messages(wired / f"settings/settings.configuration.{name}.yaml", "yaml") == []
    assert server.messages(wired / "settings/settings.environment.prod.yaml", "yaml") == []


def test_mistakes_in_global_settings_are_found(wired: Path, serve: Callable[..., Any]) -> None:
    """A misspelt key, a wrong type, a value that there is not, a key that is missing."""
    text = (wired / GLOBAL).read_text(encoding="utf-8")
    text = text.replace("cron:", "crn:").replace("project: diabetes", "project: 3").replace("[bmi,", "[bpm,")
    found = " ".join(serve(wired).messages(wired / GLOBAL, "yaml", text))
    assert "Property crn is not allowed" in found
    assert 'Missing property "cron"' in found
    assert 'Incorrect type. Expected "string | object(Directive)"' in found
    assert 'Valid values: "age", "sex"' in found


def test_a_binding_needs_no_key_but_has_no_unknown_one(wired: Path, serve: Callable[..., Any]) -> None:
    """Nothing is missing in an overlay; a key or a value that no model has is a mistake there, too."""
    server = serve(wired)
    assert server.messages(wired / BINDING, "yaml", _head(wired, BINDING)) == []
    assert server.messages(wired / BINDING, "yaml", _head(wired, BINDING) + "model:\n  kind: ridge\n") == []
    text = _head(wired, BINDING) + "data:\n  targt: s5\nevaluation:\n  folds: many\nresources: {}\n"
    found = server.messages(wired / BINDING, "yaml", text)
    assert any("targt" in message and "not allowed" in message for message in found)
    assert any("Expected" in message and "integer" in message for message in found)
    assert not any("Missing" in message for message in found)


def test_keys_and_values_are_completed(wired: Path, serve: Callable[..., Any]) -> None:
    """The keys of a model, the tags of a union, the values of an enumeration; in a binding as well."""
    server = serve(wired)
    for name in (GLOBAL, BINDING):
        assert {"folds", "seed"} <= _completed(server, wired, name, "evaluation:\n  |")
        assert {"ols", "ridge"} <= _completed(server, wired, name, "model:\n  kind: |")
        assert {"auto", "cholesky", "svd"} <= _completed(server, wired, name, "model:\n  kind: ridge\n  solver: |")


def test_directives_are_completed(wired: Path, serve: Callable[..., Any]) -> None:
    """``$merge`` in a binding: its kinds, and the key paths that there are."""
    server = serve(wired)
    assert {"delete", "replace", "append"} <= _completed(server, wired, BINDING, "$merge:\n  |")
    assert {"packages", "model", "data.features"} <= _completed(server, wired, BINDING, "$merge:\n  replace:\n    - |")
    text = _head(wired, BINDING) + "$merge:\n  delete: [packages.scikit-learn]\n  append: [data.features]\n"
    assert server.messages(wired / BINDING, "yaml", text) == []
    text = _head(wired, BINDING) + "$merge:\n  remove: [labels]\n"
    assert server.messages(wired / BINDING, "yaml", text) != []


def test_docstrings_are_shown(wired: Path, serve: Callable[..., Any]) -> None:
    """Hovering over a key shows the docstring of the model's attribute."""
    server = serve(wired)
    for name in (GLOBAL, BINDING):
        file = server.open(wired / name, "yaml", _head(wired, name) + "packages: {}\nresources:\n  memory: 1\n")
        line = _head(wired, name).count("\n")
        assert "The packages that tasks install" in server.hover(file, line, 3)
        assert "In MB." in server.hover(file, line + 2, 4)


def test_settings_of_vscode_do_without_lines(demo: Path, serve: Callable[..., Any]) -> None:
    """With what is written for VS Code, the server finds the schemas by the names of the files."""
    import json

    assert main(["schema", "install", "--editor", "vscode"]) == 0
    settings = json.loads((demo / ".vscode/settings.json").read_text(encoding="utf-8"))
    server = serve(demo, schemas=settings["yaml.schemas"])
    assert "$schema" not in (demo / GLOBAL).read_text(encoding="utf-8")
    (demo / GLOBAL).write_text("projct: a\n", encoding="utf-8")
    assert 'Missing property "project".' in server.messages(demo / GLOBAL, "yaml")
    (demo / BINDING).write_text("projct: a\n", encoding="utf-8")
    assert server.messages(demo / BINDING, "yaml") == ["Property projct is not allowed."]


def test_files_of_tables(demo: Path, serve: Callable[..., Any]) -> None:
    """Types are completed, in both forms of a column; a wrong type and an unknown key are found."""
    manifest = demo / "typedflow.toml"
    manifest.write_text(f'{manifest.read_text(encoding="utf-8")}\n[tables."tables/*.yaml"]\n', encoding="utf-8")
    (demo / "tables").mkdir()
    name = "tables/films.tbl.yaml"
    (demo / name).write_text("table: demo.films\ncolumns: {day: date}\n", encoding="utf-8")
    assert main(["schema", "install"]) == 0
    server = serve(demo)
    assert server.messages(demo / name, "yaml") == []
    start = "table: demo.films\ncolumns:\n"
    right = "  a: {type: double, nullable: false}\n  b: Text\n  c: decimal(10,2)\n  d: 'list<struct<a: int>>'\n  e:\n"
    assert server.messages(demo / name, "yaml", _head(demo, name) + start + right) == []
    assert {"double", "date"} <= _completed(server, demo, name, f"{start}  a: |")
    assert {"double", "date"} <= _completed(server, demo, name, f"{start}  a:\n    type: |")
    assert {"type", "nullable"} <= _completed(server, demo, name, f"{start}  a:\n    |")
    assert {"partitioned_by", "columns"} <= _completed(server, demo, name, "table: demo.films\n|")
    assert server.messages(demo / name, "yaml", f"{_head(demo, name)}{start}  a: dubble\n") != []
    assert server.messages(demo / name, "yaml", f"{_head(demo, name)}{start}  a: {{type: dubble}}\n") != []
    found = server.messages(demo / name, "yaml", f"{_head(demo, name)}{start}  a: int\npartitoned_by: [a]\n")
    assert found == ["Property partitoned_by is not allowed."]


@pytest.mark.parametrize("before", ["%YAML 1.2\n---\n", "\ufeff", "#!/usr/bin/env run\n", "# (c) us\n\n", "---\n"])
def test_the_line_is_found_whatever_stands_before_the_content(
    demo: Path, serve: Callable[..., Any], before: str
) -> None:
    """A directive of YAML, a byte-order mark, ``#!`` and comments do not hide the schema from the server."""
    (demo / GLOBAL).write_text(f"{before}projct: a\n", encoding="utf-8")
    assert main(["schema", "install"]) == 0
    assert "Property projct is not allowed." in serve(demo).messages(demo / GLOBAL, "yaml")


def _head(root: Path, name: str) -> str:
    """Give the lines of a file that name its schema."""
    lines = (root / name).read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    assert all("$schema" in line for line in lines)
    return "".join(lines)


def _completed(server: Any, root: Path, name: str, text: str) -> set[str]:
    """Give what is offered where a bar stands in a text."""
    whole = _head(root, name) + text
    before = whole[: whole.index("|")]
    file = server.open(root / name, "yaml", whole.replace("|", ""))
    found: set[str] = server.completions(file, before.count("\n"), len(before) - before.rfind("\n") - 1)
    return found
