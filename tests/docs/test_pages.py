"""The pages: their commands run, their Python runs or is in the examples, their links are valid."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from pydantic import create_model

from typedflow.layers import Merge, layer, merge
from typedflow.models import ConfigModel, plan_of
from typedflow.values import Source

ROOT = Path(__file__).parents[2]
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")))
_LINK = re.compile(r"\]\(([^)#\s]*)(?:#([\w-]+))?\)")
_ROW = re.compile(r"^\| (?:`Merge\.([\w(\")]+)`|none) \| `(.+?)` \| `(.+?)` \| `(.+?)` \|$", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "docs/provenance.md",
        "docs/settings.md",
        "docs/reuse.md",
        "docs/check.md",
        "docs/commands.md",
        "docs/deploy.md",
        "docs/running.md",
        "docs/type-checkers.md",
        "docs/editors.md",
        "docs/testing.md",
    ],
)
def test_commands_on_a_page_print_what_it_shows(
    name: str, console: Callable[[str], list[Any]], repository: Any
) -> None:
    """Each command is run in a copy of the demo."""
    pytest.importorskip("sklearn")
    repository.directory /= "examples/demo"
    for command in console(name):
        repository.check(command)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docs/getting-started.md", "docs/models.md"])
def test_a_page_from_an_empty_directory_goes_as_it_is_shown(
    name: str, console: Callable[[str], list[Any]], shell: Any
) -> None:
    """The page is followed from an empty directory: a project, a mistake, the way out."""
    for command in console(name):
        shell.check(command)


def test_every_variable_is_in_the_table() -> None:
    """What the code reads by name is a row of the table, with the commands that read it."""
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "typedflow").rglob("*.py"))
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = {name for row in re.findall(r"^\| (`[A-Z_`, ]+) \|", page, re.MULTILINE) for name in re.findall(r"\w+", row)}
    read = set(re.findall(r"""["']((?:TYPEDFLOW|METAFLOW_FLOW)_[A-Z]\w+|NO_COLOR|FORCE_COLOR)["']""", code))
    assert "TYPEDFLOW_BINDING" in read
    assert read - rows == set()


@pytest.mark.parametrize("name", PAGES)
def test_code_is_run_or_taken_from_an_example(
    name: str, page_blocks: Callable[[str], list[Any]], tmp_path: Path
) -> None:
    """A block of code stands in the file that its comment names, or runs, or says that it does not."""
    if name in {"docs/diagnostics.md", "docs/manifest.md", "docs/mypy.md", "docs/python.md"}:
        return  # each of their blocks is run by tests of its own
    for block in page_blocks(name):
        if block.note.startswith("from "):
            assert block.text in (ROOT / block.note.removeprefix("from ")).read_text(encoding="utf-8"), block
        elif block.note == "run":
            file = tmp_path / "page.py"
            file.write_text(block.text, encoding="utf-8")
            environ = {**os.environ, "CI": "true"}  # Hypothesis then does not mind that a machine is slow
            done = subprocess.run([sys.executable, str(file)], check=False, text=True, capture_output=True, env=environ)
            assert done.returncode == 0, done.stderr
        else:
            assert block.language in {"console", "yaml"} or block.note == "not run", block


@pytest.mark.parametrize("name", [*PAGES, "examples/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link is a file, and its anchor a heading."""
    page = ROOT / name
    for target, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("https:"):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, anchor


def test_the_table_of_merge_rules_is_true() -> None:
    """Each row of the table merges as it says."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = _ROW.findall(text)
    assert [row[0].partition("(")[0] for row in rows] == ["", "replace", "append", "union", "by_key"]
    for rule, low, high, expected in rows:
        assert _merged(rule, yaml.safe_load(low), yaml.safe_load(high)) == yaml.safe_load(expected)


def test_the_directives_of_the_page_apply(clone: Any, page_blocks: Callable[[str], list[Any]]) -> None:
    """The page's overlay is valid in the demo, and does what its comments say."""
    (overlay,) = [block.text for block in page_blocks("docs/settings.md") if block.text.startswith("$merge")]
    clone.directory /= "examples/demo"
    (clone.directory / "settings/settings.configuration.EXP_09.yaml").write_text(overlay, encoding="utf-8")
    code, printed = clone.run("typedflow show training --binding EXP_09 --env prod 2>/dev/null")
    assert code == 0, printed
    settings = yaml.safe_load(printed)
    assert settings["packages"] == {"scikit-learn": "1.7.2"}
    assert settings["resources"] == {"cpu": 8, "memory": 2000}
    assert settings["data"]["features"] == ["bmi", "bp", "s5", "s6"]


def _merged(rule: str, low: Any, high: Any) -> Any:
    name, _, key = rule.partition("(")
    chosen = Merge.by_key(key.strip('")')) if key else getattr(Merge, name, None)
    annotation: Any = Annotated[type(low), chosen] if chosen else type(low)
    model = create_model("Model", __base__=ConfigModel, value=(annotation, ...))
    source = Source("", "", None)
    return merge([layer(source, {"value": low}), layer(source, {"value": high})], plan_of(model)).tree["value"]
