"""Rules in code: what a check alone finds has a file named as the rule; each rule is reported in one place."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
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
    assert {name for name in RULES if f'"{name}"' not in code} == set()


def test_a_rule_is_reported_in_one_place() -> None:
    """One line makes the diagnostics of a rule, and others call it; each parser of a format reports what it meets."""
    places = Counter(name for _, name in _looked_up() if name)
    assert {name: number for name, number in places.items() if number > 1} == {}


def test_few_rules_are_chosen_by_a_variable() -> None:
    """A parser's problems, mypy's codes, and changes of a model by their kind."""
    chosen = {file.relative_to(ROOT / "typedflow").as_posix() for file, name in _looked_up() if not name}
    assert chosen == {"check/_mypy.py", "operations/_breaking.py"}


def _looked_up() -> Iterator[tuple[Path, str]]:
    """Yield the rules that files outside ``parsing`` take from the table, but to compare; "" for a variable."""
    for file in sorted((ROOT / "typedflow").rglob("*.py")):
        if file.parent.name == "parsing":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        compared = {id(each) for node in ast.walk(tree) if isinstance(node, ast.Compare) for each in ast.walk(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "RULES" and id(node) not in compared:
                yield file, str(node.slice.value) if isinstance(node.slice, ast.Constant) else ""
