"""``typedflow schema install``: what it writes, what it leaves alone, what it refuses."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EDITORS = {
    "vscode": [".taplo.toml", ".vscode/settings.json"],
    "taplo": [".taplo.toml"],
    "tombi": ["tombi.toml"],
    "pycharm": [".idea/jsonSchemas.xml"],
    "neovim": [".nvim.lua", ".taplo.toml"],
}
SCHEMAS = ["schemas/settings.overlay.schema.json", "schemas/settings.schema.json", "schemas/typedflow.schema.json"]


def test_every_file_names_its_schema(project: Any, call: Callable[..., Any]) -> None:
    """The global file the full one, bindings and environments the overlay, the manifest its own."""
    before = project.files()
    done = call("schema", "install")
    assert done.code == 0, done.err
    files = project.files()
    overlay = "../schemas/settings.overlay.schema.json"
    lines = "# yaml-language-server: $schema={0}\n# $schema: {0}\n"
    expected = {
        "typedflow.toml": "#:schema schemas/typedflow.schema.json\n",
        "settings/settings.yaml": lines.format("../schemas/settings.schema.json"),
        "settings/settings.environment.dev.yaml": lines.format(overlay),
        "settings/settings.environment.production.toml": f"#:schema {overlay}\n",
        "settings/settings.configuration.EXP_01.yaml": lines.format(overlay),
    }
    for name, head in expected.items():
        assert files[name] == head + before[name]
    assert files["settings/settings.configuration.EXP_02.json"].startswith(f'{{"$schema": "{overlay}", "model"')
    assert sorted(set(files) - set(before)) == SCHEMAS
    assert sorted(done.out.split()) == sorted([*SCHEMAS, *expected, "settings/settings.configuration.EXP_02.json"])


def test_a_second_time_nothing_is_done(project: Any, call: Callable[..., Any]) -> None:
    """No file is written, and a message says that there is nothing to do."""
    call("schema", "install")
    before = project.files()
    done = call("schema", "install")
    assert (done.code, done.out, done.err) == (0, "", "nothing to do\n")
    assert project.files() == before


def test_files_of_tables(project: Any, call: Callable[..., Any]) -> None:
    """They name the schema of tables; an editor's settings have the manifest's globs, and are taken out again."""
    manifest = project.files()["typedflow.toml"]
    globs = '[tables."schemas/*.yaml"]\n[tables."more/table[12].src.yaml"]\n[tables.x]\nfile = "x.tbl.json"\n'
    project.write("typedflow.toml", f"{manifest}\n{globs}")
    project.write("schemas/films.tbl.yaml", "table: demo.films\ncolumns: {day: date}\n")
    project.write("more/table1.src.yaml", "table: demo.titles\n")
    project.write("x.tbl.json", '{"table": "x", "columns": {"a": "int"}}\n')
    before = project.files()
    assert call("schema", "install").code == 0
    files = project.files()
    schema = "schemas/typedflow.table.schema.json"
    name = "typedflow.table.schema.json"
    head = "# yaml-language-server: $schema={0}\n# $schema: {0}\n"
    assert files["schemas/films.tbl.yaml"] == head.format(name) + before["schemas/films.tbl.yaml"]
    assert files["more/table1.src.yaml"] == head.format(f"../{schema}") + before["more/table1.src.yaml"]
    assert files["x.tbl.json"].startswith(f'{{"$schema": "{schema}"')
    assert call("table", "types").code == 0
    assert call("schema", "install").err == "nothing to do\n"
    assert call("schema", "install", "--editor", "vscode").code == 0
    found = json.loads(project.files()[".vscode/settings.json"])
    tables = ["schemas/*.yaml", "schemas/*.yml", "more/table1.src.yaml", "more/table1.src.yml"]
    assert found["yaml.schemas"][f"./{schema}"] == tables
    assert {"fileMatch": ["x.tbl.json"], "url": f"./{schema}"} in found["json.schemas"]
    assert call("schema", "install", "--remove").code == 0
    files = project.files()
    assert {each: files[each] for each in before} == before


def test_what_was_put_in_is_taken_out(project: Any, call: Callable[..., Any]) -> None:
    """All files are as before; the schemas stay, as other tools may read them."""
    before = project.files()
    call("schema", "install")
    done = call("schema", "install", "--remove")
    assert (done.code, done.err) == (0, "")
    files = project.files()
    assert {name: text for name, text in files.items() if name not in SCHEMAS} == before
    assert set(SCHEMAS) <= set(files)
    assert call("schema", "install", "--remove").out == ""


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_gets_settings_of_its_own(project: Any, call: Callable[..., Any], editor: str) -> None:
    """Then settings files are not changed; ``--remove`` removes what was written."""
    before = project.files()
    assert call("schema", "install", "--editor", editor).code == 0
    files = project.files()
    assert {name: files[name] for name in before} == before
    assert sorted(set(files) - set(before)) == sorted([*EDITORS[editor], *SCHEMAS])
    assert call("schema", "install", "--editor", editor).out == ""
    assert call("schema", "install", "--editor", editor, "--remove").code == 0
    assert sorted(set(project.files()) - set(before)) == SCHEMAS


def test_several_editors_at_once(project: Any, call: Callable[..., Any]) -> None:
    """A file that two of them read is written once."""
    done = call("schema", "install", "--editor", "vscode", "--editor", "neovim", "--editor", "taplo")
    assert sorted(done.out.split()) == sorted([".nvim.lua", ".taplo.toml", ".vscode/settings.json", *SCHEMAS])
    assert ".vscode/settings.json" in project.files()


@pytest.mark.parametrize("options", [(), ("--editor", "vscode"), ("--editor", "pycharm")])
def test_a_dry_run_only_shows(project: Any, call: Callable[..., Any], options: tuple[str, ...]) -> None:
    """What is printed is a patch, for git as well, and no file is written."""
    before = project.files()
    done = call("schema", "install", "--dry-run", *options)
    assert done.code == 0, done.err
    assert "--- /dev/null\n+++ b/schemas/settings.schema.json\n" in done.out
    assert project.files() == before
    patch = ["git", "apply", "--unsafe-paths", "-"]
    subprocess.run(patch, cwd=project.root, input=done.out, text=True, encoding="utf-8", check=True)
    assert call("schema", "install", *options).out == ""
    removal = call("schema", "install", "--remove", "--dry-run", *options).out
    subprocess.run(patch, cwd=project.root, input=removal, text=True, encoding="utf-8", check=True)
    assert {name: text for name, text in project.files().items() if name not in SCHEMAS} == before


def test_the_settings_are_the_same_with_and_without(project: Any, call: Callable[..., Any]) -> None:
    """Neither a line nor a ``$schema`` key changes what a variant is."""
    assert project.files()
    shown = [call("show", "training", "--binding", binding).out for binding in ("EXP_01", "EXP_02")]
    call("schema", "install")
    assert [call("show", "training", "--binding", binding).out for binding in ("EXP_01", "EXP_02")] == shown
    assert all(shown)


def test_another_schema_is_replaced_and_named(project: Any, call: Callable[..., Any]) -> None:
    """If a file named another schema, a message says that it was replaced."""
    project.write("settings/settings.yaml", "# $schema: mine.json\n" + project.files()["settings/settings.yaml"])
    done = call("schema", "install")
    assert "settings/settings.yaml: replaced the schema mine.json\n" in done.err
    assert "mine.json" not in project.files()["settings/settings.yaml"]


def test_schemas_may_be_elsewhere(project: Any, call: Callable[..., Any]) -> None:
    """Files name them by the way from where they are."""
    assert call("schema", "install", "--output", "settings/known").code == 0
    head = "# yaml-language-server: $schema=known/settings.schema.json\n"
    assert project.files()["settings/settings.yaml"].startswith(head)
    assert call("schema", "install", "--output", "settings/known", "--remove").code == 0
    assert "$schema" not in project.files()["settings/settings.yaml"]


def test_schemas_of_another_draft_are_current(project: Any, call: Callable[..., Any]) -> None:
    """Schemas for draft 7 are not rewritten for the default draft."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n')  # no flow that is imported
    assert call("schema", "export", "--draft", "7").code == 0
    before = {name: text for name, text in project.files().items() if name in SCHEMAS}
    assert call("schema", "install").code == 0
    assert {name: project.files()[name] for name in before} == before
    assert call("schema", "export", "--draft", "7", "--check").code == 0


def test_a_schema_that_is_broken_is_written_anew(project: Any, call: Callable[..., Any]) -> None:
    """It is ours, whatever has become of it."""
    call("schema", "install")
    text = project.files()[SCHEMAS[1]]
    project.write(SCHEMAS[1], text[: len(text) // 2])
    done = call("schema", "install")
    assert (done.code, done.out) == (0, f"{SCHEMAS[1]}\n")
    assert project.files()[SCHEMAS[1]] == text


def test_export_and_install_agree(project: Any, call: Callable[..., Any]) -> None:
    """Neither finds what the other has written to be out of date."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n')  # no flow that is imported
    call("schema", "install")
    before = project.files()
    assert call("schema", "export", "--check").code == 0
    assert call("schema", "export").code == 0
    assert call("schema", "install").out == ""
    assert project.files() == before


def test_a_manifest_in_pyproject_is_left_to_its_own_schema(project: Any, call: Callable[..., Any]) -> None:
    """pyproject.toml belongs to many tools, and editors know its schema."""
    manifest = project.files()["typedflow.toml"].replace("\n[", "\n[tool.typedflow.")
    (project.root / "typedflow.toml").unlink()
    project.write("pyproject.toml", f"[tool.typedflow]\n{manifest}")
    assert call("schema", "install").code == 0
    assert "#:schema" not in project.files()["pyproject.toml"]


REFUSED = [
    (".vscode/settings.json", '{"yaml.schemas": [1]}', ("--editor", "vscode"), "`yaml.schemas` is not an object"),
    (".vscode/settings.json", '{"a": }', ("--editor", "vscode"), "cannot be edited"),
    (".taplo.toml", "rule = []\n", ("--editor", "taplo"), "cannot be edited"),
    (".idea/jsonSchemas.xml", "<x/>", ("--editor", "pycharm"), "no JSON Schema mappings"),
    ("settings/settings.configuration.EXP_02.json", '{"a": }', (), "cannot be edited"),
    ("settings/settings.yaml", "a: 1\n", ("--output", "my schemas"), "at a space"),
    ("schemas", "a file", (), "cannot be"),
    ("schemas/settings.schema.json", "{}", (), "was not written by `typedflow schema export`"),
]


@pytest.mark.parametrize(("name", "text", "options", "message"), REFUSED)
def test_what_cannot_be_edited_stops_everything(
    project: Any, call: Callable[..., Any], name: str, text: str, options: tuple[str, ...], message: str
) -> None:
    """Exit code 2, a reason, and no written file."""
    project.write(name, text)
    before = project.files()
    done = call("schema", "install", *options)
    assert (done.code, done.out) == (2, "")
    assert message in " ".join(done.err.split())
    assert project.files() == before


@pytest.mark.parametrize("arguments", [("--editor", "emacs"), ("--editor",), ("--verbose",), ("extra",)])
def test_a_wrong_command_line_is_refused(project: Any, call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Exit code 2, and no file written."""
    before = project.files()
    assert call("schema", "install", *arguments).code == 2
    assert project.files() == before


def test_lines_can_be_taken_out_although_the_model_is_broken(project: Any, call: Callable[..., Any]) -> None:
    """Only what writes schemas needs the model."""
    before = project.files()
    call("schema", "install")
    project.write("typedflow.toml", project.files()["typedflow.toml"].replace(":Settings", ":Setings"))
    assert call("schema", "install", "--output", "other").code == 2
    assert call("schema", "install", "--remove").code == 0
    assert project.files()["settings/settings.yaml"] == before["settings/settings.yaml"]


def test_without_a_project_there_is_nothing_to_wire(
    tmp_path: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2."""
    monkeypatch.chdir(tmp_path)
    done = call("schema", "install")
    assert done.code == 2
    assert "no-project" in done.err


def test_comments_in_settings_of_vscode_stay(project: Any, call: Callable[..., Any]) -> None:
    """The file is JSON with comments, and people write some."""
    text = '{\n  // ours\n  "editor.rulers": [120],\n}\n'
    project.write(".vscode/settings.json", text)
    assert call("schema", "install", "--editor", "vscode").code == 0
    made = project.files()[".vscode/settings.json"]
    assert made.endswith(text.removeprefix("{\n"))
    assert "settings.schema.json" in made
    assert call("schema", "install", "--editor", "vscode", "--remove").code == 0
    assert project.files()[".vscode/settings.json"] == text


def test_the_schemas_are_schemas(project: Any, call: Callable[..., Any]) -> None:
    """Each of the written files describes what it is for."""
    call("schema", "install")
    files = {name: json.loads(project.files()[name]) for name in SCHEMAS}
    assert "model" in files["schemas/settings.schema.json"]["required"]
    assert "required" not in files["schemas/settings.overlay.schema.json"]
    assert "flows" in files["schemas/typedflow.schema.json"]["properties"]


SECTIONED = {
    "typedflow.toml": 'model = "flows/settings.py:Settings"\nsections = ["model", "environment"]\n'
    '[flows.training]\nfile = "flows/training.py"\nbindings = ["EXP_*"]\n',
    "flows/settings.py": """\
from typedflow import ConfigModel


class Model(ConfigModel):
    alpha: float = 0.1


class Settings(ConfigModel):
    model: Model = Model()
    environment: dict[str, str] = {}
""",
    "flows/training.py": "",
    "settings/settings.yaml": "model: {}\n",
    "settings/settings.model.toml": "alpha = 0.2\n",
    "settings/settings.model.EXP_01.yaml": "alpha: 0.3\n",
    "settings/settings.environment.yaml": "dev: {DB: a}\n",
    "settings/settings.environment.prod.yaml": "DB: b\n",
    "settings/settings.configuration.EXP_02.yaml": "model: {alpha: 1.0}\n",
}
SCHEMA_OF = {
    "settings.yaml": "settings.schema.json",
    "settings.model.toml": "settings.model.overlay.schema.json",
    "settings.model.EXP_01.yaml": "settings.model.overlay.schema.json",
    "settings.environment.yaml": "settings.environment.schema.json",
    "settings.environment.prod.yaml": "settings.environment.overlay.schema.json",
    "settings.configuration.EXP_02.yaml": "settings.overlay.schema.json",
}


@pytest.fixture
def sectioned(project: Any) -> Any:
    """A project with sections, one of which has a block for each environment."""
    for name in project.files():
        (project.root / name).unlink()
    for name, text in SECTIONED.items():
        project.write(name, text)
    return project


def test_a_file_of_a_section_names_the_sections_schema(sectioned: Any, call: Callable[..., Any]) -> None:
    """That of the environments has one of its own; what export writes is what install does; all can be undone."""
    before = sectioned.files()
    assert call("schema", "install").code == 0
    files = sectioned.files()
    for name, schema in SCHEMA_OF.items():
        (head, *_) = files[f"settings/{name}"].splitlines()
        assert head.endswith(f"../schemas/{schema}"), name
    assert call("schema", "export", "--check").code == 0
    sectioned.write("schemas/settings.model.overlay.schema.json", files["schemas/settings.schema.json"])
    assert call("schema", "export", "--check").out == "schemas/settings.model.overlay.schema.json\n"
    assert call("schema", "export").code == 0
    assert call("schema", "install").err == "nothing to do\n"
    assert call("schema", "install", "--remove").code == 0
    assert {name: text for name, text in sectioned.files().items() if not name.startswith("schemas/")} == before


def test_an_editor_maps_the_files_of_sections(sectioned: Any, call: Callable[..., Any]) -> None:
    """Also those that do not exist yet."""
    assert call("schema", "install", "--editor", "vscode").code == 0
    settings = json.loads((sectioned.root / ".vscode/settings.json").read_text())["yaml.schemas"]
    yaml = {url: [each.removeprefix("settings/settings.") for each in globs[::2]] for url, globs in settings.items()}
    assert yaml == {
        "./schemas/settings.schema.json": ["yaml"],
        "./schemas/settings.environment.schema.json": ["environment.yaml"],
        "./schemas/settings.environment.overlay.schema.json": ["environment.*.yaml"],
        "./schemas/settings.overlay.schema.json": ["configuration.*.yaml"],
        "./schemas/settings.model.overlay.schema.json": ["model.yaml", "model.*.yaml"],
    }


def test_a_section_that_no_model_has(sectioned: Any, call: Callable[..., Any]) -> None:
    """The finding is that of a check; nothing is written."""
    sectioned.write("typedflow.toml", SECTIONED["typedflow.toml"].replace('"model"', '"modle"'))
    done = call("schema", "install")
    assert done.code == 2
    assert "typedflow.toml:2:13: error TF521 bad-section: `modle` is not a field of Settings" in done.err
    assert not (sectioned.root / "schemas").exists()
