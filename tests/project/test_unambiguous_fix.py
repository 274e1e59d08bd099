"""Misspelled keys that can have only one meaning."""

import pytest

from typedflow.project import is_unambiguous
from typedflow.values import Fix

KEYS = frozenset({"lefft_margin", "T_max", "fit_intercept"})


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("intercpt", "intercept"),
        ("lerning", "learning"),
        ("targt", "target"),
        ("lenght", "length"),
        ("colur", "colour"),
        ("datset", "dataset"),
        ("dorpout", "dropout"),
        ("hyperparamters", "hyperparameters"),
    ],
)
def test_a_misspelt_word_is_none(word: str, meant: str) -> None:
    """The word is in no dictionary and no model; the intended word is English, or a known term."""
    assert is_unambiguous(Fix(("a", f"{word}_x"), f"{meant}_x", word, meant), KEYS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("vgpu", "vcpu"),
        ("maxgen", "maxlen"),
        ("regnet", "resnet"),
        ("nbits", "nbins"),
        ("ngpus", "ncpus"),
        ("batchside", "batchsize"),
        ("numlorkers", "numworkers"),
        ("gbrg", "grbg"),
        ("dddqn", "ddqn"),
        ("freqq", "freq"),
        ("rmpe", "rmse"),
        ("lamd", "lamb"),
    ],
)
def test_no_dictionary_tells_what_jargon_meant(word: str, meant: str) -> None:
    """One changed letter turns an abbreviation or joined words into another name, also if swapped or doubled."""
    assert not is_unambiguous(Fix((f"{word}_x",), f"{meant}_x", word, meant), KEYS)


@pytest.mark.parametrize(
    "word", ["rates", "rate", "folds", "training", "colour", "color", "morel", "dataset", "selu", "adam"]
)
def test_a_word_of_english_is_one(word: str) -> None:
    """American and British words, with plurals and other forms, and names from machine learning."""
    assert not is_unambiguous(Fix(("a", f"{word}_x"), "left_x", word, "left"), KEYS)


@pytest.mark.parametrize("word", ["nnodes", "nmodes"])
def test_a_letter_before_a_word_means_something(word: str) -> None:
    """`nnodes`, the number of nodes, is not `nodes`."""
    assert not is_unambiguous(Fix((word,), "nodes", word, "nodes"), KEYS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("minsize", "midsize"),
        ("unscale", "upscale"),
        ("supgroup", "subgroup"),
        ("minpoint", "midpoint"),
        ("minday", "midday"),
        ("unstream", "upstream"),
        ("undate", "update"),
        ("suptotal", "subtotal"),
        ("offsize", "offside"),
        ("timecut", "timeout"),
        ("costline", "coastline"),
        ("overdate", "overrate"),
        ("dropcut", "dropout"),
    ],
)
def test_a_compound_is_a_word(word: str, meant: str) -> None:
    """Two joined words, or a prefix and a word, mean something else than a word one letter away."""
    assert not is_unambiguous(Fix((word,), meant, word, meant), KEYS)


def test_most_slips_are_fixed() -> None:
    """At least 90 % of all single-letter typos in the words of common settings are fixed."""
    words = "batch dropout features gradient hidden interval kernel learning momentum optimizer scheduler threshold"
    slips = {(word[:at] + word[at + 1 :], word) for word in words.split() for at in range(1, len(word) - 1)}
    fixed = [is_unambiguous(Fix((word,), meant, word, meant), KEYS) for word, meant in slips]
    assert sum(fixed) >= 0.9 * len(fixed)


def test_a_word_of_a_model_is_one() -> None:
    """A word that a field has is intended, whatever it resembles."""
    assert not is_unambiguous(Fix(("lefft_size",), "left_size", "lefft", "left"), KEYS)


def test_a_key_of_a_model_is_one() -> None:
    """A key of another model is in the wrong place, whatever its case."""
    assert not is_unambiguous(Fix(("T_max",), "t_max"), KEYS)
    assert is_unambiguous(Fix(("T_MAX",), "t_max"), KEYS)


def test_what_is_removed_needs_no_dictionary() -> None:
    """A redundant override, which is removed and not renamed, is unambiguous."""
    assert is_unambiguous(Fix(("fit_intercept",)), KEYS)
