"""``overlays``: sparse layers, as they stand above a whole config."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of
from typedflow.hypothesis._walk import Wish, trees


def overlays(model: type[BaseModel], /, **overrides: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return plain values of some keys of a model, at any depth; each of them alone is one that its field takes.

    What is in a list is whole. A discriminated union may lack its tag, as where a binding changes one key of it.
    Overrides are as in ``configs``.

    Raises:
        InvalidArgument: as ``configs`` does.
    """
    return trees(model, Wish(sparse=True, overrides=paths_of(model, overrides)))
