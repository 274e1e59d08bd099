"""The settings files of editors: schemas put in beside what people have there, and taken out again."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
import tomli

from typedflow.schema import EDITORS, EditorFile, SchemaMapping
from typedflow.values import TypedflowError

MAPPINGS = [
    SchemaMapping("settings", "schemas/settings.schema.json", ("settings/settings",)),
    SchemaMapping("overlays", "schemas/settings.overlay.schema.json", ("settings/settings.configuration.*",)),
    SchemaMapping("manifest", "schemas/typedflow.schema.json", ("typedflow",), ("toml",)),
]
VSCODE, TAPLO = EDITORS["vscode"]
(TOMBI,) = EDITORS["tombi"]
(PYCHARM,) = EDITORS["pycharm"]
NEOVIM = EDITORS["neovim"][0]
ALL = [VSCODE, TAPLO, TOMBI, PYCHARM, NEOVIM]

XML = '<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n'
MAP = '  <component name="JsonSchemaMappingsProjectConfiguration">\n    <state>\n      <map>\n'
ENTRY = '        <entry key="mine">\n          <value />\n        </entry>\n'

#: What people have in these files.
KEPT = [
    (VSCODE, "{}"),
    (VSCODE, '{"a": 1}\n'),
    (VSCODE, '{\n  // why\n  "a": 1, // because\n}\n'),
    (VSCODE, '{\r\n\t"a": [1, /* 2, */ 3],\r\n\t"b": "// no comment"\r\n}\r\n'),
    (VSCODE, '{\n    "yaml.schemas": {\n        "x": "y", // mine\n    },\n    "json.schemas": [{ "url": "u" },]\n}\n'),
    (VSCODE, '{"yaml.schemas": {"x": "y"}, "json.schemas": [{"url": "u"}, 1]}'),
    (TAPLO, "include = []"),
    (TAPLO, "# mine\n[[rule]]\ninclude = ['a']\n"),
    (TAPLO, "[formatting]\r\nalign_entries = true\r\n"),
    (TOMBI, 'toml-version = "v1.0.0"\n'),
    (PYCHARM, f"{XML}{MAP}{ENTRY}      </map>\n    </state>\n  </component>\n</project>\n"),
    (PYCHARM, f'{XML}  <component name="Other" />\n</project>'),
    (NEOVIM, "vim.o.wrap = false"),
    (NEOVIM, "vim.o.wrap = false\n"),
]

REFUSED = [
    (VSCODE, "[]"),
    (VSCODE, '{"a": }'),
    (VSCODE, '{"yaml.schemas": []}'),
    (VSCODE, '{"json.schemas": {}}'),
    (TAPLO, "rule = []\n"),
    (TAPLO, "a = \n"),
    (TOMBI, "schemas = []\n"),
    (PYCHARM, "<project>"),
    (PYCHARM, f'{XML}  <component name="JsonSchemaMappingsProjectConfiguration" />\n</project>'),
]


@pytest.mark.parametrize("editor", ALL)
def test_a_new_file_is_gone_when_what_is_ours_is(editor: EditorFile) -> None:
    """Where there was no file, none is left."""
    made = editor.install(None, MAPPINGS)
    assert editor.install(made, MAPPINGS) == made
    assert editor.remove(made, MAPPINGS) is None


@pytest.mark.parametrize(("editor", "text"), KEPT)
def test_what_others_wrote_comes_back(editor: EditorFile, text: str) -> None:
    """Comments, line ends, entries: after taking out, each byte is as it was; and a second time changes nothing."""
    made = editor.install(text, MAPPINGS)
    assert editor.install(made, MAPPINGS) == made != text
    assert editor.remove(made, MAPPINGS) == text
    assert editor.remove(text, MAPPINGS) == text


@pytest.mark.parametrize(("editor", "text"), REFUSED)
def test_a_file_that_cannot_be_edited_is_refused(editor: EditorFile, text: str) -> None:
    """It is not rewritten; what a new file would contain can be shown instead."""
    with pytest.raises((TypedflowError, TypeError)):
        editor.install(text, MAPPINGS)
    assert "schemas/settings.schema.json" in editor.install(None, MAPPINGS)


@pytest.mark.parametrize("editor", ALL)
def test_what_was_for_other_files_is_renewed(editor: EditorFile) -> None:
    """Where the settings have moved, the entry is another one, not one more."""
    old = [SchemaMapping("settings", "schemas/settings.schema.json", ("conf/settings",))]
    made = editor.install(editor.install(None, old), MAPPINGS)
    assert "conf/settings" not in made
    assert editor.remove(made, MAPPINGS) is None


def test_vscode_gets_a_schema_for_yaml_and_json() -> None:
    """Paths are relative to the workspace."""
    made = json.loads(VSCODE.install(None, MAPPINGS))
    assert made["yaml.schemas"]["./schemas/settings.schema.json"] == [
        "settings/settings.yaml",
        "settings/settings.yml",
    ]
    assert made["json.schemas"][0] == {
        "fileMatch": ["settings/settings.json"],
        "url": "./schemas/settings.schema.json",
    }


def test_the_servers_of_toml_get_rules() -> None:
    """Each with the files of its schema."""
    assert tomli.loads(TAPLO.install(None, MAPPINGS))["rule"][0] == {
        "include": ["settings/settings.toml"],
        "schema": {"path": "schemas/settings.schema.json", "enabled": True},
    }
    assert tomli.loads(TOMBI.install(None, MAPPINGS))["schemas"][2] == {
        "path": "schemas/typedflow.schema.json",
        "include": ["typedflow.toml"],
    }


def test_pycharm_gets_mappings() -> None:
    """One for each schema; globs are patterns, names are files."""
    made = ET.fromstring(PYCHARM.install(None, MAPPINGS))  # noqa: S314 # it is our own
    names = [entry.get("key") for entry in made.iter("entry")]
    assert names == ["typedflow settings", "typedflow overlays", "typedflow manifest"]
    kinds = [{option.get("name"): option.get("value") for option in item} for item in made.iter("Item")]
    assert {"path": "settings/settings.yaml"} in kinds
    glob = "settings/settings.configuration.*.yaml"
    assert {"pattern": "true", "mappingKind": "Pattern", "path": glob} in kinds


def test_neovim_gets_balanced_lua() -> None:
    """Brackets close, and schemas are found from the project's root."""
    made = re.sub(r'"[^"]*"', "", NEOVIM.install(None, MAPPINGS))
    assert made.count("{") == made.count("}") > 5
    assert made.count("(") == made.count(")")
    assert made.count("root .. ") == 4
