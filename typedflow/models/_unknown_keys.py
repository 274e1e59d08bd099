"""A key that no model has: the classes that could have had it, and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

from typedflow.models._declarations import declared_at
from typedflow.models._types import fields_of, keys_of
from typedflow.values import KeyPath, Source, closest, listed

OtherModels: TypeAlias = Callable[[Source], Collection[type[BaseModel]]]
"""Returns the models of the other configs that a source is part of, too."""

_MOST_KEYS = 8
_MOST_OWNERS = 3


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key path, the classes of the model that do not have its last key, and those of other models."""

    path: KeyPath
    own: tuple[type, ...]
    others: tuple[type, ...] = ()

    @property
    def owners(self) -> tuple[type, ...]:
        """All classes, in an order that does not depend on which of the models is the config's."""
        found = dict.fromkeys((*self.own, *self.others))
        return tuple(
            sorted(found, key=lambda owner: (owner.__name__, str(declared_at(owner)))) if self.others else found
        )

    @property
    def owners_text(self) -> str:
        """The names of the classes for a message: a few of them, and how many more there are."""
        names = list(dict.fromkeys(owner.__name__ for owner in self.owners))
        if len(names) > _MOST_OWNERS + 1:
            names = [*names[:_MOST_OWNERS], f"{len(names) - _MOST_OWNERS} others"]
        return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 2 else " or ".join(names)  # noqa: PLR2004 # two need no comma

    @property
    def own_keys(self) -> set[str]:
        """The keys of the model's own classes."""
        return {key for owner in self.own for key in _keys_of(owner)}

    @property
    def fields(self) -> list[tuple[str, ...]]:
        """The keys of each field of the classes."""
        named = ((owner, *item) for owner in self.owners for item in (fields_of(owner) or {}).items())
        return list(dict.fromkeys(keys_of(*each) for each in named))

    @property
    def label(self) -> str:
        """The key that was probably meant, as the label of a finding."""
        return f"did you mean `{self._meant}`?" if self._meant else ""

    @property
    def hint(self) -> str:
        """The keys that the classes have, where none was probably meant."""
        known = list(dict.fromkeys(key for keys in self.fields for key in keys))
        verb = "has" if len(self.owners) == 1 or not self.others else "have"
        return "" if self._meant else f"{self.owners_text} {verb} {listed(known, most=_MOST_KEYS)}"

    @property
    def meant_owner(self) -> type:
        """The class that has the key that was probably meant; else the first one."""
        having = (owner for owner in self.owners if self._meant in _keys_of(owner))
        return next(having, self.owners[0])

    @property
    def _meant(self) -> str | None:
        return closest(str(self.path[-1]), [key for keys in self.fields for key in keys])


def _keys_of(owner: type) -> list[str]:
    return [key for name, field in (fields_of(owner) or {}).items() for key in keys_of(owner, name, field)]
