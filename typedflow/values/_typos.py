"""Typos in keys, as opposed to keys that mean something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"\d+|[^\W\d_]+|[^\w-]+")
_MARK = re.compile(r"[-_]*")
#: Shorter words are abbreviations: one letter makes another of them.
_SHORTEST = 4
#: From here on a word is known without its last letter.
_LONG = 6
#: What makes another form of a word: rates, scaled, scaler.
_ENDINGS = "sdr"


class Typo(NamedTuple):
    """The key that was meant; ``word`` is the misspelt word in place of ``meant``.

    Both are empty where only case, dashes or underscores differ.
    """

    key: str
    word: str = ""
    meant: str = ""


def find_typo(written: str, fields: Iterable[Sequence[str]]) -> Typo | None:
    """Return the typo in a key, where only one field can have been meant; each field comes with its keys.

    Two keys that differ in case, dashes and underscores alone are one. Otherwise one word of at least four letters has
    one letter too many, too few, exchanged, or swapped with its neighbor, and no other field is as close as twice that.
    This does not know the words of any language.
    """
    known = [tuple(keys) for keys in fields]
    same = [keys for keys in known if any(_folded(key) == _folded(written) for key in keys)]
    found = same or [keys for keys in known if any(is_near(_folded(key), _folded(written), 2) for key in keys)]
    if len(found) != 1:
        return None
    typos = (_typo(written, key) for key in found[0])
    return next((typo for typo in typos if typo is not None), None)


def split_words(key: str) -> list[str]:
    """Return the words of a key in lower case: ``high_freq2``, ``highFreq2`` and ``HIGH-FREQ_2`` have three."""
    return [word.lower() for word in _parts(key)]


def is_near(one: str, other: str, edits: int) -> bool:
    """Return whether some edits turn one text into the other: a letter more, less, exchanged, or swapped."""
    if one == other:
        return True
    if not edits or abs(len(one) - len(other)) > edits:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    ways = [(a[1:], b), (a, b[1:]), (a[1:], b[1:])]
    if len(a) > 1 and a[:2] == b[1::-1]:
        ways.append((a[2:], b[2:]))
    return any(is_near(*way, edits - 1) for way in ways)


def _parts(key: str) -> list[str]:
    """Return the words of a key as written; other characters than letters and digits are words, too."""
    return _PARTS.findall(_CAMEL.sub("_", unicodedata.normalize("NFC", key)))


def _folded(key: str) -> str:
    return "".join(split_words(key))


def _typo(written: str, key: str) -> Typo | None:
    if _mark(written) != _mark(key):  # `_target_` and the like are names of their own
        return None
    if _folded(written) == _folded(key):
        return Typo(key) if _is_same(_parts(written), _parts(key)) else None
    pairs = list(zip(split_words(written), split_words(key), strict=False))
    differing = [(one, other) for one, other in pairs if one != other]
    if len(split_words(written)) != len(split_words(key)) or len(differing) != 1:
        return None
    word, meant = differing[0]
    return Typo(key, word, meant) if _is_misspelt(word, meant) else None


def _mark(key: str) -> str:
    match = _MARK.match(key)
    return match[0] if match else ""


def _is_same(written: list[str], key: list[str]) -> bool:
    """Return whether equal letters are equal words: one of the two may run words together, and numbers stay apart.

    A single letter in another case is another symbol (``T_max``, ``t_max``), unless all of the key is in capitals.
    """
    ends, known = (set(accumulate(map(len, words))) for words in (written, key))
    numbers, others = ([word for word in words if word.isdigit()] for words in (written, key))
    symbols, letters = ([word for word in words if len(word) == 1] for words in (written, key))
    is_style = symbols == letters or len(symbols) != len(letters)
    is_loud = len("".join(written)) > 1 and "".join(written).isupper()
    return (ends <= known or known <= ends) and numbers == others and (is_style or is_loud)


def _is_misspelt(word: str, meant: str) -> bool:
    """Return whether a word is another one with a typo, and not another form or a neighbor of it.

    The first and the last letter of a word are what tells ``xmin`` from ``ymin``, ``adam`` from ``adamw``.
    """
    if min(len(word), len(meant)) < _SHORTEST or not all(each.isascii() and each.isalpha() for each in (word, meant)):
        return False
    if not is_near(word, meant, 1):
        return False
    short, long = sorted((word, meant), key=len)
    if long[-1] in _ENDINGS and long == short + long[-1] and short[-1] != long[-1]:
        return False
    is_swapped = sorted(word) == sorted(meant)
    is_cut = len(meant) >= _LONG and word == meant[:-1]
    return is_swapped or (word[0] == meant[0] and (word[-1] == meant[-1] or is_cut))
