"""Documents in varied styles, and broken ones: what we read is what others read, and stands where we say."""

from collections.abc import Callable
from random import Random
from typing import Any

import json_writer
import pytest
import toml_writer
import yaml_writer
from effort import STRESS, examples
from hypothesis import given
from hypothesis import strategies as st
from laws import check, exact, theirs
from mutations import broken
from references import DIFFERENCES, is_compared

Write = Callable[[Random], tuple[str, Any]]

WRITERS = {"toml": toml_writer.write, "yaml": yaml_writer.write, "json": json_writer.write}
FORMATS = pytest.mark.parametrize(("format_name", "write"), WRITERS.items(), ids=WRITERS)
#: Luck that Hypothesis can reduce to the least example, and ten times as fast luck that it cannot.
RANDOMS = st.randoms(use_true_random=STRESS != 0)


@FORMATS
@examples(150)
@given(RANDOMS)
def test_a_document_has_the_values_that_were_written(format_name: str, write: Write, rng: Random) -> None:
    """However a value is written, it is read, each leaf and key where it stands."""
    text, value = write(rng)
    assert exact(check(text, format_name)) == exact(value)


@FORMATS
@examples(300)
@given(RANDOMS)
def test_a_broken_document_is_read_as_others_read_it(format_name: str, write: Write, rng: Random) -> None:
    """What a mistake makes of a document is the same value as for others, or an error for both, at a place in it."""
    check(broken(rng, write(rng)[0]), format_name)


@pytest.mark.parametrize(("reason", "text"), [row[1:] for row in DIFFERENCES])
def test_a_difference_between_two_parsers_of_yaml_is_one(reason: str, text: str) -> None:
    """What is not compared would be found different: a row of the table that is true no longer must go."""
    assert not is_compared(text, "yaml")
    value = check(text, "yaml")
    assert theirs(text, "yaml") != ("refused" if value is None else exact(value)), reason
