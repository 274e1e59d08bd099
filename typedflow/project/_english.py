"""Words of English, and those of machine learning that no dictionary has. ``english/LICENSE.txt`` says where from."""

import re
import zlib
from functools import cache
from pathlib import Path

from typedflow.workspace import read_bytes

_FILE = Path(__file__).parent / "english" / "words.zz"
#: A capital says how many letters a word shares with the one before, ``A`` for none.
_ENTRY = re.compile(r"([A-Z])([a-z]*)")
#: Terms that are as well known as words of English.
_TERMS = """
config configs dataframe dataframes dataset datasets dropout embeddings hyperparameter hyperparameters kwargs params
"""
#: Names that one letter makes another of.
_NAMES = """
acos adam adamax adamw albert args asin atan auprc auroc bert bfloat bleu celu chrf conda cosh crelu cuda dims dmodel
dtype float floats geglu gelu glus gpus hdim http https idim ids int ints json kfold kmeans lamb lars logits logp logq
lpips lrelu lstm mape mase mbert mish msle nadam nchan ndim nfold nhead nlayer nmse ntree odim pname prelu psnr pypi
radam reglu relu rmae rmse rmsle rmsprop roberta rocm rouge rrelu selu sgdm silu sinh smape ssim swiglu tanh toml topk
topp uint uints urls vmax vmin wape wmape xlabel xlim xlnet xmax xmin yaml ylabel ylim ymax ymin zlim zmax zmin
"""


def is_english(word: str) -> bool:
    """Return whether a lower-case word of at least four letters is English (American or British), or known jargon."""
    return word in _words() or word in _names()


def is_plain(word: str) -> bool:
    """Return whether a word is English or a known term, and no name that one letter makes another of."""
    return word in _words() and word not in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(_NAMES.split())


@cache
def _words() -> frozenset[str]:
    found, last = set(_TERMS.split()), ""
    for shared, rest in _ENTRY.findall(zlib.decompress(read_bytes(_FILE)).decode()):
        last = last[: ord(shared) - ord("A")] + rest
        found.add(last)
    return frozenset(found)
