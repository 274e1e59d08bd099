"""The rules, one a file: each docstring explains its rule, and those of a check alone find it, too.

The other rules are found where a config is read, merged, validated or run; here they are explained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from typedflow.check.rules import (
    ambiguous_scalar,
    ignored_key,
    mutable_model,
    permissive_model,
    redundant_override,
    reserved_field,
    secret_value,
    unused_binding,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

    from typedflow.check._facts import Facts
    from typedflow.layers import Layer
    from typedflow.values import Diagnostic

__all__ = ["of_layer", "of_model", "of_settings"]

_LayerRule: TypeAlias = "Callable[[Layer], Iterator[Diagnostic]]"
_ModelRule: TypeAlias = "Callable[[type[BaseModel]], Iterator[Diagnostic]]"
_SettingsRule: TypeAlias = "Callable[[Facts], Iterator[Diagnostic]]"

_OF_LAYER: tuple[_LayerRule, ...] = (ambiguous_scalar.find, secret_value.find)
_OF_MODEL: tuple[_ModelRule, ...] = (reserved_field.find, mutable_model.find, permissive_model.find)
_OF_SETTINGS: tuple[_SettingsRule, ...] = (redundant_override.find, ignored_key.find, unused_binding.find)


def of_layer(layer: Layer) -> Iterator[Diagnostic]:
    """Give what is wrong with one file of settings, by itself."""
    for find in _OF_LAYER:
        yield from find(layer)


def of_model(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Give what is wrong with a model and the models in it, beside what keeps it from being stored."""
    for find in _OF_MODEL:
        yield from find(model)


def of_settings(facts: Facts) -> Iterator[Diagnostic]:
    """Give what is wrong with the settings of a project as a whole."""
    for find in _OF_SETTINGS:
        yield from find(facts)
