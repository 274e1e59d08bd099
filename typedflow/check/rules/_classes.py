"""The classes that a model is made of, as rules about models see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.models import declared_at, models_in
from typedflow.values import Location

_INSTALLED = ("site-packages", "dist-packages")


def own_classes(model: type[BaseModel]) -> Iterator[tuple[type, Location | None]]:
    """Give the models and dataclasses that a model is made of, and where each is declared; not those of packages."""
    for owner in models_in(model):
        place = declared_at(owner)
        if not is_installed(place) and (issubclass(owner, BaseModel) or dataclasses.is_dataclass(owner)):
            yield owner, place


def is_installed(place: Location | None) -> bool:
    """Return whether what is declared somewhere belongs to an installed package, not to the project."""
    return place is not None and any(name in place.name for name in _INSTALLED)
