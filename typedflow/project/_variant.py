"""A variant of a project, and what it resolves to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from typedflow.models import dump, without_system
from typedflow.values import DEFAULT_BINDING, Case

if TYPE_CHECKING:
    from typedflow.layers import Merged
    from typedflow.project._options import Override

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Variant:
    """A unit under one binding and environment; ``kind`` is the unit's.

    ``identity`` labels it among the variants of other branches and projects; None where nobody asked for it.
    """

    unit: str
    binding: str = DEFAULT_BINDING
    environment: str | None = None
    kind: str = "flow"
    identity: str | None = field(default=None, compare=False)

    @property
    def case(self) -> Case:
        """The variant as findings name it."""
        return Case(self.unit, self.binding, self.environment, self.kind, self.identity)


@dataclass(frozen=True)
class Resolved(Generic[M]):
    """A variant's config, and the layers that it came from; ``overrides`` are the values above all files."""

    variant: Variant
    merged: Merged
    config: M
    overrides: tuple[str | Override, ...] = field(default=(), repr=False)
    _stored: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # shared by copies

    @property
    def stored(self) -> Any:
        """The config as it is stored with a run: plain JSON values.

        Raises:
            TypedflowError: ``not-round-trip``.
        """
        if "whole" not in self._stored:
            self._stored["whole"] = dump(self.config)
        return self._stored["whole"]

    @cached_property
    def lasting(self) -> Any:
        """The stored config without the facts that typedflow fills in, which differ from run to run.

        Raises:
            TypedflowError: ``not-round-trip``.
        """
        return without_system(type(self.config), self.stored)
