"""All laws of a model or a flow; ``laws`` makes a test from each."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of
from typedflow.hypothesis._flow_laws import flow_laws, variant_laws
from typedflow.hypothesis._law import Law, NoConfig
from typedflow.hypothesis._layer_laws import layer_laws
from typedflow.hypothesis._mend_laws import mend_laws
from typedflow.hypothesis._model_laws import model_laws
from typedflow.hypothesis._reuse_laws import reuse_laws
from typedflow.hypothesis._scalars import Values
from typedflow.project import LoadedProject, Unit, open_project
from typedflow.values import RULES, KeyPath, TypedflowError


def laws(target: type, /, **overrides: st.SearchStrategy[Any]) -> type:
    """Return a class of tests, one for each law of a flow or a model.

    ``TestTrain = laws(Train)`` in a test module is all that pytest needs.

    A flow in a project is also tried with its settings. Hypothesis's settings determine the number of examples.
    Overrides are as in ``configs``; for a flow, their key paths begin with the config's name
    (``laws(Training, **{"settings.project": st.just("demo")})``).

    Raises:
        InvalidArgument: the target is neither a flow nor a model; and as ``configs`` does.
        TypedflowError: the project around the flow is invalid.
    """
    tests = {"test_" + law.name.replace(".", "_").replace("-", "_"): _test(law) for law in laws_of(target, overrides)}
    members = {"__doc__": f"The laws of {target.__name__}.", **tests}
    return type(f"TestLawsOf{target.__name__}", (), members)


def _test(law: Law) -> Any:
    def test(self: object, example: Any) -> None:  # noqa: ARG001 # tests of a class have it
        try:
            law.holds(example)
        except NoConfig:
            reject()

    test.__doc__ = f"It is a law that {law.says}."
    slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    return slow(given(example=law.examples)(test))


def laws_of(target: type, overrides: Mapping[str, Any], *, project: LoadedProject | None = None) -> list[Law]:
    """Return the laws of a flow or a model; the default project is the one around the flow's file.

    Raises:
        InvalidArgument: as ``laws`` does.
        TypedflowError: the project is invalid.
    """
    if not isinstance(target, type):
        raise InvalidArgument(f"laws of {target!r}: the target must be a flow class or a Pydantic model")
    if issubclass(target, BaseModel):
        return list(_of_model(target, paths_of(target, overrides)))
    from typedflow.metaflow import configs_of, is_flow

    if not is_flow(target):
        raise InvalidArgument(f"laws of {target.__name__}: it is neither a flow nor a Pydantic model")
    models = {name: facts.model for name, facts in configs_of(target).items() if facts.model is not None}
    if not models:
        raise InvalidArgument(f"laws of {target.__name__}: the flow has no config with a model")
    return list(_of_flow(target, models, _by_config(models, overrides), project or _project_of(target)))


def _of_model(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    yield from model_laws(model, overrides)
    yield from layer_laws(model, overrides)
    yield from reuse_laws(model, overrides)
    yield from mend_laws(model, overrides)


def _of_flow(
    flow: type,
    models: Mapping[str, type[BaseModel]],
    overrides: dict[str, dict[KeyPath, Values]],
    project: LoadedProject | None,
) -> Iterator[Law]:
    for name, model in models.items():
        for law in _of_model(model, overrides.get(name, {})):
            yield replace(law, name=f"{name}.{law.name}")
    yield from flow_laws(flow, models, overrides)
    found = _unit_of(project, flow) if project else None
    if project and found and found.config in models:
        yield from variant_laws(flow, found, project, overrides)


def _by_config(models: Mapping[str, type[BaseModel]], overrides: Mapping[str, Any]) -> dict[str, dict[KeyPath, Values]]:
    """Group overrides by the config that their key paths begin with."""
    found: dict[str, dict[str, Any]] = {}
    for name, values in overrides.items():
        config, _, path = name.partition(".")
        if config not in models or not path:
            raise InvalidArgument(f"{name}=...: a key path must begin with a config of the flow ({', '.join(models)})")
        found.setdefault(config, {})[path] = values
    return {config: paths_of(models[config], paths) for config, paths in found.items()}


def _project_of(flow: type) -> LoadedProject | None:
    try:
        return open_project(Path(inspect.getfile(flow)).parent)
    except TypedflowError as error:
        if all(item.rule == RULES["no-project"] for item in error.diagnostics):
            return None
        raise


def _unit_of(project: LoadedProject, flow: type) -> Unit | None:
    """Return the flow as a unit of its project, or None if the project does not list its file."""
    try:
        return project.unit_of(Path(inspect.getfile(flow)))
    except TypedflowError:
        return None
