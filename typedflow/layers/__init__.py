"""Layers and how they merge: a stack of parsed sources becomes one tree, and every leaf of it has an origin.

Merging knows the model only through a ``Plan``, which the models room makes; nothing here knows pydantic.
"""

from typedflow.layers._directives import directive_text
from typedflow.layers._layer import Layer, Rank, layer
from typedflow.layers._merge import Merged, merge
from typedflow.layers._plan import UNTYPED, Merge, Plan
from typedflow.layers._provenance import Leaf, Provenance, Removed, provenance

__all__ = [
    "UNTYPED",
    "Layer",
    "Leaf",
    "Merge",
    "Merged",
    "Plan",
    "Provenance",
    "Rank",
    "Removed",
    "directive_text",
    "layer",
    "merge",
    "provenance",
]
