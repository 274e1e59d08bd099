"""``overlays``: sparse layers, to be merged onto a complete config."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of
from typedflow.hypothesis._trees import TreeOptions, trees


def overlays(model: type[BaseModel], /, **overrides: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for plain values of some of a model's keys, at any depth, each valid for its field.

    Items of lists are complete. A discriminated union may lack its tag, as if a binding changed one of its keys.
    Overrides are as in ``configs``.

    Raises:
        InvalidArgument: as ``configs`` does.
    """
    return trees(model, TreeOptions(sparse=True, overrides=paths_of(model, overrides)))
