"""Compiling a variant to the bytes that a run gets, with a sidecar that records each value's origin."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from typedflow.project import (
    LoadedProject,
    canonical,
    compile_config,
    compiled_source,
    config_digest,
    digest_of,
    is_compiled,
    provenance_of,
    resolve,
    schema_digest,
    sidecar,
    tree_of,
)
from typedflow.values import Case, Diagnostic, format_path, leaves_of, read_sidecar

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

FILES = {
    "settings/settings.yaml": "name: base\nmodel:\n  learning-rate: 0.5\n  epochs: 1\nfeatures: [a]\ntags: [z, y, x]\n",
    "settings/settings.environment.dev.yaml": "name: dev\nmodel: {epochs: 2}\n",
    "settings/settings.configuration.EXP_01.yaml": (
        "$merge: {delete: [model.learning-rate]}\nname: exp\nfeatures: [b]\n"
    ),
}
ENVIRON = {"TYPEDFLOW__SETTINGS__MODEL__EPOCHS": "5"}


@pytest.fixture
def project(make: Make) -> LoadedProject:
    """A project with a layer of each kind."""
    return make(FILES, ENVIRON)


def test_all_layers_in_their_order(make: Make) -> None:
    """Defaults, global settings, environment, binding, variables, options: each overrides those on its left."""
    ranks = ("a", "b", "c", "d", "e", "f")
    model = "from typedflow import ConfigModel\nclass Settings(ConfigModel):\n"
    model += "".join(f"    {name}: str = 'default'\n" for name in ranks)
    texts = {
        "settings/settings.toml": ("global", ranks[1:]),
        "settings/settings.environment.dev.toml": ("environment", ranks[2:]),
        "settings/settings.configuration.EXP_01.toml": ("binding", ranks[3:]),
    }
    files = {file: "".join(f'{name} = "{word}"\n' for name in names) for file, (word, names) in texts.items()}
    environ = {f"TYPEDFLOW__SETTINGS__{name.upper()}": "variable" for name in ranks[4:]}
    project = make({"model.py": model, **files}, environ)
    resolved = resolve(project, "train", "EXP_01", "dev", options=["f=option"])
    expected = ["default", "global", "environment", "binding", "variable", "option"]
    assert list(resolved.config.model_dump().values()) == expected
    assert [leaf.origin.name for leaf in provenance_of(resolved, project.root).leaves.values()] == [
        "model.py",
        *texts,
        "TYPEDFLOW__SETTINGS__E",
        "--set f=option",
    ]


def test_settings_say_where_each_value_is_from(project: LoadedProject) -> None:
    """Leaves have a location and what they shadow; a default's is its declaration; paths are relative to the root."""
    resolved = resolve(project, "train", "EXP_01", "dev")
    found, values = provenance_of(resolved, project.root), dict(leaves_of(tree_of(resolved)))
    shown = {
        format_path(path): (values[path], str(leaf.origin), [str(at) for at in leaf.shadows])
        for path, leaf in found.leaves.items()
    }
    assert shown == {
        "name": (
            "exp",
            "settings/settings.configuration.EXP_01.yaml:2:7",
            ["settings/settings.environment.dev.yaml:1:7", "settings/settings.yaml:1:7"],
        ),
        'model."learning-rate"': (0.1, "model.py:7:1", []),
        "model.epochs": (
            5,
            "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
            ["settings/settings.environment.dev.yaml:2:17", "settings/settings.yaml:4:11"],
        ),
        "model.note": ("plain", "model.py:9:1", []),
        "features[0]": ("a", "settings/settings.yaml:5:12", []),
        "features[1]": ("b", "settings/settings.configuration.EXP_01.yaml:3:12", []),
        "tags[0]": ("z", "settings/settings.yaml:6:8", []),
        "tags[1]": ("y", "settings/settings.yaml:6:11", []),
        "tags[2]": ("x", "settings/settings.yaml:6:14", []),
        "table": ({}, "model.py:17:1", []),
    }
    assert [format_path(path) for path, leaf in found.leaves.items() if leaf.is_default] == [
        'model."learning-rate"',
        "model.note",
        "table",
    ]
    assert [(format_path(item.path), str(item.origin), str(item.by), item.reason) for item in found.removed] == [
        (
            'model."learning-rate"',
            "settings/settings.yaml:3:18",
            "settings/settings.configuration.EXP_01.yaml:1:19",
            "deleted",
        )
    ]


def test_the_tree_is_as_files_write_it(project: LoadedProject) -> None:
    """The settings that are shown have the files' keys, and the defaults."""
    assert tree_of(resolve(project, "train", "EXP_01", "dev")) == {
        "name": "exp",
        "model": {"learning-rate": 0.1, "epochs": 5, "note": "plain"},
        "features": ["a", "b"],
        "tags": ["z", "y", "x"],
        "table": {},
    }


def test_a_compiled_config_is_canonical(project: LoadedProject) -> None:
    """What a run gets is plain JSON by field name, keys and sets sorted, and its name has the digest of the bytes."""
    resolved = resolve(project, "train", "EXP_01", "dev")
    compiled = compile_config(resolved, project.root)
    text = compiled.file.read_text(encoding="utf-8")
    assert compiled.file == project.root / ".typedflow" / "compiled" / f"flow.train.EXP_01.{compiled.digest}.json"
    assert compiled.digest == digest_of(text) == config_digest(resolved)
    assert text == canonical(json.loads(text))
    assert json.loads(text) == {
        "features": ["a", "b"],
        "model": {"epochs": 5, "learning_rate": 0.1, "note": "plain"},
        "name": "exp",
        "table": {},
        "tags": ["x", "y", "z"],
    }
    assert oct(compiled.file.stat().st_mode & 0o777) == "0o644"


def test_the_sidecar_says_where_from(project: LoadedProject) -> None:
    """The sidecar has the variant, the model, and each leaf's location."""
    resolved = resolve(project, "train", "EXP_01", "dev")
    compiled = compile_config(resolved, project.root)
    assert compiled.sidecar.name == f"flow.train.EXP_01.{compiled.digest}.provenance.json"
    sidecar = json.loads(compiled.sidecar.read_text(encoding="utf-8"))
    leaves, removed = sidecar.pop("leaves"), sidecar.pop("removed")
    assert sidecar.pop("typedflow")
    assert sidecar == {
        "version": 2,
        "digest": compiled.digest,
        "kind": "flow",
        "unit": "train",
        "binding": "EXP_01",
        "environment": "dev",
        "identity": None,
        "model": "model:Settings",
        "schema": schema_digest(project.models.all()[0]),
    }
    assert leaves["name"] == {
        "default": False,
        "origin": {"source": "settings/settings.configuration.EXP_01.yaml", "line": 2, "column": 7},
        "shadows": [
            {"source": "settings/settings.environment.dev.yaml", "line": 1, "column": 7},
            {"source": "settings/settings.yaml", "line": 1, "column": 7},
        ],
    }
    assert leaves["model.epochs"]["origin"] == {"source": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS"}
    assert leaves["model.note"]["default"]
    assert [item["path"] for item in removed] == ['model."learning-rate"']
    assert str(project.root) not in compiled.sidecar.read_text(encoding="utf-8")


def test_a_sidecar_of_version_1_is_read(project: LoadedProject) -> None:
    """It was of a flow, whose name it has as ``flow``."""
    resolved = resolve(project, "train", "EXP_01", "dev")
    now = sidecar(resolved, config_digest(resolved), project.root)
    old = {key: value for key, value in now.items() if key not in {"kind", "unit"}}
    assert read_sidecar({**old, "version": 1, "flow": "train"}) == read_sidecar(now)


def test_a_compiled_config_is_known_as_one(project: LoadedProject) -> None:
    """A file is a compiled config if its name contains the digest of its text."""
    compiled = compile_config(resolve(project, "train", "EXP_01"), project.root)
    text = compiled.file.read_text(encoding="utf-8")
    assert is_compiled(compiled.file, text)
    assert not is_compiled(compiled.file, text + " ")
    assert is_compiled(compiled.file.with_name(f"train.EXP_01.{compiled.digest}.json"), text)  # of earlier versions
    assert not is_compiled(project.root / compiled.file.name, text)


def test_a_source_without_a_file(project: LoadedProject) -> None:
    """The compiled text is available without writing it."""
    resolved = resolve(project, "train", "EXP_01")
    source = compiled_source(resolved, project.root)
    assert not (project.root / ".typedflow").exists()
    compiled = compile_config(resolved, project.root)
    assert (source.file, source.text) == (compiled.file, compiled.file.read_text(encoding="utf-8"))
    assert source.name == f".typedflow/compiled/{compiled.file.name}"


def test_compiled_configs_are_not_for_git(project: LoadedProject) -> None:
    """The directory ignores itself in git, and other files there are kept."""
    compile_config(resolve(project, "report"), project.root)
    ignore = project.root / ".typedflow" / ".gitignore"
    assert ignore.read_text(encoding="utf-8") == "*\n"
    ignore.write_text("other\n", encoding="utf-8")
    compile_config(resolve(project, "report"), project.root)
    assert ignore.read_text(encoding="utf-8") == "other\n"


def test_every_process_compiles_the_same_bytes(project: LoadedProject) -> None:
    """The bytes of the config and the sidecar do not depend on the process, such as on the order of sets."""
    program = (
        "import sys; from pathlib import Path; from typedflow.project import *\n"
        "project = open_project(Path(sys.argv[1]), {})\n"
        "resolved = resolve(project, 'train', 'EXP_01', 'dev', ['tags=[q, w, e, r, t, y]'])\n"
        "compiled = compile_config(resolved, project.root)\n"
        "print(compiled.file); print(compiled.sidecar)"
    )
    found = set()
    for seed in ("0", "1", "12345"):
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program, str(project.root)]
        done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
        found.add((done.stdout, *(Path(name).read_bytes() for name in done.stdout.splitlines())))
    assert len(found) == 1


def test_a_file_in_the_way_of_a_directory_is_a_diagnostic(project: LoadedProject, findings: Findings) -> None:
    """A file in the place of the project's own directory is reported."""
    (project.root / ".typedflow").write_text("x", encoding="utf-8")
    resolved = resolve(project, "report")
    (problem,) = findings(compile_config, resolved, project.root)
    assert problem.rule.name == "unwritable-file"
    assert (project.root / ".typedflow").read_text(encoding="utf-8") == "x"


def test_a_variant_that_is_no_round_trip_is_not_compiled(make: Make, findings: Findings) -> None:
    """A config that does not survive a round trip through JSON is rejected, and nothing is written."""
    model = (
        "from typing import Annotated\nfrom pydantic import BeforeValidator\nfrom typedflow import ConfigModel\n"
        "class Settings(ConfigModel):\n    a: Annotated[str, BeforeValidator(lambda a: 'x' + a)]\n"
    )
    project = make({"model.py": model, "settings/settings.yaml": "a: b"})
    (problem,) = findings(compile_config, resolve(project, "report"), project.root)
    assert problem.rule.name == "not-round-trip"
    assert not (project.root / ".typedflow").exists()


def test_findings_have_their_case(make: Make, findings: Findings) -> None:
    """Errors of a variant have it as their case, also under the default binding."""
    project = make({"settings/settings.yaml": "nme: x", "settings/settings.configuration.EXP_01.yaml": ""})
    assert [item.cases for item in findings(resolve, project, "train", "EXP_01")] == [(Case("train", "EXP_01"),)]
    assert [item.cases for item in findings(resolve, project, "report")] == [(Case("report", "default"),)]


def test_another_model_may_be_given(make: Make) -> None:
    """A flow may resolve its settings with a model of its own."""
    project = make({"settings/settings.yaml": "name: x"})
    resolved: Any = resolve(project, "report", model=project.models.all()[0])
    assert resolved.config.name == "x"


def test_a_digest_is_of_the_text() -> None:
    """A digest is the first twelve digits of the SHA-256 of the text's bytes."""
    assert digest_of("") == "e3b0c44298fc"


@pytest.mark.parametrize(
    ("data", "text"), [({"b": 1, "a": [None, "é"]}, '{\n  "a": [\n    null,\n    "é"\n  ],\n  "b": 1\n}\n')]
)
def test_the_canonical_text(data: object, text: str) -> None:
    """Canonical JSON is sorted, indented by two, and ends with a line end."""
    assert canonical(data) == text
