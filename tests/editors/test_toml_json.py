"""What taplo and tombi, the servers of TOML, and check-jsonschema say of settings files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
import yaml

from typedflow.cli import main

pytestmark = pytest.mark.slow

LINT = {"taplo": ("lint",), "tombi": ("lint", "--offline")}
#: What taplo says of a wrong type: a directive may stand in place of the value, and it names no members of a union.
UNION = {"taplo": "is not valid under any of the schemas", "tombi": None}
FULL, OVERLAY = "schemas/settings.schema.json", "schemas/settings.overlay.schema.json"


@pytest.fixture
def toml(demo: Path) -> Path:
    """The demo with its settings in TOML, not wired yet."""
    for file in (demo / "settings").glob("*.yaml"):
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.with_suffix(".toml").write_text(tomli_w.dumps(tree), encoding="utf-8")
        file.unlink()
    return demo


@pytest.mark.parametrize("name", LINT)
@pytest.mark.parametrize("options", [(), ("--editor",)])
def test_servers_of_toml_judge_by_the_schema(
    toml: Path, tool: Callable[[str], Any], name: str, options: tuple[str, ...]
) -> None:
    """By lines in the files or by the server's own configuration: no finding in the demo, and each mistake is one."""
    assert main(["schema", "install", *options, *([name] if options else [])]) == 0
    files = sorted(str(file.relative_to(toml)) for file in (toml / "settings").glob("*.toml"))
    assert len(files) == 5
    code, printed = tool(name).judge(toml, *LINT[name], "typedflow.toml", *files)
    assert code == 0, printed
    for file, old, new, found in (
        ("settings/settings.toml", "cron =", "crn =", "crn"),
        ("settings/settings.toml", 'project = "diabetes"', "project = 3", UNION[name] or "string"),
        ("settings/settings.configuration.EXP_02.toml", "alpha =", "alhpa =", "alhpa"),
        ("settings/settings.environment.prod.toml", "cpu = 4", 'cpu = "four"', UNION[name] or "integer"),
        ("typedflow.toml", "default =", "defalt =", "defalt"),
    ):
        text = (toml / file).read_text(encoding="utf-8")
        assert old in text
        (toml / file).write_text(text.replace(old, new), encoding="utf-8")
        code, printed = tool(name).judge(toml, *LINT[name], file)
        assert code != 0, f"{file}: {new}"
        assert found in printed.lower(), printed
        (toml / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", LINT)
def test_a_binding_in_toml_may_be_empty(toml: Path, tool: Callable[[str], Any], name: str) -> None:
    """Nothing is missing in an overlay, and ``$merge`` is known."""
    file = toml / "settings/settings.configuration.EXP_01.toml"
    for text in ("", '"$merge".delete = ["packages.pydantic"]\n'):
        file.write_text(text, encoding="utf-8")
        assert main(["schema", "install"]) == 0
        code, printed = tool(name).judge(toml, *LINT[name], str(file.relative_to(toml)))
        assert code == 0, printed


@pytest.mark.parametrize("suffix", [".yaml", ".toml", ".json"])
def test_check_jsonschema_judges_every_format(wired: Path, tool: Callable[[str], Any], suffix: str) -> None:
    """The command of pre-commit hooks takes the demo, and finds a missing key in global settings alone."""
    check = tool("check-jsonschema")
    for name, schema in (("settings", FULL), ("settings.configuration.EXP_02", OVERLAY)):
        tree = yaml.safe_load((wired / f"settings/{name}.yaml").read_text(encoding="utf-8"))
        file = wired / f"{name}{suffix}"
        file.write_text(_dumped(tree, suffix), encoding="utf-8")
        code, printed = check.judge(wired, "--schemafile", schema, file.name)
        assert code == 0, printed
        file.write_text(_dumped({**tree, "modle": 1}, suffix), encoding="utf-8")
        code, printed = check.judge(wired, "--schemafile", schema, file.name)
        assert code == 1
        assert "modle" in printed
    (wired / f"part{suffix}").write_text(_dumped({"labels": []}, suffix), encoding="utf-8")
    assert check.judge(wired, "--schemafile", FULL, f"part{suffix}")[0] == 1
    assert check.judge(wired, "--schemafile", OVERLAY, f"part{suffix}")[0] == 0


def test_json_settings_name_their_schema_in_a_key(demo: Path, tool: Callable[[str], Any]) -> None:
    """The key by which editors find the schema is no mistake by that schema, nor one for us."""
    file = demo / "settings/settings.yaml"
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.unlink()
    file = file.with_suffix(".json")
    file.write_text(json.dumps(tree, indent=2), encoding="utf-8")
    assert main(["schema", "install"]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["$schema"] == f"../{FULL}"
    code, printed = tool("check-jsonschema").judge(demo, "--schemafile", FULL, str(file))
    assert code == 0, printed
    assert main(["show", "training", "--binding", "EXP_01"]) == 0


def _dumped(tree: Any, suffix: str) -> str:
    if suffix == ".toml":
        return tomli_w.dumps(tree)
    return json.dumps(tree) if suffix == ".json" else yaml.safe_dump(tree)
