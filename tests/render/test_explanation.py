"""Explanations of rules as text and as a page."""

from typedflow.render import explanation_text, explanations_page
from typedflow.values import RULES, Explanation

_MARKDOWN = "# TF302 unknown-key\n\nWhat.\n\n## Example\n\n```yaml\n# a.yaml\n\nb: 1\n```\n\n## Instead\n\nThis.\n"
ITEM = Explanation(RULES["unknown-key"], _MARKDOWN)


def test_a_terminal_shows_examples_by_indentation() -> None:
    """Headings become labels, and fences disappear."""
    expected = "TF302 unknown-key\n\nWhat.\n\nExample:\n    # a.yaml\n\n    b: 1\n\nInstead:\nThis.\n"
    assert explanation_text(ITEM) == expected


def test_a_page_has_a_heading_for_each_family_and_each_rule() -> None:
    """The labels of sections are no headings: they would fill the table of contents."""
    other = Explanation(RULES["missing-key"], "# TF303 missing-key\n\nWhat.\n")
    first = Explanation(RULES["invalid-syntax"], "# TF101 invalid-syntax\n\nWhat.\n")
    lines = explanations_page("# Page\n", [first, ITEM, other]).splitlines()
    assert [line for line in lines if line.startswith("#") and line != "# a.yaml"] == [
        "# Page",
        "## Reading text",
        "### TF101 invalid-syntax",
        "## Validating",
        "### TF302 unknown-key",
        "### TF303 missing-key",
    ]
    assert "**Example**" in lines


def test_the_summary_is_the_first_sentence() -> None:
    """A table of rules shows it."""
    assert ITEM.summary == "What."
