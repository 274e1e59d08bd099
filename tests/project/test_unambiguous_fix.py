"""Misspelt keys that can mean nothing else."""

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
    """No dictionary, and no model, has it; what was meant is a word of English, or a known term."""
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
    """One letter makes another name of an abbreviation or of words run together, also swapped or doubled."""
    assert not is_unambiguous(Fix((f"{word}_x",), f"{meant}_x", word, meant), KEYS)


@pytest.mark.parametrize(
    "word", ["rates", "rate", "folds", "training", "colour", "color", "morel", "dataset", "selu", "adam"]
)
def test_a_word_of_english_is_one(word: str) -> None:
    """American and British, with plurals and other forms, and names of machine learning."""
    assert not is_unambiguous(Fix(("a", f"{word}_x"), "left_x", word, "left"), KEYS)


@pytest.mark.parametrize("word", ["nnodes", "nmodes"])
def test_a_letter_before_a_word_means_something(word: str) -> None:
    """The number of nodes is not what `nodes` is."""
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
    """Two words run together, or a prefix and a word, say something else than what is a letter away from them."""
    assert not is_unambiguous(Fix((word,), meant, word, meant), KEYS)


def test_most_slips_are_mended() -> None:
    """Of all ways to miss one letter within the words of usual settings, at least nine in ten."""
    words = "batch dropout features gradient hidden interval kernel learning momentum optimizer scheduler threshold"
    slips = {(word[:at] + word[at + 1 :], word) for word in words.split() for at in range(1, len(word) - 1)}
    mended = [is_unambiguous(Fix((word,), meant, word, meant), KEYS) for word, meant in slips]
    assert sum(mended) >= 0.9 * len(mended)


def test_a_word_of_a_model_is_one() -> None:
    """Whatever else it looks like, a word that a field has is meant."""
    assert not is_unambiguous(Fix(("lefft_size",), "left_size", "lefft", "left"), KEYS)


def test_a_key_of_a_model_is_one() -> None:
    """A key that another model has stands in the wrong place, in whatever case."""
    assert not is_unambiguous(Fix(("T_max",), "t_max"), KEYS)
    assert is_unambiguous(Fix(("T_MAX",), "t_max"), KEYS)


def test_what_is_removed_needs_no_dictionary() -> None:
    """An override that changes nothing has no other name."""
    assert is_unambiguous(Fix(("fit_intercept",)), KEYS)
