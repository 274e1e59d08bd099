"""Resolve the settings of a variant to their merged tree and validated config."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Merged
from typedflow.models import read_layers, system_fields
from typedflow.project._environment import ChosenEnvironment
from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.project._variant import Resolved, Variant
from typedflow.values import Diagnostic, KeyPath, TypedflowError

if TYPE_CHECKING:
    from typedflow.models import OtherModels
    from typedflow.project._options import Override
    from typedflow.project._own_keys import OwnKeys

M = TypeVar("M", bound=BaseModel)


def resolve_settings(
    project: LoadedProject,
    unit: Unit,
    binding: str,
    chosen: ChosenEnvironment,
    options: tuple[str | Override, ...],
    wanted: type[BaseModel],
) -> Resolved[BaseModel]:
    """Resolve the settings of a unit, as a model has them.

    Raises:
        TypedflowError: all errors, each finding with its case.
    """
    variant = Variant(unit.name, binding, chosen.name, unit.kind)
    if project.variables:
        from typedflow.project._misnamed_variables import misnamed_variables

        if problems := misnamed_variables(project):
            raise TypedflowError(problems)
    reading = _Reading(project, unit.config, wanted, project.variables, options)
    try:
        files = _collected(project, unit, variant, chosen.path)
        if len(project.models.references) > 1 or unit.model not in project.models.references:
            from typedflow.project._own_keys import OwnKeys

            with project.models.importing(unit.model):
                resolved = Resolved(variant, *reading.of_own(OwnKeys(project, unit, wanted), files))
                if project.models.have_equal_modules:
                    with suppress(TypedflowError):  # raised where it is needed
                        _ = resolved.stored  # this, too, runs code of the model
            return resolved
        return Resolved(variant, *reading.of(files))
    except TypedflowError as error:
        from typedflow.project._unread_keys import placed_in_unread

        found = placed_in_unread(error.diagnostics, project, (variant.binding, variant.environment), wanted)
        raise TypedflowError(item if item.cases else replace(item, cases=(variant.case,)) for item in found) from None


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the files of a variant are read: as a config of a model, below variables and options."""

    project: LoadedProject
    config: str
    model: type[BaseModel]
    variables: Mapping[str, str]
    options: tuple[str | Override, ...]

    def of(self, files: Sequence[Layer], others: OtherModels | None = None) -> tuple[Merged, BaseModel]:
        """Return the merged layers and the config."""
        made, above = FactoryValues(), list[Layer]()
        if self.options or self.variables:
            from typedflow.project._overrides import overrides

            given = (self.config, self.model, self.variables, self.options, files, made)
            above = overrides(*given, files=self.project.settings.included)
        merged, config = self._merged([*files, *above], made, others)
        if above:
            from typedflow.project._ignored_overrides import reject_ignored

            reject_ignored(merged, config)
        return merged, config

    def _merged(
        self, stack: Sequence[Layer], made: FactoryValues, others: OtherModels | None
    ) -> tuple[Merged, BaseModel]:
        if not system_fields(self.model):
            return read_layers(stack, self.model, made, others)
        from typedflow.project._system_layer import with_system

        stack, problems = with_system(stack, self.model, self.project.git_facts)
        try:
            found = read_layers(stack, self.model, made, others)
        except TypedflowError as error:
            raise TypedflowError([*problems, *error.diagnostics]) from None
        if problems:
            raise TypedflowError(problems)
        return found

    def of_own(self, keys: OwnKeys, files: Sequence[Layer]) -> tuple[Merged, BaseModel]:
        """Return the merged layers and the config of a model that shares files with other models."""
        own = keys.layers(files)
        reading = replace(self, variables=keys.variables())
        while True:
            try:
                return reading.of(own, keys.other_models)
            except TypedflowError as error:
                rest = keys.without_foreign(own, error.diagnostics)
                if rest is None:
                    raise TypedflowError(keys.explained(error.diagnostics)) from None
                own = rest


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
