"""Merging and validating layers; layers that do not merge hide no other mistake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Merged, Rank, layers_of, merge
from typedflow.models._plan import plan_of
from typedflow.models._validate import validate
from typedflow.values import Diagnostic, KeyPath, TypedflowError

if TYPE_CHECKING:
    from typedflow.models._unknown_keys import OtherModels

M = TypeVar("M", bound=BaseModel)


def read_layers(
    stack: Sequence[Layer], model: type[M], made: FactoryValues | None = None, others: OtherModels | None = None
) -> tuple[Merged, M]:
    """Return the merged layers, and their config; ``others`` are the models of other configs that share a source.

    Raises:
        TypedflowError: with every problem of the layers.
    """
    try:
        merged = merge(stack, plan_of(model), made=made)
    except TypedflowError as error:
        raise TypedflowError(_with_validation_problems(error.diagnostics, stack, model, made, others)) from None
    if merged.copies:
        from typedflow.models._system_references import system_references

        problems = list(system_references(merged, model))
        if problems:
            raise TypedflowError(_with_validation_problems(problems, stack, model, made, others))
    return merged, validate(merged, model, others)


def _with_validation_problems(
    problems: Iterable[Diagnostic],
    stack: Sequence[Layer],
    model: type[BaseModel],
    made: FactoryValues | None,
    others: OtherModels | None,
) -> list[Diagnostic]:
    """Return the problems of merging, and those of validating the keys that are not affected by them.

    A problem at, below or around an affected key may be a consequence, and is not reported; nor is one in a value that
    a variable or an option sets there.
    """
    found = list(problems)
    bad = [_up_to_list(item.path) for item in found if item.path is not None]
    if len(bad) < len(found) or () in bad:
        return found
    layers = layers_of(stack, plan_of(model))
    merged = None
    while merged is None:
        above = [layer for layer in layers if layer.rank >= Rank.VARIABLE and _is_near(layer.prefix, bad)]
        bad += [layer.prefix for layer in above]
        kept = [_without(layer, bad) for layer in layers if layer not in above]
        try:
            merged = merge(kept, plan_of(model), made=made)
        except TypedflowError as error:  # a consequence: a reference to what is wrong
            more = [_up_to_list(item.path) for item in error.diagnostics if item.path]
            if not more or all(_is_near(path, bad) for path in more):
                return found
            bad += more
    try:
        validate(merged, model, others)
    except TypedflowError as error:
        found += [item for item in error.diagnostics if item.path is not None and not _is_near(item.path, bad)]
    return found


def _up_to_list(path: KeyPath) -> KeyPath:
    """Return a key path up to the first list, which is valid or invalid as a whole."""
    return path[: next((index for index, key in enumerate(path) if not isinstance(key, str)), len(path))]


def _without(layer: Layer, bad: Sequence[KeyPath]) -> Layer:
    """Return a layer without some key paths."""
    rules, deletes = (
        tuple(each for each in group if not _is_near(each.path, bad))
        for group in (layer.directives.rules, layer.directives.deletes)
    )
    from typedflow.values import without_path

    tree = layer.tree
    for path in bad:
        tree = without_path(tree, path)
    return replace(layer, tree=tree, directives=layer.directives._replace(rules=rules, deletes=deletes))


def _is_near(path: KeyPath, bad: Iterable[KeyPath]) -> bool:
    return any(path[: len(each)] == each[: len(path)] for each in bad)
