"""The reference of the manifest: it is generated, it has every key, and its examples are valid."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from typedflow.project import MANIFEST_MODEL, open_project

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "schemas" / "manifest_page.py"
MODEL = 'model = "flows/settings.py:Settings"\n'
FLOW = "from metaflow import FlowSpec\n\nclass Batch(FlowSpec):\n    pass\n"


@pytest.fixture
def generator() -> dict[str, Any]:
    """Return the names of the program that makes the page."""
    return runpy.run_path(str(GENERATOR))


def test_the_page_is_current(generator: dict[str, Any]) -> None:
    """Otherwise, run `python schemas/manifest_page.py`."""
    assert generator["page"]() == (ROOT / "docs/manifest.md").read_text(encoding="utf-8")


@pytest.mark.process
def test_the_program_checks_it() -> None:
    """As `tox -e schemas` does."""
    done = subprocess.run([sys.executable, str(GENERATOR), "--check"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_key_has_its_place(generator: dict[str, Any]) -> None:
    """A key without an example, and an example without a key, end the program."""
    text = generator["page"]()
    assert all(f"\n### `{name}`\n" in text for name in MANIFEST_MODEL.model_fields)
    examples = generator["EXAMPLES"]
    example = examples.pop("flows.NAME.config")
    with pytest.raises(SystemExit, match=r"add an example of \['flows.NAME.config'\]"):
        generator["page"]()
    examples |= {"flows.NAME.config": example, "other": example}
    with pytest.raises(SystemExit, match=r"remove \['other'\]"):
        generator["page"]()


def test_every_example_is_valid(page_blocks: Callable[[str], list[Any]], tmp_path: Path) -> None:
    """Each is read as a manifest, with a model if it has none; its files exist."""
    blocks = page_blocks("docs/manifest.md")
    assert len(blocks) > len(MANIFEST_MODEL.model_fields)
    for number, block in enumerate(blocks):
        assert block.language == "toml"
        root = tmp_path / str(number)
        (root / "flows/batch").mkdir(parents=True)
        (root / "schemas").mkdir()
        for name in ("films", "predictions_f"):
            (root / f"schemas/{name}.tbl.yaml").write_text("table: a.b")
        (root / "flows/batch/daily.py").write_text(FLOW, encoding="utf-8")
        is_pyproject = block.text.startswith("# pyproject.toml\n")
        is_whole = is_pyproject or "model = " in block.text.partition("[")[0]
        name = "pyproject.toml" if is_pyproject else "typedflow.toml"
        (root / name).write_text(block.text if is_whole else MODEL + block.text, encoding="utf-8")
        assert open_project(root, {}).manifest.model == "flows/settings.py:Settings", block.text
