"""The laws of a flow: its decorators and its Parameters' defaults can be evaluated for every valid config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import config_of, valid_trees
from typedflow.hypothesis._law import Law, LawBroken, NoConfig, law_broken_by
from typedflow.hypothesis._options import options_of
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._trees import TreeOptions, trees
from typedflow.models import dump
from typedflow.project import ChosenEnvironment, LoadedProject, Resolved, Unit, resolve
from typedflow.render import shell_line
from typedflow.values import KeyPath, TypedflowError

Overrides = Mapping[str, dict[KeyPath, Values]]
"""Strategies for fields, by the name of a config and by key path."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """What a flow is started with, in an example."""

    binding: str
    environment: str | None
    options: list[str]


def flow_laws(flow: type, models: Mapping[str, type[BaseModel]], overrides: Overrides) -> Iterator[Law]:
    """Return the laws of a flow whose configs have these models."""
    from typedflow.metaflow import FlowChecker

    judge = FlowChecker(flow)
    found = {name: valid_trees(model, TreeOptions(overrides=overrides.get(name, {}))) for name, model in models.items()}

    def check(example: dict[str, Any]) -> None:
        try:
            stored = {name: dump(config_of(models[name], tree)) for name, tree in example.items()}
        except TypedflowError as error:
            raise law_broken_by("the stored config cannot be read back", error) from None
        if problems := judge.check(stored):
            raise LawBroken(f"{flow.__name__} cannot be started with a config that its model accepts", problems)

    says = "the flow's decorators, Parameters and class attributes can be evaluated with every valid config"
    shape: Any = dict[Literal[tuple(models)], dict[str, Any]]  # type: ignore[misc] # known only now
    yield Law("takes-every-config", says, st.fixed_dictionaries(found), check, shape)


def variant_laws(flow: type, unit: Unit, project: LoadedProject, overrides: Overrides) -> Iterator[Law]:
    """Return the laws of a flow in a project: it can be started with any valid option on its settings.

    Raises:
        TypedflowError: the settings are invalid without options.
    """
    from typedflow.metaflow import FlowChecker

    judge, model, config = FlowChecker(flow), project.model_of(unit), unit.config
    variants = [
        (binding, environment) for binding in project.bindings(unit) for environment in project.possible_environments()
    ]
    for variant in variants:
        _resolved(project, unit, *variant)
    overlays = trees(model, TreeOptions(sparse=True, overrides=overrides.get(config, {})))

    def check(example: dict[str, Any]) -> None:
        try:
            resolved = _resolved(project, unit, example["binding"], example["environment"], example["options"])
        except TypedflowError as error:
            raise NoConfig(str(error)) from None  # the option does not fit the settings, which typedflow reports
        if problems := judge.check({config: resolved.stored}):
            shown = shell_line(word for option in example["options"] for word in ("--set", option))
            message = f"{flow.__name__} cannot be started with binding {example['binding']}"
            raise LawBroken(f"{message} and valid options: {shown}", problems)

    def example(variant: tuple[str, str | None], tree: Any) -> dict[str, Any]:
        return {"binding": variant[0], "environment": variant[1], "options": options_of(model, tree)[:3]}

    says = "a flow that can be started with a binding can also be started with valid options on top of it"
    yield Law("variants-take-options", says, st.builds(example, st.sampled_from(variants), overlays), check, _Variant)


def _resolved(
    project: LoadedProject, unit: Unit, binding: str, environment: str | None, options: Sequence[str] = ()
) -> Resolved[Any]:
    return resolve(project, unit, binding, ChosenEnvironment(environment), options)
