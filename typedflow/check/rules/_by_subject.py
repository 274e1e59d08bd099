"""Run the rules for a file, a model, a flow or a project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

    from typedflow.check._facts import Facts
    from typedflow.layers import Layer
    from typedflow.units import Subject
    from typedflow.values import Diagnostic


def of_layer(layer: Layer) -> Iterator[Diagnostic]:
    """Return the findings for one settings file alone."""
    from typedflow.check.rules import ambiguous_scalar, secret_value

    for rule in (ambiguous_scalar, secret_value):
        yield from rule.find(layer)


def of_typed_layer(layer: Layer, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Return suspicious values in one settings file, given its model."""
    from typedflow.check.rules import missing_space, template_text

    for rule in (missing_space, template_text):
        yield from rule.find(layer, model)


def of_model(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Return the findings for a model and the models in it, except those that prevent storing it."""
    from typedflow.check.rules import invalid_value, mutable_model, permissive_model, reserved_field, template_text

    for rule in (invalid_value, reserved_field, mutable_model, permissive_model):
        yield from rule.find(model)
    yield from template_text.find_defaults(model)


def of_subject(subject: Subject) -> Iterator[Diagnostic]:
    """Return what is wrong with a subject of a unit, whatever its configs are."""
    from typedflow.check.rules import artifact_needs_class

    yield from artifact_needs_class.find(subject)


def of_settings(facts: Facts) -> Iterator[Diagnostic]:
    """Return the findings for a project's set of files, regardless of their content."""
    from typedflow.check.rules import same_identity, same_table, unread_file, unused_binding

    for rule in (unused_binding, unread_file, same_identity, same_table):
        yield from rule.find(facts)


def of_files(facts: Facts) -> Iterator[Diagnostic]:
    """Return the findings for settings files, given the model and the files below them."""
    from typedflow.check.rules import redundant_override
    from typedflow.layers import with_directives
    from typedflow.models import plan_of

    yield from redundant_override.find(facts)
    for view in facts.by_model:
        for layer in view.layers:
            yield from of_typed_layer(with_directives(layer, plan_of(view.model)), view.model)


def of_cases(facts: Facts) -> Iterator[Diagnostic]:
    """Return the findings for some or all cases of a project."""
    from typedflow.check.rules import ignored_key
    from typedflow.layers import Rank

    yield from ignored_key.find(facts)
    for case in facts.cases:
        for layer in case.merged.stack:
            if layer.rank is Rank.VARIABLE:
                yield from of_typed_layer(layer, type(case.config))
