"""``typedflow schema export``: current, complete, and nobody else's files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

FULL, OVERLAY = "schemas/settings.schema.json", "schemas/settings.overlay.schema.json"
FLOW = """
from metaflow import FlowSpec, step
from pydantic import Field
from typedflow import Config, ConfigModel

class Extra(ConfigModel):
    size: int = Field(1, examples=[2])

class Training(FlowSpec):
    extra = Config("extra", model=Extra, default_value={})

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""


@pytest.fixture(autouse=True)
def _flows(project: Project) -> None:
    """Flows that can be imported."""
    for name in ("training", "report"):
        project.write(f"flows/{name}.py", "print('imported')\n")


def _schemas(project: Project) -> dict[str, str]:
    return {name: text for name, text in project.files().items() if name.startswith("schemas/")}


def test_both_schemas_are_written(call: Call, project: Project) -> None:
    """One for the settings, one for what lies above them; the paths are printed, and nothing that a flow prints."""
    done = call("schema", "export")
    assert (done.code, done.out) == (0, f"{FULL}\n{OVERLAY}\n")
    full, overlay = (json.loads(_schemas(project)[name]) for name in (FULL, OVERLAY))
    binding = {"model": {"optimizer": {"kind": "sgd"}}, "$merge": {"delete": ["model.features"]}}
    assert Draft202012Validator(overlay).is_valid(binding)
    assert not Draft202012Validator(full).is_valid(binding)


def test_written_twice(call: Call, project: Project) -> None:
    """The second time there is nothing to do, and nothing is touched."""
    call("schema", "export")
    before = (project.root / FULL).stat().st_mtime_ns
    assert (call("schema", "export").out, (project.root / FULL).stat().st_mtime_ns) == ("", before)


def test_another_draft_and_directory(call: Call, project: Project) -> None:
    """The directory is one of the project's, from wherever the command is run."""
    done = call("schema", "export", "--draft", "7", "--output", "docs/schemas")
    assert done.out.splitlines() == ["docs/schemas/settings.schema.json", "docs/schemas/settings.overlay.schema.json"]
    schema = json.loads(project.files()["docs/schemas/settings.schema.json"])
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_checked(call: Call, project: Project) -> None:
    """``--check`` writes nothing, and says of each file why it is not current."""
    done = call("schema", "export", "--check")
    assert (done.code, done.out, _schemas(project)) == (1, f"{FULL}\n{OVERLAY}\n", {})
    assert f"{FULL}: error TF601 schema-drift: the exported schema is out of date: it is missing" in done.err
    call("schema", "export")
    assert call("schema", "export", "--check").code == 0


def test_drift(call: Call, project: Project) -> None:
    """The first leaf that differs is named."""
    call("schema", "export")
    text = _schemas(project)[FULL]
    project.write(FULL, text.replace('"default": "Diabetes"', '"default": "Other"'))
    done = call("schema", "export", "--check")
    assert (done.code, done.out) == (1, f"{FULL}\n")
    assert '`properties.title.default` is "Other", but should be "Diabetes"' in " ".join(done.err.split())
    assert call("schema", "export").out == f"{FULL}\n"
    assert _schemas(project)[FULL] == text


def test_what_no_config_has_any_more(call: Call, project: Project) -> None:
    """An exported schema without a config is removed; other files stay."""
    call("schema", "export")
    project.write("schemas/gone.extra.schema.json", _schemas(project)[FULL])
    project.write("schemas/own.schema.json", "{}")
    done = call("schema", "export", "--check")
    assert (done.code, done.out) == (1, "schemas/gone.extra.schema.json\n")
    assert call("schema", "export").code == 0
    assert sorted(_schemas(project)) == sorted([FULL, OVERLAY, "schemas/own.schema.json"])


@pytest.mark.parametrize("option", [(), ("--check",)], ids=["write", "check"])
def test_nobody_elses_file_is_overwritten(call: Call, project: Project, option: tuple[str, ...]) -> None:
    """A file of the same name that somebody else wrote is named, and nothing is written."""
    project.write(FULL, "{}")
    done = call("schema", "export", *option)
    assert (done.code, done.out, _schemas(project)) == (2, "", {FULL: "{}"})
    assert f"{FULL}: error TF511 unwritable-file: the file was not written by" in done.err


BAD = {
    "a flow that does not exist": (("--flow", "nothing"), {}, "unknown-flow"),
    "a directory that is a file": (("--output", "typedflow.toml"), {}, "unwritable-file"),
    "a flow that cannot be imported": ((), {"flows/report.py": "import nowhere\n"}, "TF409 import-failed"),
    "a model that cannot be imported": ((), {"flows/settings.py": "1 / 0\n"}, "TF508 model-not-found"),
    "another draft": (("--draft", "4"), {}, "invalid choice"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_exported(call: Call, project: Project, name: str) -> None:
    """Bad input is a diagnostic, exit code 2, and nothing is written."""
    options, files, said = BAD[name]
    for file, text in files.items():
        project.write(file, text)
    before = project.files()
    done = call("schema", "export", *options)
    assert (done.code, done.out, project.files()) == (2, "", before)
    assert said in done.err


@pytest.mark.slow
def test_configs_of_flows_have_schemas(spawn: Call, project: Project) -> None:
    """The configs of a flow other than the settings have their own schemas."""
    project.write("flows/training.py", FLOW)
    done = spawn("schema", "export")
    assert done.code == 0, done.err
    assert done.out.splitlines()[2:] == [
        "schemas/training.extra.schema.json",
        "schemas/training.extra.overlay.schema.json",
    ]


@pytest.mark.slow
def test_the_same_bytes_in_each_process(project: Project) -> None:
    """Neither the order of sets nor anything else of a process gets into a schema."""
    model = project.files()["flows/settings.py"] + '    words: frozenset[str] = frozenset("abcdefgh")\n'
    project.write("flows/settings.py", model)
    texts = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "typedflow", "schema", "export", "--output", f"out{seed}"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        texts.append([text for name, text in project.files().items() if name.startswith(f"out{seed}/")])
    assert texts[0] == texts[1]
    assert '"h"' in texts[0][0]
