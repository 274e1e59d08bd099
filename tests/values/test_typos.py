"""Slips in keys, and keys that mean something else."""

import pytest

from typedflow.values import Typo, find_typo, split_words

FIELDS = (
    ("high_freq",),
    ("low_freq",),
    ("target_dir",),
    ("test_split",),
    ("beta1",),
    ("beta2",),
    ("layers",),
    ("lr",),
    ("n_jobs",),
    ("t_max",),
    ("now_here",),
    ("target",),
    ("xlim",),
    ("size",),
    ("adamw",),
    ("länge",),
    ("learning-rate", "learningRate"),
)

MENDABLE = {
    "an underscore behind it": ("high_freq_", Typo("high_freq")),
    "two underscores": ("high__freq", Typo("high_freq")),
    "a dash": ("high-freq", Typo("high_freq")),
    "no underscore": ("highfreq", Typo("high_freq")),
    "camel case": ("highFreq", Typo("high_freq")),
    "capitals": ("HIGH_FREQ", Typo("high_freq")),
    "capitals of an abbreviation": ("LR", Typo("lr")),
    "capitals with a single letter": ("N_JOBS", Typo("n_jobs")),
    "camel case with a single letter": ("nJobs", Typo("n_jobs")),
    "an underscore before a number": ("beta_1", Typo("beta1")),
    "an alias": ("LearningRate", Typo("learning-rate")),
    "letters decomposed": ("l\u0061\u0308nge", Typo("länge")),
    "a letter too few": ("targt", Typo("target", "targt", "target")),
    "a letter too many": ("targeet", Typo("target", "targeet", "target")),
    "another letter": ("tarfet_dir", Typo("target_dir", "tarfet", "target")),
    "two letters swapped": ("high_ferq", Typo("high_freq", "ferq", "freq")),
    "the first two swapped": ("atrget", Typo("target", "atrget", "target")),
    "the last letter missing": ("learnin-rate", Typo("learning-rate", "learnin", "learning")),
    "a doubled letter": ("high_freqq", Typo("high_freq", "freqq", "freq")),
    "a slip in another style": ("Learning_Raet", Typo("learning-rate", "raet", "rate")),
}

OTHERS = {
    "another word": "mid_freq",
    "another word of a word that is near": "hugh_low",
    "two words": "hihg_ferq",
    "a word more": "high_freq_max",
    "a word less": "freq",
    "another number": "beta3",
    "a number more": "size2",
    "a number, split": "beta1_2",
    "a short word": "lrr",
    "a short word in a long key": "n_jbs_of",
    "a single letter in another case": "T_max",
    "the same letters as other words": "no_where",
    "another form of the word": "layer",
    "another form of the word, longer": "targets",
    "another first letter": "ylim",
    "another last letter": "targex",
    "a last letter less in a short word": "adam",
    "a name of its own": "_target_",
    "an underscore before it": "_size",
    "letters that English has not": "lange",
    "a letter of another alphabet": "t\u0430rget",
    "two edits": "tagrett",
    "a dot": "high.freq",
    "a space": "high freq",
    "nothing": "",
    "underscores": "__",
}


@pytest.mark.parametrize(("written", "slip"), MENDABLE.values(), ids=MENDABLE)
def test_a_slip_leads_to_the_key_that_was_meant(written: str, slip: Typo) -> None:
    """Case, dashes and underscores differ, or one letter of one word, which is named."""
    assert find_typo(written, FIELDS) == slip


@pytest.mark.parametrize("written", OTHERS.values(), ids=OTHERS)
def test_what_may_mean_something_else_is_no_slip(written: str) -> None:
    """A word, a number or a short name exchanged makes another quantity."""
    assert find_typo(written, FIELDS) is None


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("alpa", [("alpha",), ("alphas",)]),
        ("alphaa", [("alpha",), ("alphab",)]),
        ("Alpha", [("alpha",), ("ALPHA",)]),
        ("minn_size", [("min_size",), ("mini_size",)]),
    ],
)
def test_a_doubt_is_no_slip(written: str, fields: list[tuple[str, ...]]) -> None:
    """A second field that is nearly as close may have been meant."""
    assert find_typo(written, fields) is None


def test_the_keys_of_one_field_are_no_doubt() -> None:
    """Aliases of one field mean the same; the first that the key is a slip of replaces it."""
    assert find_typo("learning_rate", [("learning-rate", "learningRate")]) == Typo("learning-rate")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("high_freq2", ["high", "freq", "2"]),
        ("highFreq-2", ["high", "freq", "2"]),
        ("HIGH_FREQ_2", ["high", "freq", "2"]),
        ("useHTTPProxy", ["use", "http", "proxy"]),
        ("__größe__", ["größe"]),
        ("conv2d", ["conv", "2", "d"]),
        ("a.b c", ["a", ".", "b", " ", "c"]),
        ("", []),
    ],
)
def test_keys_are_of_words(key: str, words: list[str]) -> None:
    """Underscores, dashes, capitals and numbers part them."""
    assert split_words(key) == words
