"""Resolve a variant to its merged tree and validated config."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Merged
from typedflow.models import plan_of, read_layers
from typedflow.project._environment import ChosenEnvironment, choose_environment
from typedflow.project._ignored_overrides import reject_ignored, unread_in
from typedflow.project._misnamed_variables import misnamed_variables
from typedflow.project._options import UNDECIDED, Override, option_layer, plan_at
from typedflow.project._project import LoadedProject
from typedflow.project._unread_keys import placed_in_unread
from typedflow.project._variables import merged_tree, variable_layers
from typedflow.values import DEFAULT_BINDING, Case, Diagnostic, KeyPath, TypedflowError
from typedflow.workspace import environment_variables

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Variant:
    """One flow under one binding and environment."""

    flow: str
    binding: str = DEFAULT_BINDING
    environment: str | None = None

    @property
    def case(self) -> Case:
        """The variant as findings name it."""
        return Case(self.flow, self.binding, self.environment)


@dataclass(frozen=True, slots=True)
class Resolved(Generic[M]):
    """A variant's config, and the layers that it came from."""

    variant: Variant
    merged: Merged
    config: M


def resolve(
    project: LoadedProject,
    flow: str,
    binding: str = DEFAULT_BINDING,
    environment: ChosenEnvironment | str | None = None,
    options: Iterable[str | Override] = (),
    model: type[BaseModel] | None = None,
) -> Resolved[BaseModel]:
    """Resolve a flow under a binding, in the chosen or named environment, else in that of the current checkout.

    Raises:
        TypedflowError: all errors, each finding with its case.
    """
    unit = project.unit(flow)
    chosen = environment if isinstance(environment, ChosenEnvironment) else choose_environment(project, environment)
    variant = Variant(flow, binding, chosen.name)
    wanted = model or project.model
    if problems := misnamed_variables(project, wanted):
        raise TypedflowError(problems)
    made = FactoryValues()
    try:
        files = _collected(project, variant, chosen.path)
        stack = [*files, *overrides(unit.config, wanted, project.variables, options, files, made)]
        merged, config = read_layers(stack, wanted, made)
        reject_ignored(merged, config)
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
    """Return the layers above all files: environment variables (this process's by default), then options.

    A variable's keys are spelled as in the layers ``below`` if they differ only in case. If the variants of a union
    differ in a field's type, its value is read for the variant that all layers together choose. ``made`` keeps the
    results of default factories for the merge that follows.

    Raises:
        TypedflowError: all variables and options that cannot be read.
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
    """The overrides above all files, as text."""

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


def _collected(project: LoadedProject, variant: Variant, path: KeyPath) -> list[Layer]:
    """Read the files of a variant; errors of all files are reported together.

    Shape: ``path`` is the key path of the environment in the manifest, if the manifest names it.
    """
    try:
        shared = (*project.global_layer, *project.environment_layer(variant.environment, path))
        return [*shared, *project.binding_layer(variant.flow, variant.binding)]
    except TypedflowError:
        return _all_or_problems(project, variant, path)


def _all_or_problems(project: LoadedProject, variant: Variant, path: KeyPath) -> list[Layer]:
    layers: list[Layer] = []
    problems: list[Diagnostic] = []
    readers: tuple[Callable[[], tuple[Layer, ...]], ...] = (
        lambda: project.global_layer,
        lambda: project.environment_layer(variant.environment, path),
        lambda: project.binding_layer(variant.flow, variant.binding),
    )
    for read in readers:
        try:
            layers += read()
        except TypedflowError as error:
            problems += [item for item in error.diagnostics if item not in problems]
    if problems:
        raise TypedflowError(problems)
    return layers
