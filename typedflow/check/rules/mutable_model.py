"""TF308 mutable-model: models that are not frozen."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.check.rules._classes import own_classes
from typedflow.models import config_of
from typedflow.values import RULES, Diagnostic, Severity


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the classes of a model whose instances can be changed."""
    for owner, place in own_classes(model):
        if not _is_frozen(owner):
            is_model = issubclass(owner, BaseModel)
            yield Diagnostic(
                RULES["mutable-model"],
                f"{owner.__name__} is not frozen: values that a step assigns to its fields are lost after that step",
                place,
                hint=_MODEL if is_model else "declare it with `@dataclass(frozen=True)`",
                severity=Severity.WARNING,
            )


_MODEL = "inherit from `ConfigModel`, or set `model_config = ConfigDict(frozen=True)`"


def _is_frozen(owner: type) -> bool:
    parameters = getattr(owner, "__dataclass_params__", None)
    return bool(config_of(owner).get("frozen") or getattr(parameters, "frozen", False))
