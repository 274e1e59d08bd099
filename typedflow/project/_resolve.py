"""Resolve a variant to its merged tree and validated config."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from typedflow.project._environment import ChosenEnvironment, choose_environment
from typedflow.project._kinds import KINDS, Unit
from typedflow.project._project import LoadedProject
from typedflow.project._resolve_settings import resolve_settings
from typedflow.project._variant import Resolved
from typedflow.values import DEFAULT_BINDING

if TYPE_CHECKING:
    from typedflow.project._options import Override


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
    if KINDS[unit.kind].has_own_config:
        from typedflow.project._resolve_table import resolve_table

        return resolve_table(project, unit, binding, chosen, tuple(options))
    given = tuple(options)
    found = resolve_settings(project, unit, binding, chosen, given, model or project.model_of(unit))
    return replace(found, overrides=given) if given else found
