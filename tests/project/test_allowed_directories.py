"""A project's files are in the project, or in a directory that its manifest allows."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from typedflow.project import open_project, resolve
from typedflow.values import Diagnostic

Write = Callable[[Mapping[str, str]], Path]
Findings = Callable[..., list[Diagnostic]]

MODEL = "from typedflow import ConfigModel\n\n\nclass Settings(ConfigModel):\n    name: str = 'unnamed'\n"
FLOW = '[flows.train]\nfile = "train.py"\n'
HEAD = 'model = "model.py:Settings"\n'

OUTSIDE = {
    "settings": (HEAD + 'settings = "../shared"\n' + FLOW, ["typedflow.toml:2:12"], "`settings`"),
    "settings, absolute": (HEAD + 'settings = "/"\n' + FLOW, ["typedflow.toml:2:12"], "`settings`"),
    "model": ('model = "../model.py:Settings"\n' + FLOW, ["typedflow.toml:1:9"], "`model`"),
    "flow": (HEAD + FLOW.replace("train.py", "flows/../../train.py"), ["typedflow.toml:3:8"], "`flows.train.file`"),
    "a sibling of the same beginning": (HEAD + 'settings = "../inner2"\n', ["typedflow.toml:2:12"], "`settings`"),
    "all of them": (
        'model = "../model.py:Settings"\nsettings = ".."\n' + FLOW.replace("train.py", "../train.py"),
        ["typedflow.toml:1:9", "typedflow.toml:2:12"],
        "",
    ),
}


@pytest.fixture
def inner(write: Write) -> Callable[[str], Path]:
    """Return a function that makes a project in a directory with files beside it."""

    def made(manifest: str) -> Path:
        files = {"inner/typedflow.toml": manifest, "inner/model.py": MODEL, "inner/train.py": "", "train.py": ""}
        shared = {"shared/settings.yaml": "name: shared\n", "inner2/settings.yaml": "name: shared\n"}
        return write({**files, **shared, "inner/settings/settings.yaml": "name: own\n", "model.py": MODEL}) / "inner"

    return made


@pytest.mark.parametrize(("manifest", "places", "what"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_path_that_leads_outside(
    inner: Callable[[str], Path], findings: Findings, manifest: str, places: list[str], what: str
) -> None:
    """Each such path in the manifest is reported at its line, before anything is read from it."""
    found = findings(open_project, inner(manifest), {})
    assert [str(item.location) for item in found][: len(places)] == places
    assert {item.rule.name for item in found} == {"outside-project"}
    assert found[0].message.startswith(what)


@pytest.mark.parametrize(("path", "allowed"), [("../shared", "../shared"), ("../gone", "../gone")])
def test_the_directory_to_allow_is_named(
    inner: Callable[[str], Path], findings: Findings, path: str, allowed: str
) -> None:
    """The hint proposes only the directory that is needed, whether it exists or not."""
    (found,) = findings(open_project, inner(f'{HEAD}settings = "{path}"\n'), {})
    assert f'`outside = ["{allowed}"]`' in found.hint


def test_what_is_allowed_is_read(inner: Callable[[str], Path]) -> None:
    """A directory that the manifest allows is treated like the project's own."""
    root = inner(HEAD + 'settings = "../shared"\noutside = ["../shared"]\n' + FLOW)
    config: Any = resolve(open_project(root, {}), "train").config
    assert config.name == "shared"


@pytest.fixture
def linked(inner: Callable[[str], Path]) -> Callable[[str, str], Path]:
    """Return a function that makes a project whose settings file is a link."""

    def made(manifest: str, target: str) -> Path:
        root = inner(manifest)
        (root / "own.yaml").write_text("name: own\n")
        file = root / "settings" / "settings.yaml"
        file.unlink()
        file.symlink_to(root / target)
        return root

    return made


def test_a_link_that_leads_outside(linked: Callable[[str, str], Path], findings: Findings) -> None:
    """A link among the settings files counts as its target."""
    (found,) = findings(resolve, open_project(linked(HEAD + FLOW, "../shared/settings.yaml"), {}), "train")
    assert (found.rule.name, str(found.location)) == ("outside-project", "settings/settings.yaml")
    assert 'outside = ["../shared"]' in found.hint


@pytest.mark.parametrize(("allowed", "target", "name"), [("x", "own.yaml", "own"), ("../shared", "", "shared")])
def test_a_link_that_may_be_followed(linked: Callable[[str, str], Path], allowed: str, target: str, name: str) -> None:
    """A link within the project, or to an allowed directory, is treated like a file."""
    root = linked(f'{HEAD}outside = ["{allowed}"]\n{FLOW}', target or "../shared/settings.yaml")
    config: Any = resolve(open_project(root, {}), "train").config
    assert config.name == name
