"""Resolve a variant to its merged tree and validated config."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Merged
from typedflow.models import read_layers
from typedflow.project._environment import ChosenEnvironment, choose_environment
from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.values import DEFAULT_BINDING, Case, Diagnostic, KeyPath, TypedflowError

if TYPE_CHECKING:
    from typedflow.project._options import Override

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Variant:
    """A unit under one binding and environment; ``kind`` is the unit's."""

    unit: str
    binding: str = DEFAULT_BINDING
    environment: str | None = None
    kind: str = "flow"

    @property
    def case(self) -> Case:
        """The variant as findings name it."""
        return Case(self.unit, self.binding, self.environment, self.kind)


@dataclass(frozen=True, slots=True)
class Resolved(Generic[M]):
    """A variant's config, and the layers that it came from."""

    variant: Variant
    merged: Merged
    config: M


def resolve(
    project: LoadedProject,
    named: Unit | str,
    binding: str = DEFAULT_BINDING,
    environment: ChosenEnvironment | str | None = None,
    options: Iterable[str | Override] = (),
    model: type[BaseModel] | None = None,
) -> Resolved[BaseModel]:
    """Resolve a unit under a binding, in the chosen or named environment, else in that of the current checkout.

    Raises:
        TypedflowError: all errors, each finding with its case.
    """
    unit = project.unit(named)
    chosen = environment if isinstance(environment, ChosenEnvironment) else choose_environment(project, environment)
    variant = Variant(unit.name, binding, chosen.name, unit.kind)
    wanted = model or project.model
    if project.variables:
        from typedflow.project._misnamed_variables import misnamed_variables

        if problems := misnamed_variables(project, wanted):
            raise TypedflowError(problems)
    made, given = FactoryValues(), tuple(options)
    try:
        files = _collected(project, unit, variant, chosen.path)
        above: list[Layer] = []
        if given or project.variables:
            from typedflow.project._overrides import overrides

            above = overrides(unit.config, wanted, project.variables, given, files, made, files=project.included)
        stack = [*files, *above]
        merged, config = read_layers(stack, wanted, made)
        if above:
            from typedflow.project._ignored_overrides import reject_ignored

            reject_ignored(merged, config)
        return Resolved(variant, merged, config)
    except TypedflowError as error:
        from typedflow.project._unread_keys import placed_in_unread

        found = placed_in_unread(error.diagnostics, project, (variant.binding, variant.environment), wanted)
        raise TypedflowError(item if item.cases else replace(item, cases=(variant.case,)) for item in found) from None


def _collected(project: LoadedProject, unit: Unit, variant: Variant, path: KeyPath) -> list[Layer]:
    """Read the files of a variant; errors of all files are reported together.

    Shape: ``path`` is the key path of the environment in the manifest, if the manifest names it.
    """
    try:
        shared = (*project.global_layer, *project.environment_layer(variant.environment, path))
        return [*shared, *project.binding_layer(unit, variant.binding)]
    except TypedflowError:
        return _all_or_problems(project, unit, variant, path)


def _all_or_problems(project: LoadedProject, unit: Unit, variant: Variant, path: KeyPath) -> list[Layer]:
    layers: list[Layer] = []
    problems: list[Diagnostic] = []
    readers: tuple[Callable[[], tuple[Layer, ...]], ...] = (
        lambda: project.global_layer,
        lambda: project.environment_layer(variant.environment, path),
        lambda: project.binding_layer(unit, variant.binding),
    )
    for read in readers:
        try:
            layers += read()
        except TypedflowError as error:
            problems += [item for item in error.diagnostics if item not in problems]
    if problems:
        raise TypedflowError(problems)
    return layers
