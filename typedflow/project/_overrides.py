"""The layers above all files: environment variables, then options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer
from typedflow.models import plan_of
from typedflow.project._ignored_overrides import unread_in
from typedflow.project._included_files import IncludedFiles
from typedflow.project._options import UNDECIDED, Override, option_layer, plan_at
from typedflow.project._variables import merged_tree, variable_layers
from typedflow.values import Diagnostic, TypedflowError
from typedflow.workspace import environment_variables


def overrides(
    config: str,
    model: type[BaseModel],
    environ: Mapping[str, str] | None = None,
    options: Iterable[str | Override] = (),
    below: Sequence[Layer] = (),
    made: FactoryValues | None = None,
    *,
    files: IncludedFiles | None = None,
) -> list[Layer]:
    """Return the layers above all files: environment variables (this process's by default), then options.

    A variable's keys are spelled as in the layers ``below`` if they differ only in case. If the variants of a union
    differ in a field's type, its value is read for the variant that all layers together choose. ``made`` keeps the
    results of default factories for the merge that follows. ``files`` are those that can be included.

    Raises:
        TypedflowError: all variables and options that cannot be read.
    """
    plan = plan_of(model)
    environ = environment_variables() if environ is None else environ
    given = _Given(config, model, environ, tuple(options), below, made or FactoryValues(), files)
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
    files: IncludedFiles | None

    def read(self, tree: Any) -> tuple[list[Layer], list[Diagnostic]]:
        """Return the layers, whose types a merged tree decides, and the errors."""
        plan = plan_of(self.model)
        layers: list[Layer] = []
        problems: list[Diagnostic] = []
        try:
            layers += variable_layers(
                self.config, self.model, self.environ, self.below, tree, self.made, files=self.files
            )
        except TypedflowError as error:
            problems += error.diagnostics
        for option in self.options:
            try:
                layers.append(option_layer(option, plan, tree, self.files))
            except TypedflowError as error:
                problems += error.diagnostics
        return layers, problems
