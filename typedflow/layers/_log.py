"""The log of a merge, which provenance keeps."""

from collections.abc import Mapping
from typing import Any, Protocol

from typedflow.layers._layer import Layer
from typedflow.values import KeyPath


class Log(Protocol):
    """Is told what merging does, step by step."""

    def put(self, path: KeyPath, value: object, layer: Layer, source_path: KeyPath) -> None:
        """Note that a layer's value is now at the path of the tree, with everything below it."""

    def drop(self, path: KeyPath, layer: Layer, source_path: KeyPath, reason: str) -> None:
        """Note that what was at the path, and below it, is gone."""

    def under(self, path: KeyPath, value: object, layer: Layer) -> None:
        """Note that a default's value is at the path, below what is there."""

    def move(self, path: KeyPath, places: Mapping[Any, str | int | None]) -> None:
        """Note that children at the path have other keys or indices now; those without one are gone."""
