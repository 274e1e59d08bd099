"""Moves a part of a layer to a file that it includes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._documents import Format, document
from typedflow.hypothesis._paths import replace_at, value_at
from typedflow.hypothesis._style import STYLES
from typedflow.layers import typed_places
from typedflow.models import plan_of


def with_include(
    draw: st.DrawFn, tree: Any, kind: Format, model: type[BaseModel], included: dict[str, str], written: Any = None
) -> Any:
    """Return a layer's tree of which some keys of a mapping are in a file of their own, which is added to the others.

    ``written`` is the tree without other directives, if that is another one.
    """
    places = list(typed_places(tree if written is None else written, plan_of(model)))
    # Of the keys beside a part of a mapping, a function may choose another variant than of both together.
    found = [path for path, value, plan in places if isinstance(value, dict) and value and plan.choose is None]
    if not found or not draw(st.booleans()):
        return tree
    place = draw(st.sampled_from(found))
    mapping = value_at(tree, place)
    own = [key for key in mapping if not key.startswith("$")]
    if not own:
        return tree
    moved = draw(st.sets(st.sampled_from(sorted(own)), min_size=1))
    name = f"groups/part{len(included) + 1}.{kind}"
    included[name] = document({key: item for key, item in mapping.items() if key in moved}, kind, draw(STYLES))
    rest = {key: item for key, item in mapping.items() if key not in moved}
    return replace_at(tree, place, {"$include": name, **rest})
