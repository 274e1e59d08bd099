"""Redaction of secrets in diagnostics about a config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import BaseModel

from typedflow.layers import Merged
from typedflow.models._masking import masked_paths
from typedflow.values import Diagnostic, KeyPath, Location, leaves_of, redact_location, without_secrets

#: A shorter secret is a part of other words too often.
_SHORTEST = 4


def redact_secrets(found: Iterable[Diagnostic], merged: Merged, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Return diagnostics whose messages and source lines contain no secret of the tree.

    Messages are searched for all of the tree's secrets, since a validator can quote any of them.
    """
    secrets = secret_values(merged, model)
    for item in found:
        message = without_secrets(item.message, secrets.values())
        is_value = item.path in secrets and item.rule.name == "invalid-value"
        place = _without(item.location, secrets.values()) if item.location else None
        place = redact_location(place) if is_value and place else place
        yield replace(item, message=message, location=place)


def secret_values(merged: Merged, model: type[BaseModel]) -> dict[KeyPath, str]:
    """Return the secret values of a tree as text, by key path."""
    found = masked_paths(model, merged.tree)
    paths = frozenset(merged.copies.everywhere(found) if merged.copies else found)
    return {path: str(value) for path, value in leaves_of(merged.tree) if path in paths}


def _without(place: Location, secrets: Iterable[str]) -> Location:
    """Return a location whose excerpt shows no secret, whatever key precedes it; its columns stay valid."""
    found = place.excerpt
    if found is None:
        return place
    line = found.line
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            line = line.replace(secret, "*" * len(secret))
    return place._replace(excerpt=found._replace(line=line))
