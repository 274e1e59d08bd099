"""Resolving: from a variant to its merged tree and validated config."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Merged
from typedflow.models import plan_of, read_layers
from typedflow.project._environment import ChosenEnvironment, choose_environment
from typedflow.project._ignored import refuse_ignored, unread_in
from typedflow.project._kinds import Unit
from typedflow.project._misnamed import misnamed_variables
from typedflow.project._options import UNDECIDED, Override, option_layer, plan_at
from typedflow.project._project import LoadedProject
from typedflow.project._unread_keys import placed_in_unread
from typedflow.project._variables import merged_tree, variable_layers
from typedflow.values import DEFAULT_BINDING, Case, Diagnostic, KeyPath, TypedflowError
from typedflow.workspace import environment_variables

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
    """Resolve a unit under a binding, in the environment that was chosen or is named, else in the one of this checkout.

    Raises:
        TypedflowError: everything that is wrong, each finding with its case.
    """
    unit = project.unit(named)
    chosen = environment if isinstance(environment, ChosenEnvironment) else choose_environment(project, environment)
    variant = Variant(unit.name, binding, chosen.name, unit.kind)
    wanted = model or project.model
    if problems := misnamed_variables(project, wanted):
        raise TypedflowError(problems)
    made = FactoryValues()
    try:
        files = _collected(project, unit, variant, chosen.path)
        stack = [*files, *overrides(unit.config, wanted, project.variables, options, files, made)]
        merged, config = read_layers(stack, wanted, made)
        refuse_ignored(merged, config)
        return Resolved(variant, merged, config)
    except TypedflowError as error:
        found = placed_in_unread(error.diagnostics, project, (variant.binding, variant.environment), wanted)
        raise TypedflowError(item if item.cases else replace(item, cases=(variant.case,)) for item in found) from None


def overrides(
    config: str,
    model: type[BaseModel],
    environ: Mapping[str, str] | None = None,
    options: Iterable[str | Override] = (),
    below: Sequence[Layer] = (),
    made: FactoryValues | None = None,
) -> list[Layer]:
    """Give the layers above all files: environment variables (this process's unless they are given), then options.

    A variable's keys are those of the layers ``below`` where only their case differs. Where variants of a union differ
    in a field's type, its value is read for the variant that all layers together choose. ``made`` is what factories of
    defaults have made, for whoever merges the layers then.

    Raises:
        TypedflowError: the variables and options that cannot be read, all of them.
    """
    plan = plan_of(model)
    environ = environment_variables() if environ is None else environ
    given = _Given(config, model, environ, tuple(options), below, made or FactoryValues())
    layers, problems = given.read(None)
    if any(plan_at(plan, layer.prefix, None) is UNDECIDED for layer in layers):
        layers, problems = given.read(merged_tree([*below, *layers], plan, given.made))
    problems += [item for layer in layers for item in unread_in(layer, model)]
    if problems:
        raise TypedflowError(problems)
    return layers


@dataclass(frozen=True, slots=True)
class _Given:
    """What stands above all files, as texts."""

    config: str
    model: type[BaseModel]
    environ: Mapping[str, str]
    options: tuple[str | Override, ...]
    below: Sequence[Layer]
    made: FactoryValues

    def read(self, tree: Any) -> tuple[list[Layer], list[Diagnostic]]:
        """Return the layers, their types those that a merged tree decides, and what cannot be read."""
        plan = plan_of(self.model)
        layers: list[Layer] = []
        problems: list[Diagnostic] = []
        try:
            layers += variable_layers(self.config, self.model, self.environ, self.below, tree, self.made)
        except TypedflowError as error:
            problems += error.diagnostics
        for option in self.options:
            try:
                layers.append(option_layer(option, plan, tree))
            except TypedflowError as error:
                problems += error.diagnostics
        return layers, problems


def _collected(project: LoadedProject, unit: Unit, variant: Variant, path: KeyPath) -> list[Layer]:
    """Read the files of a variant; what is wrong with each is reported together.

    Shape: ``path`` leads to the environment in the manifest, where that names it.
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
