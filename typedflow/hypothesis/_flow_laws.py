"""The laws of a flow: whatever its configs say, its decorators and the defaults of its Parameters can be evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import config_of, valid_trees
from typedflow.hypothesis._law import Law, LawBroken, NoConfig, broken
from typedflow.hypothesis._options import options_of
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._walk import Wish, trees
from typedflow.models import dump
from typedflow.project import ChosenEnvironment, Project, Resolved, resolve
from typedflow.render import shell_line
from typedflow.values import KeyPath, TypedflowError

Overrides = Mapping[str, dict[KeyPath, Values]]
"""Strategies for fields, by the name of a config and by key path."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """How an example says what a flow is started with."""

    binding: str
    environment: str | None
    options: list[str]


def flow_laws(flow: type, models: Mapping[str, type[BaseModel]], overrides: Overrides) -> Iterator[Law]:
    """Give the laws of a flow whose configs have these models."""
    from typedflow.metaflow import FlowChecker

    judge = FlowChecker(flow)
    found = {name: valid_trees(model, Wish(overrides=overrides.get(name, {}))) for name, model in models.items()}

    def takes(example: dict[str, Any]) -> None:
        try:
            stored = {name: dump(config_of(models[name], tree)) for name, tree in example.items()}
        except TypedflowError as error:
            raise broken("what is stored of the config cannot be read back", error) from None
        if problems := judge.check(stored):
            raise LawBroken(f"{flow.__name__} cannot be started with a config that its model takes", problems)

    says = "the decorators, Parameters and class attributes of the flow can be evaluated under every valid config"
    shape: Any = dict[Literal[tuple(models)], dict[str, Any]]  # type: ignore[misc] # known only now
    yield Law("takes-every-config", says, st.fixed_dictionaries(found), takes, shape)


def variant_laws(flow: type, name: str, project: Project, overrides: Overrides) -> Iterator[Law]:
    """Give the laws of a project's flow: what holds for its settings as they are holds with any option above them.

    Raises:
        TypedflowError: what is wrong with the settings as they are.
    """
    from typedflow.metaflow import FlowChecker

    judge, model, config = FlowChecker(flow), project.model, project.unit(name).config
    variants = [
        (binding, environment) for binding in project.bindings(name) for environment in project.possible_environments()
    ]
    for variant in variants:
        _resolved(project, name, *variant)
    overlays = trees(model, Wish(sparse=True, overrides=overrides.get(config, {})))

    def takes(example: dict[str, Any]) -> None:
        try:
            resolved = _resolved(project, name, example["binding"], example["environment"], example["options"])
        except TypedflowError as error:
            raise NoConfig(str(error)) from None  # the option does not go with the settings: that is said at once
        if problems := judge.check({config: dump(resolved.config)}):
            shown = shell_line(word for option in example["options"] for word in ("--set", option))
            message = f"{flow.__name__} cannot be started under {example['binding']}"
            raise LawBroken(f"{message} with valid options: {shown}", problems)

    def example(variant: tuple[str, str | None], tree: Any) -> dict[str, Any]:
        return {"binding": variant[0], "environment": variant[1], "options": options_of(model, tree)[:3]}

    says = "a flow that can be started under a binding can be started with valid options above its settings"
    yield Law("variants-take-options", says, st.builds(example, st.sampled_from(variants), overlays), takes, _Variant)


def _resolved(
    project: Project, flow: str, binding: str, environment: str | None, options: Sequence[str] = ()
) -> Resolved[Any]:
    return resolve(project, flow, binding, ChosenEnvironment(environment), options)
