"""Words that no dictionary has and that are words all the same: of two words run together, or with a prefix."""

from functools import cache

from typedflow.project._english import is_english

#: What stands before a word and makes another of it, in English and in the names of settings.
_PREFIXES = """
abs anti auto avg back beg bi bot cos cross cur de dis down dst end exp fore full half has hi high hyper in inter
intra lin lo log low macro max mean med meta micro mid min mini mod mono multi neg new non num off old on opt out over
pos post pre raw re ref reg self semi side sin src std sub sum sup super sym tan tgt tmp top trans tri trn tst un under
uni up use val var
"""
#: Words of three letters, which ``is_english`` does not know, that parts of compounds are.
_SHORT = """
add age air all arm art bag bar bed big bin bit box bus buy cap car cat cut day dim dir dot dry end eye fan few fit fix
gap gas get gun hat hit hot ice ink job key kit lag law lay leg let lid lip log lot low map max mid min mix net new now
off oil old one out own pad pan pay pen pet pin pit pot put raw ray red row run saw sea see set sex sky son sub sum sun
tab tag tap tar tax tie tip toe top two use van var via war way web wet win
"""


def is_compound(word: str) -> bool:
    """Return whether a lower-case word can be read as two words, or as a prefix and a word.

    ``costline`` and ``unscale`` are.
    """
    return any(_is_pair(word[:at], word[at:]) for at in range(2, len(word) - 2))


def _is_pair(first: str, second: str) -> bool:
    return _is_word(second) and (first in _set(_PREFIXES) or _is_word(first))


def _is_word(text: str) -> bool:
    return text in _set(_SHORT) or (len(text) > 3 and is_english(text))  # noqa: PLR2004 # it knows no shorter ones


@cache
def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
