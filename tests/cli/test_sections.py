"""Sections on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.check.test_section_mistakes import BINDING, ENVIRONMENTS, FILES, LISTED, MANIFEST

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.slow
DEV = ("--env", "dev")


@pytest.fixture
def sectioned(project: Project) -> Project:
    """Return a project with sections, in which the command line works."""
    for name in project.files():
        (project.root / name).unlink()
    for name, text in FILES.items():
        project.write(name, text)
    return project


def test_the_project_is_right(sectioned: Project, call: Call) -> None:
    """Its files are read, each of the environments is checked, and values have their places."""
    done = call("check")
    assert (done.code, done.out) == (0, "")
    assert "no problems in 1 flow, 4 variants, 4 settings files" in done.err
    done = call("show", *DEV, "--binding", "EXP_02", "--path", "configuration", "--origins")
    origin = "settings/settings.configuration.EXP_02.yaml:4:18, shadows settings/settings.configuration.yaml:2:18"
    assert done.out.splitlines()[-4:] == [
        "model:",
        f"  fit_intercept: false  # {origin}",
        "conda:",
        '  numpy: "1.22.4"  # settings/settings.configuration.yaml:4:10',
    ]
    assert call("show", "--binding", "EXP_01", "--env", "prod", "--path", "environment.READ_DATABASE").out == "prod_r\n"
    assert sectioned.root.exists()


def test_a_project_without_the_line_is_told_to_write_it(sectioned: Project, call: Call) -> None:
    """By a check, and by the commands that would use the settings."""
    sectioned.write("typedflow.toml", MANIFEST.replace(LISTED, ""))
    wanted = 'write `sections = ["configuration", "environment"]` in typedflow.toml'
    text = " ".join(call("check").out.split())
    assert text.count(f"is a field of the model: to set it in this file, {wanted}") == 2
    assert "`target_column` is not a field of Settings 1 | target_column: runtime" in text
    assert f"it is a field of `configuration`: {wanted}" in text
    done = call("show", *DEV, "--binding", "EXP_01")
    assert done.code == 2
    assert 'add `sections = ["configuration", "environment"]` to the manifest' in " ".join(done.err.split())
    sectioned.write("typedflow.toml", MANIFEST.replace(LISTED, "").partition("[environments]")[0])
    done = call("show", "--binding", "EXP_01")
    text = " ".join(done.err.split())
    assert (
        "`environment` is missing; Settings requires it, and no layer reads `settings/settings.environment.yaml`"
        in text
    )
    assert wanted in text


@pytest.mark.usefixtures("sectioned")
def test_a_missing_file_of_a_binding_or_environment(call: Call) -> None:
    """The hint names the file of the section, and the block of the environment."""
    done = call("show", *DEV, "--binding", "OTHER")
    assert "create settings/settings.configuration.OTHER.yaml, or correct the name" in " ".join(done.err.split())
    done = call("show", "--binding", "EXP_01", "--env", "staging")
    assert "add a block `staging` to settings/settings.environment.yaml" in " ".join(done.err.split())


def test_fixes_are_written_where_the_key_is(sectioned: Project, call: Call) -> None:
    """In the binding's file, and in the block of its environment; a redundant value is removed, its block stays."""
    sectioned.write(BINDING, "target_colum: runtime\nfeatures: [a, b]\nmodel:\n  fit_intercept: true\n")
    sectioned.write(ENVIRONMENTS, FILES[ENVIRONMENTS].replace("READ_DATABASE: prod_r", "READ_DATABSE: prod_r"))
    assert call("check", "--fix").code == 0
    assert (sectioned.root / BINDING).read_text() == FILES[BINDING]
    assert (sectioned.root / ENVIRONMENTS).read_text() == FILES[ENVIRONMENTS]
    sectioned.write("settings/settings.yaml", "environment: {READ_DATABASE: dev_r, TARGET_DATABASE: dev_t}\n")
    done = call("check", "--fix")
    assert (
        f"{ENVIRONMENTS}:2:3: warning TF205 redundant-override: `environment.READ_DATABASE` changes nothing" in done.out
    )
    assert (sectioned.root / ENVIRONMENTS).read_text() == FILES[ENVIRONMENTS]
