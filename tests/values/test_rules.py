"""The table of rules."""

import pytest

from typedflow.values import RULES, find_rule


@pytest.mark.parametrize("text", ["TF302", "tf302", "unknown-key", "Unknown-Key"])
def test_a_rule_is_found_by_code_and_name(text: str) -> None:
    """Case does not matter."""
    assert find_rule(text) == RULES["unknown-key"]


@pytest.mark.parametrize("text", ["TF3", "TF999", "unknown", ""])
def test_other_text_finds_no_rule(text: str) -> None:
    """The beginning of a code is not a rule."""
    assert find_rule(text) is None
