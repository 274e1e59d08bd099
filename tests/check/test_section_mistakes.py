"""Mistakes in a project with sections: each is found at its file and line, without flows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from typedflow.check._settings import judge_bindings, judge_settings
from typedflow.project import open_project, resolve
from typedflow.values import Diagnostic, TypedflowError

MANIFEST = """\
model = "metaflows/settings.py:Settings"
sections = ["configuration", "environment"]

[flows.training]
file = "metaflows/training.py"
bindings = ["EXP_*"]

[environments]
default = "dev"

[environments.branches]
main = "prod"
"""
FILES = {
    "typedflow.toml": MANIFEST,
    "metaflows/settings.py": """\
from typedflow import ConfigModel


class Estimator(ConfigModel):
    fit_intercept: bool = True


class Configuration(ConfigModel):
    target_column: str
    features: list[str]
    model: Estimator = Estimator()
    conda: dict[str, str] = {}


class Environment(ConfigModel):
    READ_DATABASE: str
    TARGET_DATABASE: str


class Settings(ConfigModel):
    project: str = "demo"
    configuration: Configuration
    environment: Environment
""",
    "metaflows/training.py": """\
from metaflow import FlowSpec, step
from settings import Settings
from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print(self.settings.configuration.features, self.settings.environment.READ_DATABASE)


if __name__ == "__main__":
    Training()
""",
    "settings/settings.configuration.yaml": "model:\n  fit_intercept: true\nconda:\n  numpy: 1.22.4\n",
    "settings/settings.configuration.EXP_01.yaml": "target_column: runtime\nfeatures: [a, b]\n",
    "settings/settings.configuration.EXP_02.yaml": (
        "target_column: runtime\nfeatures: [a]\nmodel:\n  fit_intercept: false\n"
    ),
    "settings/settings.environment.yaml": (
        "dev:\n  READ_DATABASE: dev_r\n  TARGET_DATABASE: dev_t\n"
        "prod:\n  READ_DATABASE: prod_r\n  TARGET_DATABASE: prod_t\n"
    ),
}
BINDING, ENVIRONMENTS = "settings/settings.configuration.EXP_01.yaml", "settings/settings.environment.yaml"
LISTED = 'sections = ["configuration", "environment"]\n'

#: A file and its text (None removes it), and the beginning of a line of the report.
MISTAKES = {
    "unknown key": (
        BINDING,
        "target_column: x\nfeatures: [a]\nmodel: {fit_intercpt: true}\n",
        f"{BINDING}:3:9: error TF302 unknown-key: `configuration.model.fit_intercpt` is not a field of Estimator",
    ),
    "invalid value": (
        BINDING,
        "target_column: x\nfeatures: [a, 3]\n",
        f"{BINDING}:2:15: error TF301 invalid-value: `configuration.features[1]` is 3",
    ),
    "missing key": (
        BINDING,
        "features: [a]\n",
        "settings/settings.configuration.yaml: error TF303 missing-key: `configuration.target_column` is missing",
    ),
    "the section inside its own file": (
        BINDING,
        "configuration:\n  target_column: x\n  features: [a]\n",
        f"{BINDING}:1:1: error TF302 unknown-key: `configuration.configuration` is not a field of Configuration",
    ),
    "not a mapping": (BINDING, "- a\n", f"{BINDING}:1:1: error TF106 not-a-mapping"),
    "conflict of kinds": (
        BINDING,
        "target_column: x\nfeatures: [a]\nconda: 5\n",
        f"{BINDING}:3:1: error TF201 kind-conflict: `configuration.conda` is `5` here and a mapping in a lower layer",
    ),
    "deletion of nothing": (
        BINDING,
        "$merge: {delete: [conda.nmpy]}\ntarget_column: x\nfeatures: [a]\n",
        f"{BINDING}:1:19: error TF203 delete-nothing: `$merge.delete` names `conda.nmpy`, which no lower layer sets",
    ),
    "directive with the section in its path": (
        BINDING,
        "$merge: {replace: [configuration.features]}\ntarget_column: x\nfeatures: [a]\n",
        f"{BINDING}:1:20: error TF202 bad-directive: `$merge` names `configuration.features`, which this file does not",
    ),
    "redundant value": (
        BINDING,
        "target_column: x\nfeatures: [a]\nmodel: {fit_intercept: true}\n",
        f"{BINDING}:3:1: warning TF205 redundant-override: `configuration.model` changes nothing",
    ),
    "misspelled key in a block that no branch selects": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS] + "staging:\n  READ_DATABSE: s\n  TARGET_DATABASE: s\n",
        f"{ENVIRONMENTS}:8:3: error TF302 unknown-key: `environment.READ_DATABSE` is not a field of Environment",
    ),
    "key missing in a block": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("  TARGET_DATABASE: dev_t\n", ""),
        f"{ENVIRONMENTS}:1:1: error TF303 missing-key: `environment.TARGET_DATABASE` is missing",
    ),
    "invalid value in a block": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("prod_t", "[1]"),
        f"{ENVIRONMENTS}:6:20: error TF301 invalid-value: `environment.TARGET_DATABASE`",
    ),
    "a block without content": (
        ENVIRONMENTS,
        f"staging:\n{FILES[ENVIRONMENTS]}",
        f"{ENVIRONMENTS}:1:1: error TF106 not-a-mapping: `staging` must be a mapping, not null",
    ),
    "a block that is a list": (
        ENVIRONMENTS,
        f"staging: [1]\n{FILES[ENVIRONMENTS]}",
        f"{ENVIRONMENTS}:1:10: error TF106 not-a-mapping: `staging` must be a mapping, not a list",
    ),
    "directive beside the blocks": (
        ENVIRONMENTS,
        "$merge: {delete: [READ_DATABASE]}\n" + FILES[ENVIRONMENTS],
        f"{ENVIRONMENTS}:1:1: error TF521 bad-section: `$merge` is not an environment",
    ),
    "misspelled directive in a block": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("prod:\n", "prod:\n  $merge: {delte: [READ_DATABASE]}\n"),
        f"{ENVIRONMENTS}:5:12: error TF202 bad-directive: `delte` is not a directive",
    ),
    "deletion of nothing in a block": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("prod:\n", "prod:\n  $merge: {delete: [READ_DATABASE]}\n"),
        f"{ENVIRONMENTS}:5:21: error TF203 delete-nothing: `$merge.delete` names `READ_DATABASE`",
    ),
    "integer as a key": (
        BINDING,
        "target_column: x\nfeatures: [a]\nconda: {1: x}\n",
        f"{BINDING}:3:9: error TF109 key-not-a-string: the key `1` is an integer",
    ),
    "name that no environment can have": (
        ENVIRONMENTS,
        f'"a b": {{}}\n{FILES[ENVIRONMENTS]}',
        f"{ENVIRONMENTS}:1:1: error TF521 bad-section: `a b` cannot be the name of an environment",
    ),
    "settings of the environment without a block": (
        ENVIRONMENTS,
        "READ_DATABASE: a\nTARGET_DATABASE: b\n",
        f"{ENVIRONMENTS}:1:16: error TF106 not-a-mapping: `READ_DATABASE` must be a mapping, not a string",
    ),
    "block that is missing": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("prod:", "pord:"),
        "typedflow.toml:12:8: error TF509 unknown-environment: there is no environment `prod`",
    ),
    "syntax error in the blocks": (ENVIRONMENTS, "dev: [\n", f"{ENVIRONMENTS}:2:1: error TF101 invalid-syntax"),
    "a second source of an environment": (
        "settings/settings.environment.prod.yaml",
        "READ_DATABASE: x\nTARGET_DATABASE: y\n",
        "settings/settings.environment.prod.yaml: error TF512 ambiguous-layer: a block and a file are the same layer:",
    ),
    "a second file of a section": (
        "settings/settings.configuration.toml",
        "",
        "settings/settings.configuration.yaml: error TF512 ambiguous-layer: two files are the same layer",
    ),
    "a section that is not listed": (
        "typedflow.toml",
        MANIFEST.replace('"configuration", ', ""),
        "settings/settings.configuration.yaml: warning TF518 unread-file: no layer reads this file",
    ),
    "a section that the model does not have": (
        "typedflow.toml",
        MANIFEST.replace('"configuration"', '"configuraton"'),
        "typedflow.toml:2:13: error TF521 bad-section: `configuraton` is not a field of Settings",
    ),
    "a field that cannot be a section": (
        "typedflow.toml",
        MANIFEST.replace('["', '["project", "'),
        "typedflow.toml:2:13: error TF521 bad-section: `project` is not a model or a mapping",
    ),
    "a reserved section": (
        "typedflow.toml",
        MANIFEST.replace('["', '["sweep", "'),
        "typedflow.toml:2:13: error TF521 bad-section: `sweep` is reserved",
    ),
    "a section that is listed twice": (
        "typedflow.toml",
        MANIFEST.replace('"environment"', '"environment", "configuration"'),
        "typedflow.toml:2:45: error TF521 bad-section: `configuration` is listed twice",
    ),
    "too many parts": (
        "settings/settings.configuration.EXP_01.old.yaml",
        "target_column: x\n",
        "settings/settings.configuration.EXP_01.old.yaml: warning TF518 unread-file: no layer reads this file",
    ),
    "a file of no section": (
        "settings/settings.training.EXP_01.yaml",
        "target_column: x\n",
        "settings/settings.training.EXP_01.yaml: warning TF518 unread-file: no layer reads this file",
    ),
    "no environment is selected": (
        "typedflow.toml",
        MANIFEST.partition("[environments]")[0],
        f"{ENVIRONMENTS}: error TF303 missing-key: `environment` is missing; Settings requires it, and no",
    ),
    "an unused binding": (
        "settings/settings.configuration.OTHER.yaml",
        "target_column: x\n",
        "settings/settings.configuration.OTHER.yaml: warning TF515 unused-binding",
    ),
}


#: A file and its text, and what to do about the key that it lacks.
ADDITIONS = {
    "a key of a binding": (
        BINDING,
        "features: [a]\n",
        "add `target_column` to settings/settings.configuration.yaml, or settings.configuration.NAME.yaml of a binding",
    ),
    "an inner key": (
        "metaflows/settings.py",
        FILES["metaflows/settings.py"].replace("= True", "= True\n    l1: int").replace(" = Estimator()", ""),
        "add `l1` to `model` in settings/settings.configuration.yaml, or settings.configuration.NAME.yaml of a binding",
    ),
    "a key of a block": (
        ENVIRONMENTS,
        FILES[ENVIRONMENTS].replace("  TARGET_DATABASE: dev_t\n", ""),
        "add `TARGET_DATABASE` to the block `dev` of settings/settings.environment.yaml",
    ),
    "a key of an environment's own file": (
        "settings/settings.environment.staging.yaml",
        "READ_DATABASE: x\n",
        "add `TARGET_DATABASE` to settings/settings.environment.staging.yaml",
    ),
}


#: The text of a binding's file that names its section again, and what to write instead.
REPEATED = {
    "above the content": (
        "configuration:\n  target_column: x\n  features: [a]\n",
        "unknown-key",
        (
            "the content of this file is the value of `configuration`: remove the line `configuration:`, and move what "
            "is below it to the left"
        ),
    ),
    "in a directive": (
        "$merge: {replace: [configuration.features]}\ntarget_column: x\nfeatures: [a]\n",
        "bad-directive",
        "in the file of a section, key paths of `$merge` begin in the section: `features`",
    ),
    "in a deletion": (
        "$merge: {delete: [configuration.conda]}\ntarget_column: x\nfeatures: [a]\n",
        "delete-nothing",
        "in the file of a section, key paths of `$merge` begin in the section: `conda`",
    ),
}


@pytest.fixture(autouse=True)
def forget_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the model of each project anew."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "settings", raising=False)


def _findings(root: Path) -> Iterator[Diagnostic]:
    """Yield what a check finds in the settings of a project: alone, and in every variant."""
    try:
        project = open_project(root, {})
        yield from judge_settings(project, lambda: None).diagnostics
        yield from judge_bindings(project, list(project.files.bindings), lambda: None).diagnostics
        variants = [(name, where) for name in project.bindings("training") for where in project.possible_environments()]
    except TypedflowError as error:
        yield from error.diagnostics
        return
    for binding, environment in variants:
        try:
            resolve(project, "training", binding, environment)
        except TypedflowError as error:
            yield from error.diagnostics


def _written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def test_the_project_is_right(tmp_path: Path) -> None:
    """Without a mistake, nothing is found."""
    assert list(_findings(_written(tmp_path, FILES))) == []


@pytest.mark.parametrize(("name", "text", "line"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, name: str, text: str, line: str) -> None:
    """Whatever was done wrong is told, at the file and the line."""
    found = _findings(_written(tmp_path, {**FILES, name: text}))
    lines = [f"{x.location}: {x.severity.value} {x.rule.code} {x.rule.name}: {x.message}" for x in found]
    assert any(each.startswith(line) for each in lines), lines


@pytest.mark.parametrize(("name", "text", "hint"), ADDITIONS.values(), ids=ADDITIONS)
def test_where_to_add_a_missing_key(tmp_path: Path, name: str, text: str, hint: str) -> None:
    """The hint names the file of the section, and the key as that file has it."""
    found = _findings(_written(tmp_path, {**FILES, name: text}))
    assert {item.hint for item in found if item.rule.name == "missing-key"} == {hint}


@pytest.mark.parametrize(("text", "rule", "hint"), REPEATED.values(), ids=REPEATED)
def test_a_section_that_is_named_in_its_own_file(tmp_path: Path, text: str, rule: str, hint: str) -> None:
    """The hint says what the file is, and what to write."""
    found = _findings(_written(tmp_path, {**FILES, BINDING: text}))
    assert {item.hint for item in found if item.rule.name == rule} == {hint}
