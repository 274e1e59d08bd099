"""Decide whether a misspelled key can have only one meaning."""

from __future__ import annotations

from functools import lru_cache

from typedflow.project._english_words import is_compound, is_english, is_plain
from typedflow.values import Fix, split_words


def is_unambiguous(fix: Fix, keys: frozenset[str]) -> bool:
    """Return whether the key to rename, and its misspelled word, mean nothing of their own.

    The intended word must be in the dictionary: one changed letter turns an abbreviation or joined words (``vcpu``,
    ``maxlen``) into another such name. A word that can be read as a compound (``minsize``) has a meaning of its own,
    unless two of its letters are swapped, which is a typo.

    Shape: ``keys`` are those of all models of the project.
    """
    if fix.replacement is None:
        return True
    if fix.path[-1] in keys:
        return False
    if not fix.word:
        return True
    is_swapped = sorted(fix.word) == sorted(fix.meant)
    is_own = _is_known(fix.word) or fix.word in _words_in(keys) or (is_compound(fix.word) and not is_swapped)
    return is_plain(fix.meant) and not is_own


def _is_known(word: str) -> bool:
    """Return whether a word is English, or is with a letter before it: ``nnodes`` is the number of nodes."""
    return is_english(word) or is_english(word[1:])


@lru_cache(maxsize=16)
def _words_in(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(word for key in keys for word in split_words(key))
