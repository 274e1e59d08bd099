"""TF309 permissive-model: models that accept unknown keys."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, RootModel

from typedflow.check.rules._classes import own_classes
from typedflow.models import extra_of
from typedflow.values import RULES, Diagnostic, Severity


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the classes of a model that do not forbid keys without a field."""
    for owner, place in own_classes(model):
        extra = extra_of(owner)
        is_model = issubclass(owner, BaseModel)
        if extra != "forbid" and not issubclass(owner, RootModel):
            does = "keeps" if extra == "allow" else "ignores"
            yield Diagnostic(
                RULES["permissive-model"],
                f"{owner.__name__} {does} keys that it has no field for, so a misspelled key goes unnoticed",
                place,
                hint=_MODEL if is_model else _DATACLASS,
                severity=Severity.WARNING,
            )


_MODEL = 'inherit from `ConfigModel`, or set `model_config = ConfigDict(extra="forbid")`'
_DATACLASS = 'give it the attribute `__pydantic_config__ = ConfigDict(extra="forbid")`, or make it a `ConfigModel`'
