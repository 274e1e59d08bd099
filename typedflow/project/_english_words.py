"""English words, terms of machine learning that no dictionary has, and compounds of both.

``english/LICENSE.txt`` says where the dictionary is from.
"""

import re
import zlib
from functools import cache
from pathlib import Path

from typedflow.workspace import read_bytes

_FILE = Path(__file__).parent / "english" / "words.zz"
#: A capital letter is the number of letters that a word shares with the previous one: ``A`` is none.
_ENTRY = re.compile(r"([A-Z])([a-z]*)")
#: Terms as familiar as English words.
_TERMS = """
config configs dataframe dataframes dataset datasets dropout embeddings hyperparameter hyperparameters kwargs params
"""
#: Names that one changed letter turns into another name.
_NAMES = """
acos adam adamax adamw albert args asin atan auprc auroc bert bfloat bleu celu chrf conda cosh crelu cuda dims dmodel
dtype float floats geglu gelu glus gpus hdim http https idim ids int ints json kfold kmeans lamb lars logits logp logq
lpips lrelu lstm mape mase mbert mish msle nadam nchan ndim nfold nhead nlayer nmse ntree odim pname prelu psnr pypi
radam reglu relu rmae rmse rmsle rmsprop roberta rocm rouge rrelu selu sgdm silu sinh smape ssim swiglu tanh toml topk
topp uint uints urls vmax vmin wape wmape xlabel xlim xlnet xmax xmin yaml ylabel ylim ymax ymin zlim zmax zmin
"""
#: Prefixes in English and in the names of settings.
_PREFIXES = """
abs anti auto avg back beg bi bot cos cross cur de dis down dst end exp fore full half has hi high hyper in inter
intra lin lo log low macro max mean med meta micro mid min mini mod mono multi neg new non num off old on opt out over
pos post pre raw re ref reg self semi side sin src std sub sum sup super sym tan tgt tmp top trans tri trn tst un under
uni up use val var
"""
#: Three-letter words in compounds; the dictionary has only longer ones.
_SHORT = """
add age air all arm art bag bar bed big bin bit box bus buy cap car cat cut day dim dir dot dry end eye fan few fit fix
gap gas get gun hat hit hot ice ink job key kit lag law lay leg let lid lip log lot low map max mid min mix net new now
off oil old one out own pad pan pay pen pet pin pit pot put raw ray red row run saw sea see set sex sky son sub sum sun
tab tag tap tar tax tie tip toe top two use van var via war way web wet win
"""


def is_english(word: str) -> bool:
    """Return whether a lower-case word of at least four letters is English (American or British), or known jargon."""
    return word in _words() or word in _set(_NAMES)


def is_plain(word: str) -> bool:
    """Return whether a word is English or a known term, and not a name that resembles another one."""
    return word in _words() and word not in _set(_NAMES)


def is_compound(word: str) -> bool:
    """Return whether a lower-case word can be read as two words, or as a prefix and a word.

    ``costline`` and ``unscale`` are.
    """
    return any(_is_pair(word[:at], word[at:]) for at in range(2, len(word) - 2))


def _is_pair(first: str, second: str) -> bool:
    return _is_word(second) and (first in _set(_PREFIXES) or _is_word(first))


def _is_word(text: str) -> bool:
    return text in _set(_SHORT) or (len(text) > 3 and is_english(text))  # noqa: PLR2004 # the dictionary has no shorter ones


@cache
def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def _words() -> frozenset[str]:
    found, last = set(_TERMS.split()), ""
    for shared, rest in _ENTRY.findall(zlib.decompress(read_bytes(_FILE)).decode()):
        last = last[: ord(shared) - ord("A")] + rest
        found.add(last)
    return frozenset(found)
