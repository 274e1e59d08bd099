"""What a field's default is to merging: plain values that may lie under what files set, or why they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from typedflow.layers._layer import Layer
from typedflow.values import KeyPath, Source

Names = tuple[tuple[str, ...], ...]
"""The keys of each field of a class, the one that is written first."""


@dataclass(frozen=True, slots=True)
class DefaultValue:
    """A default as a file would write it.

    ``named`` is a second form, of a named tuple: a mapping. ``keys`` are those of each class in it, by the key path
    from the default on. ``problem`` says why it cannot be merged; ``tree`` is what is known of it then.
    """

    tree: Any = None
    named: dict[str, Any] | None = None
    keys: Mapping[KeyPath, Names] = field(default_factory=dict)
    problem: str = ""


class Default(Protocol):
    """The default of one field of a class, and where it is declared."""

    source: Source

    def value(self) -> DefaultValue:
        """Return the default's plain values; a factory runs each time."""


@dataclass(slots=True)
class Defaults:
    """The defaults that one stack of layers is laid on.

    ``values`` are those that were asked for, by key path: a factory runs once. ``tags`` are layers of the tags of
    defaults that are dropped because a file chooses another variant: they say which keys of files were for the default.
    """

    values: dict[tuple[KeyPath, int], DefaultValue] = field(default_factory=dict)
    tags: list[Layer] = field(default_factory=list)

    def value(self, default: Default, path: KeyPath) -> DefaultValue:
        """Return the default of the field at a key path, the same one each time."""
        known = path, id(default)
        if known not in self.values:
            self.values[known] = default.value()
        return self.values[known]
