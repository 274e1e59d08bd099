"""Diagnostics without the secrets of the config that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from typedflow.layers import Merged
from typedflow.values import Diagnostic, KeyPath, hidden, is_masked, leaves_of, without_secrets


def discreet(found: Iterable[Diagnostic], merged: Merged) -> Iterator[Diagnostic]:
    """Give diagnostics without the secrets of the tree that they are about: neither the message nor the line has one.

    What is hidden in the message are all of them: a validator may say what it likes.
    """
    secrets = secrets_of(merged)
    for item in found:
        message = without_secrets(item.message, secrets.values())
        is_value = item.path in secrets and item.rule.name == "invalid-value"
        place = hidden(item.location) if is_value and item.location else item.location
        yield replace(item, message=message, location=place)


def secrets_of(merged: Merged) -> dict[KeyPath, str]:
    """Return the values of a tree that must not be shown, as text, by their key paths."""
    return {path: str(value) for path, value in leaves_of(merged.tree) if is_masked(path, value)}
