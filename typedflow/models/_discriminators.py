"""Callable discriminators (functions that choose the variant of a union) that raise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from typedflow.layers import Plan
from typedflow.values import KeyPath, raised_at


@dataclass(frozen=True, slots=True)
class FailedDiscriminator:
    """A value for which a discriminator raises, and the exception."""

    path: KeyPath
    function: Callable[[Any], object]
    error: BaseException


def failed_discriminators(tree: Any, plan: Plan, error: BaseException) -> list[FailedDiscriminator]:
    """Return the values whose discriminator raises; empty if validation's exception came from other code."""
    found = list(_failed(tree, plan, ()))
    known = [(type(each.error), raised_at(each.error)) for each in found]
    return found if (type(error), raised_at(error)) in known else []


def _failed(value: Any, plan: Plan, path: KeyPath) -> Iterator[FailedDiscriminator]:
    for level in plan.levels(value if isinstance(value, dict) else {}):
        if level.choose is not None and value is not None:
            try:
                level.choose(deepcopy(value))
            except (Exception, SystemExit) as error:  # noqa: BLE001 # the model's own code decides what is raised
                yield FailedDiscriminator(path, level.choose, error)
                return
    if isinstance(value, dict):
        variant = plan.variant(value)
        for member in variant.members or (variant,):
            for key, item in value.items():
                yield from _failed(item, member.child(key), (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _failed(item, plan.item(index), (*path, index))
