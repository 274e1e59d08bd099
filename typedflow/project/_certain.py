"""Whether a misspelt key can mean nothing else."""

from __future__ import annotations

from functools import lru_cache

from typedflow.project._compounds import is_compound
from typedflow.project._english import is_english, is_plain
from typedflow.values import Fix, split_words


def is_certain(fix: Fix, keys: frozenset[str]) -> bool:
    """Return whether a key that is to be renamed, and the word misspelt in it, are none of their own.

    The word that was meant is a plain one: one letter makes another name of an abbreviation or of words run together
    (``vcpu``, ``maxlen``), and no dictionary has either. A word that can be read as a compound (``minsize``) is one of
    its own, unless letters are swapped in it: those are a slip.

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
    """Return whether a word is one of its own, also with a letter before it: ``nnodes`` is the number of nodes."""
    return is_english(word) or is_english(word[1:])


@lru_cache(maxsize=16)
def _words_in(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(word for key in keys for word in split_words(key))
