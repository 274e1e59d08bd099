"""The repository's own examples keep the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.check.rules import of_cases, of_layer, of_model, of_settings

if TYPE_CHECKING:
    from tests.check.rules.conftest import FactsOf, MakeLayer

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = sorted(file for file in EXAMPLES.rglob("*.*") if file.suffix in {".yaml", ".toml", ".json"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_a_file_of_an_example_is_clean(make_layer: MakeLayer, file: Path) -> None:
    """No ambiguous scalar, no secret."""
    assert list(of_layer(make_layer(file.read_text(encoding="utf-8"), file.name))) == []


def test_the_demo_is_clean(facts_of: FactsOf) -> None:
    """Its model and its settings are as the rules want them."""
    facts = facts_of(EXAMPLES / "demo")
    assert len(facts.cases) == 6
    assert [*of_model(facts.project.models.all()[0]), *of_settings(facts), *of_cases(facts)] == []
