"""The page of the Python API: its code is one program, run in a copy of the demo."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.mark.slow
def test_the_program_prints_what_the_page_shows(page_blocks: Callable[[str], list[Any]], repository: Any) -> None:
    """All blocks of code in order, and what all of them print."""
    pytest.importorskip("sklearn")
    repository.directory /= "examples/demo"
    repository.variables["METAFLOW_USER"] = "demo"
    found = page_blocks("docs/python.md")
    texts = {kind: "".join(block.text for block in found if block.language == kind) for kind in ("python", "text")}
    (repository.directory / "page.py").write_text(texts["python"], encoding="utf-8")
    command = "python page.py 2>errors.txt || (cat errors.txt; exit 1)"
    repository.check(SimpleNamespace(text=command, output=texts["text"]))
