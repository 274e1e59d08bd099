"""Did-you-mean."""

import pytest

from typedflow.values import closest, did_you_mean

FIELDS = ("fit_intercept", "learning_rate", "Epochs", "kind")

MEANT = {
    "a letter too few": ("fit_intercpt", "fit_intercept"),
    "a letter too many": ("learning_ratee", "learning_rate"),
    "another case": ("EPOCHS", "Epochs"),
    "two letters swapped": ("knid", "kind"),
}


@pytest.mark.parametrize(("word", "meant"), MEANT.values(), ids=MEANT)
def test_the_closest_candidate_is_found(word: str, meant: str) -> None:
    """A misspelt word leads to the candidate that was meant, as it is written."""
    assert closest(word, FIELDS) == meant
    assert did_you_mean(word, FIELDS) == f"did you mean `{meant}`?"


@pytest.mark.parametrize("word", ["", "xyz", "temperature"])
def test_nothing_close_is_no_guess(word: str) -> None:
    """A word that resembles no candidate gives no suggestion."""
    assert closest(word, FIELDS) is None
    assert did_you_mean(word, FIELDS) == ""


def test_without_candidates_there_is_no_guess() -> None:
    """No candidates, no suggestion."""
    assert did_you_mean("a", ()) == ""


def test_candidates_that_differ_in_case_alone_are_kept_apart() -> None:
    """The candidate in the word's own case is preferred."""
    assert closest("alphas", ["alpha", "ALPHA"]) == "alpha"
    assert closest("ALPHAS", ["ALPHA", "alpha"]) == "ALPHA"
