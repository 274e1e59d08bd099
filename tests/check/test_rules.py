"""The rules that a check alone finds: one file each, named as the rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from typedflow.values import RULES

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "typedflow/check/rules").glob("[!_]*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_checks_the_rule_that_it_is_named_after(file: Path) -> None:
    """Its docstring begins with the code and the name; what the rule means is in its explanation."""
    rule = RULES[file.stem.replace("_", "-")]
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert (ast.get_docstring(tree) or "").startswith(f"{rule.code} {rule.name}: ")
    assert {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} >= {"find"}


def test_every_rule_can_be_reported() -> None:
    """Each name stands somewhere in the code that reports it."""
    sources = (file for file in (ROOT / "typedflow").rglob("*.py") if file.name != "_rules.py")
    code = "".join(file.read_text(encoding="utf-8") for file in sources)
    composed = {"unknown-binding", "unknown-environment"}  # put together from parts
    assert {name for name in RULES if f'"{name}"' not in code} - composed == set()
