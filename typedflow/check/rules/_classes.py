"""The classes within a model that rules about models check."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.models import declared_at, models_in
from typedflow.values import Location

_INSTALLED = ("site-packages", "dist-packages")


def own_classes(model: type[BaseModel]) -> Iterator[tuple[type, Location | None]]:
    """Yield the models and dataclasses in a model with their locations, except those of installed packages."""
    for owner in models_in(model):
        place = declared_at(owner)
        if not is_installed(place) and (issubclass(owner, BaseModel) or dataclasses.is_dataclass(owner)):
            yield owner, place


def is_installed(place: Location | None) -> bool:
    """Return whether a location is in an installed package, not in the project."""
    return place is not None and any(name in place.name for name in _INSTALLED)
