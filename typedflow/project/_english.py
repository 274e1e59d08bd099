"""Words of English, and those of machine learning that no dictionary has. ``english/LICENSE.txt`` says where from."""

import re
import zlib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "english" / "words.zz"
#: A capital says how many letters a word shares with the one before, ``A`` for none.
_ENTRY = re.compile(r"([A-Z])([a-z]*)")
#: Names that one letter makes another of.
_JARGON = """
acos adam adamax adamw albert args asin atan auprc auroc bert bfloat bleu celu chrf conda config configs cosh crelu
cuda dataframe dataframes dataset datasets dims dmodel dropout dtype embeddings float floats geglu gelu glus gpus hdim
http https hyperparameter hyperparameters idim ids int ints json kfold kmeans kwargs lamb lars logits logp logq lpips
lrelu lstm mape mase mbert mish msle nadam nchan ndim nfold nhead nlayer nmse ntree odim params pname prelu psnr pypi
radam reglu relu rmae rmse rmsle rmsprop roberta rocm rouge rrelu selu sgdm silu sinh smape ssim swiglu tanh toml topk
topp uint uints urls vmax vmin wape wmape xlabel xlim xlnet xmax xmin yaml ylabel ylim ymax ymin zlim zmax zmin
"""


def is_english(word: str) -> bool:
    """Return whether a lower-case word of at least four letters is English (American or British), or known jargon."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    found, last = set(_JARGON.split()), ""
    for shared, rest in _ENTRY.findall(zlib.decompress(_FILE.read_bytes()).decode()):
        last = last[: ord(shared) - ord("A")] + rest
        found.add(last)
    return frozenset(found)
