"""The default of a field as plain values that merge with what files set, or why they cannot."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from typedflow.values import KeyPath, Source, has_item

Names = tuple[tuple[KeyPath, ...], ...]
"""The places that each field of a class is read from, the one that a default is written to first."""


class DefaultValue(NamedTuple):
    """A default as a file would write it.

    ``named`` is a second form, of a named tuple: a mapping. ``keys`` are those of each class in it, by the key path
    from the default on. ``problem`` says why it cannot be merged; ``tree`` is what is known of it then.
    """

    tree: Any = None
    named: dict[str, Any] | None = None
    keys: Mapping[KeyPath, Names] = MappingProxyType({})
    problem: str = ""

    def has(self, path: KeyPath) -> bool:
        """Return whether the default has a value at a key path, by whichever of its keys each field is named."""
        value = self.tree
        here: KeyPath = ()
        for key in path:
            own = next((str(names[0][0]) for names in self.keys.get(here, ()) if (key,) in names), key)
            if not has_item(value, own):
                return False
            value, here = value[own], (*here, own)
        return True


class Default(Protocol):
    """The default of one field of a class, and where it is declared."""

    source: Source

    def value(self, made: Callable[[Callable[[], Any]], Any]) -> DefaultValue:
        """Return the default's plain values; ``made`` runs a factory."""

    def known(self, made: Callable[[Callable[[], Any]], Any] | None = None) -> DefaultValue | None:
        """Return the default as a value that is known before validation, or why it is not; None if there is none.

        ``made`` runs a factory whose value may be another one for each config.
        """
