"""Who wants to know what merging does: provenance."""

from collections.abc import Mapping
from typing import Any, Protocol

from typedflow.layers._layer import Layer
from typedflow.values import KeyPath


class Log(Protocol):
    """Somebody who wants to know what merging does."""

    def put(self, path: KeyPath, value: object, layer: Layer, source_path: KeyPath) -> None:
        """A layer's value now stands at the path of the tree, with all that is below it."""

    def drop(self, path: KeyPath, layer: Layer, source_path: KeyPath, reason: str) -> None:
        """What stood at the path, and below it, is gone."""

    def under(self, path: KeyPath, value: object, layer: Layer) -> None:
        """A default's value lies at the path, under what stands there."""

    def move(self, path: KeyPath, places: Mapping[Any, str | int | None]) -> None:
        """Children of what stands at the path have other keys or indices now; those that have none are gone."""
