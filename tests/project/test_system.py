"""``SystemSettings``: a field of the settings' model that is filled with git facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from typedflow import ConfigModel, SystemSettings
from typedflow.models import dump, is_complete, model_problems, restore, without_system
from typedflow.project import (
    compile_config,
    config_digest,
    lock_text,
    open_project,
    provenance_of,
    resolve,
    side_of_config,
    side_of_variant,
)
from typedflow.schema import export

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.project.conftest import Make, Problems

MODEL = """
from pydantic import Field

from typedflow import ConfigModel, SystemSettings


class Settings(ConfigModel):
    name: str = "demo"
    system: SystemSettings{default}
"""
WITH_DEFAULT, REQUIRED = MODEL.format(default=" = SystemSettings()"), MODEL.format(default="")
NAMED = MODEL.format(default=' | None = Field(None, alias="code")')


@pytest.fixture
def repository(make: Make, git: Callable[..., str]) -> Callable[..., str]:
    """Make a project in a repository with a remote, and return git."""
    make({"model.py": WITH_DEFAULT, "settings/settings.yaml": "name: x\n", ".gitignore": "__pycache__\n"})
    git("init", "-q")
    git("remote", "add", "other", "https://example.org/other.git")
    git("remote", "add", "origin", "https://me:hunter@example.org/demo.git")
    git("add", ".")
    git("commit", "-qm", "first")
    return git


@pytest.mark.parametrize("model", [WITH_DEFAULT, REQUIRED])
@pytest.mark.usefixtures("repository")
def test_facts_are_filled_in(make: Make, git: Callable[..., str], model: str) -> None:
    """The remote without credentials, the branch, the commit, and whether there are changes; they come from git."""
    project = make({"model.py": model})
    git("commit", "-qam", "second", "--allow-empty")
    resolved = resolve(project, "report")
    facts = resolved.config.model_dump()["system"]
    assert facts == {
        "repository": "https://example.org/demo.git",
        "branch": "main",
        "commit": git("rev-parse", "HEAD"),
        "dirty": False,
    }
    leaves = provenance_of(resolved, project.root).leaves
    assert str(leaves["system", "commit"].origin) == "git"


@pytest.mark.usefixtures("repository")
def test_a_key_may_be_an_alias(make: Make, git: Callable[..., str]) -> None:
    """The field is found by its class, whatever its name, and may be declared as optional."""
    project = make({"model.py": NAMED})
    assert resolve(project, "report").config.model_dump()["system"]["commit"] == git("rev-parse", "HEAD")


def test_changes_of_tracked_files_are_dirt(make: Make, repository: Callable[..., str]) -> None:
    """What git does not track, and what it ignores, is none."""
    project = make({"model.py": WITH_DEFAULT, "untracked.txt": ""})
    assert project.git_facts.dirty is False
    changed = make({"model.py": WITH_DEFAULT, "settings/settings.yaml": "name: y\n"})
    assert changed.git_facts.dirty is True
    repository("checkout", "-q", "--detach")
    assert project.git_facts.branch == "main"  # read once
    assert make({"model.py": WITH_DEFAULT}).git_facts.branch is None


def test_without_git_nothing_is_known(make: Make) -> None:
    """All values are None; the project works."""
    config = resolve(make({"model.py": REQUIRED}), "report").config
    assert set(config.model_dump()["system"].values()) == {None}


def test_git_is_asked_only_for_such_a_field(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model without one costs nothing."""
    monkeypatch.setenv("PATH", "")
    project = make()
    resolve(project, "report")
    assert "git_facts" not in vars(project)


def test_facts_are_no_part_of_what_is_compared(make: Make, repository: Callable[..., str]) -> None:
    """Digest, compiled config, lock, diff and equality are the same at another commit."""

    def parts() -> tuple[object, ...]:
        project = make({"model.py": WITH_DEFAULT})
        resolved = resolve(project, "report")
        compiled = compile_config(resolved, project.root)
        record = json.loads(compiled.sidecar.read_text())
        assert record["leaves"]["system.commit"]["origin"] == {"source": "git"}
        side = side_of_variant("", resolved, project.root).leaves
        stored = side_of_config("", resolved.config, None).leaves
        return compiled.file.read_text(), config_digest(resolved), lock_text([resolved]), side, stored, resolved.config

    before = parts()
    repository("commit", "-q", "--allow-empty", "-m", "second")
    after = parts()
    assert before == after
    assert json.loads(str(before[0])) == {"name": "x"}
    assert hash(before[-1]) == hash(after[-1])
    assert before[-1].system.commit != after[-1].system.commit  # type: ignore[attr-defined] # of the project's model


SET = {
    "file": ({"settings/settings.yaml": "system:\n  branch: x\n"}, {}, (), "settings/settings.yaml:2:3"),
    "null": ({"settings/settings.yaml": "name: y\nsystem:\n"}, {}, (), "settings/settings.yaml:2:1"),
    "section": (
        {
            "settings/settings.system.yaml": "dirty: no\n",
            "typedflow.toml": 'model = "model.py:Settings"\nsections = ["system"]\n[flows.report]\nfile = "r.py"\n',
        },
        {},
        (),
        "settings/settings.system.yaml:1:1",
    ),
    "variable": ({}, {"TYPEDFLOW__SETTINGS__SYSTEM__COMMIT": "x"}, (), "TYPEDFLOW__SETTINGS__SYSTEM__COMMIT"),
    "option": ({}, {}, ("system.commit=x",), "--set system.commit=x"),
    "whole": ({}, {}, ("system={a: 1}",), "--set system={a: 1}"),
}


@pytest.mark.parametrize(("files", "environ", "options", "place"), SET.values(), ids=SET)
def test_nothing_else_may_set_them(
    make: Make, findings: Problems, files: dict[str, str], environ: dict[str, str], options: tuple[str, ...], place: str
) -> None:
    """Each place that sets them is a finding, beside those of other keys."""
    project = make({"model.py": WITH_DEFAULT, **files}, environ)
    found = findings(resolve, project, "report", options=[*options, "nothing=1"])
    assert [(item.rule.name, str(item.location)) for item in found] == [
        ("system-field", place),
        ("unknown-key", "--set nothing=1"),
    ]


REFERENCES = {
    "file": ("name: {$ref: system.branch}\nother: {$ref: name}\n", "settings/settings.yaml:1:7"),
    "alias": ("name: {$ref: code.commit}\n", "settings/settings.yaml:1:7"),
    "item": ("names: [a, {$ref: system.commit}]\n", "settings/settings.yaml:1:12"),
}


@pytest.mark.parametrize(("text", "place"), REFERENCES.values(), ids=REFERENCES)
def test_nothing_may_refer_to_them(make: Make, findings: Problems, text: str, place: str) -> None:
    """Their values would be part of what is compared, and differ at each commit; other findings are reported, too."""
    model = (NAMED if "code" in text else REQUIRED) + '    other: str = ""\n    names: list[str] = []\n'
    project = make({"model.py": model, "settings/settings.yaml": f"{text}nothing: 1\n"})
    found = findings(resolve, project, "report")
    assert [(item.rule.name, str(item.location)) for item in found] == [
        ("system-field", place),
        ("unknown-key", f"settings/settings.yaml:{text.count(chr(10)) + 1}:1"),
    ]


def test_an_empty_mapping_sets_nothing(make: Make) -> None:
    """As generated files have it."""
    project = make({"model.py": REQUIRED, "settings/settings.yaml": "system: {}"})
    assert dump(resolve(project, "report").config)["name"] == "demo"


class _Inner(ConfigModel):
    system: SystemSettings = SystemSettings()


class _Outer(ConfigModel):
    system: SystemSettings
    inner: _Inner = _Inner()
    table: dict[str, int] = {"a": 1}


def test_only_the_model_itself_has_such_a_field() -> None:
    """One inside of another model would never be filled."""
    (problem,) = model_problems(_Outer)
    assert (problem.rule.name, problem.path) == ("system-field", ("inner", "system"))
    assert model_problems(_Inner) == ()


def test_a_stored_config_without_facts_can_be_read() -> None:
    """It was stored before the model had the field; then they are unknown. It counts as complete."""
    stored: dict[str, Any] = {"inner": {"system": {}}, "table": {}}
    config = restore(_Outer, stored)
    assert config.system == SystemSettings(branch="x")
    assert config.system.branch is None
    assert without_system(_Outer, dump(config)) == {"inner": dump(config.inner), "table": {}}
    assert is_complete(without_system(_Outer, dump(config)), _Outer)


def test_editors_offer_nothing_there() -> None:
    """The schema of files has the field without keys, and never requires it."""
    schema = export(_Outer)
    assert schema["$defs"]["SystemSettings"].keys() == {"title", "description", "type", "additionalProperties"}
    assert "required" not in schema
    assert TypeAdapter(_Outer).json_schema()["required"] == ["system"]


def test_a_project_is_opened_without_git(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that cannot be started is no error."""
    project = make({"model.py": WITH_DEFAULT})
    monkeypatch.setenv("PATH", "")
    assert open_project(project.root, {}).git_facts == (None, None, None, None)
