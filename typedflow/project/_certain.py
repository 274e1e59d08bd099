"""Whether a misspelt key can mean nothing else."""

from __future__ import annotations

from functools import lru_cache

from typedflow.project._english import is_english, is_plain
from typedflow.values import Fix, words_of


def is_certain(fix: Fix, keys: frozenset[str]) -> bool:
    """Return whether a key that is to be renamed, and the word misspelt in it, are none of their own.

    The word that was meant is a plain one: one letter makes another name of an abbreviation or of words run together
    (``vcpu``, ``maxlen``), and no dictionary has either.

    Shape: ``keys`` are those of all models of the project.
    """
    if fix.replacement is None:
        return True
    if fix.path[-1] in keys:
        return False
    return not fix.word or (is_plain(fix.meant) and fix.word not in _words_in(keys) and not _is_known(fix.word))


def _is_known(word: str) -> bool:
    """Return whether a word is one of its own, also with a letter before it: ``nnodes`` is the number of nodes."""
    return is_english(word) or is_english(word[1:])


@lru_cache(maxsize=16)
def _words_in(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(word for key in keys for word in words_of(key))
