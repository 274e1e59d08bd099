"""Validation of a merged tree: a model instance, or diagnostics that say where and why it does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError, to_json

from typedflow.layers import Merged
from typedflow.models._key_routes import routes_in
from typedflow.models._shared_findings import invalid_value
from typedflow.values import Diagnostic, TypedflowError, reading_order

if TYPE_CHECKING:
    from typedflow.models._unknown_keys import OtherModels

M = TypeVar("M", bound=BaseModel)


def validate(merged: Merged, model: type[M], others: OtherModels | None = None) -> M:
    """Return the model instance of a merged tree; ``others`` are the models that may have keys that this one does not.

    Validation is in JSON mode: a strict model accepts what JSON can express (a date as text, a tuple as a list).

    Raises:
        TypedflowError: with a diagnostic for every key that does not fit.
    """
    try:
        config = model.model_validate_json(to_json(merged.tree))
    except ValidationError as error:
        from typedflow.models._explain import explain

        found = explain(error, merged, model, others)
        if more := _integer_keys(merged, model, None, known=found):
            found = sorted([*more, *found], key=reading_order)
        raise TypedflowError(found) from None
    except PydanticSerializationError as error:
        raise TypedflowError([invalid_value(f"a value cannot be represented in JSON: {error}")]) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 # the model's own validators decide what else is raised
        raise TypedflowError(_explained(error, merged, model)) from None
    if found := [*_integer_keys(merged, model, config), *_same_keys(merged, model, config)]:
        raise TypedflowError(found)
    return config


def _integer_keys(
    merged: Merged, model: type[BaseModel], config: BaseModel | None, known: Iterable[Diagnostic] = ()
) -> Iterable[Diagnostic]:
    """Return a finding for each integer key where the model expects text; few files have integer keys at all."""
    if not any(layer.integers for layer in merged.parts()):
        return ()
    from typedflow.models._integer_keys import integer_keys

    return integer_keys(merged, model, config, known)


def _same_keys(merged: Merged, model: type[BaseModel], config: BaseModel) -> Iterable[Diagnostic]:
    """Return a finding for each key that is the same as another; only dictionaries that convert keys have such."""
    if not routes_in(model, {}):
        return ()
    from typedflow.models._same_keys import same_keys

    return same_keys(merged, model, config)


def _explained(error: BaseException, merged: Merged, model: type[BaseModel]) -> Iterable[Diagnostic]:
    """Return what is wrong where code of the model raises."""
    from typedflow.models._discriminators import failed_discriminators
    from typedflow.models._explain import explain_discriminators
    from typedflow.models._redaction import redact_secrets

    if failed := failed_discriminators(merged.tree, merged.plan, error):
        return explain_discriminators(failed, merged, model)
    return redact_secrets([_raised(model, error)], merged, model)


def _raised(model: type[BaseModel], error: BaseException) -> Diagnostic:
    """Return the diagnostic of a validator's exception that Pydantic does not handle."""
    from typedflow.models._declarations import declared
    from typedflow.values import raised_at

    return invalid_value(
        f"validating {model.__name__} raises {type(error).__name__}: {error}",
        raised_at(error),
        hint="raise ValueError or AssertionError to reject a value; then the diagnostic shows the value's own location",
        related=declared(model),
    )
