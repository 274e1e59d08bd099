"""Flows: how Metaflow's are judged, listed, run and deployed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from typedflow.metaflow import command, environ_of, launch
from typedflow.models import dump
from typedflow.project import LoadedProject, Resolved, Unit, compile_config, import_file
from typedflow.units._kinds import Subject, UnitStart
from typedflow.units._launched import Launched, with_launch
from typedflow.units._tables_mixin import TABLES, USED
from typedflow.units._unit_file import unit_file
from typedflow.values import Case, Diagnostic, Location, Related, TypedflowError, did_you_mean, format_path, listed
from typedflow.workspace import from_here, read_source

if TYPE_CHECKING:
    from typedflow.metaflow import DeclaredFacts
    from typedflow.units._deployment_plan import DeploymentOptions, PlannedDeployment

_SETTINGS_ARE = "the project's settings are"
_HINT = "inherit from SettingsMixin[...], or name the flow's Config with `config` in the manifest"


def judge(file: Path, unit: Unit | None, project: LoadedProject | None) -> Iterator[Subject]:
    """Yield the flows of a file that no other of its flows inherits from.

    Raises:
        TypedflowError: the file cannot be read or imported; ``no-flow``.
    """
    from typedflow.metaflow import FlowChecker, configs_of, has_project, import_flow, outermost_flows, stored_parts

    if unit is None or project is None:
        read_source(file)
    else:
        unit_file(project, unit)
    module = import_flow(file)
    try:
        flows = outermost_flows(module, Location(str(file)))
    except TypedflowError as error:
        raise TypedflowError(_at_its_entry(item, unit, project) for item in error.diagnostics) from None
    for flow in flows:
        declared = configs_of(flow)
        subject = Subject(declared, stored_parts=partial(stored_parts, flow), has_project=has_project(module))
        if unit is not None and project is not None:
            subject = replace(subject, problems=tuple(_of_settings_config(flow, declared, unit, project)))
            subject = _with_tables(subject, flow, unit, project)
        # Without problems, the flow takes the settings, and other findings are not consequences of one.
        yield subject if subject.problems else replace(subject, evaluate=FlowChecker(flow).check)


def models(project: LoadedProject, unit: Unit) -> dict[str, type[BaseModel]]:
    """Return the models of a flow's configs by name, except the project's settings.

    Raises:
        BaseException: whatever the flow's file raises.
    """
    module = import_file(project.root / unit.file)
    if "metaflow" not in sys.modules:  # then there is no flow in it, and Metaflow takes a second to load
        return {}
    from typedflow.metaflow import configs_of, flows_in

    declared = [configs_of(found) for found in flows_in(module)]
    facts = {name: config for configs in declared for name, config in configs.items() if name != unit.config}
    return {name: config.model for name, config in facts.items() if config.model is not None}


def describe(unit: Unit) -> dict[str, str]:
    """Return the name of the flow's Config that takes the project's settings, and the reference of their model."""
    return {"config": unit.config, "model": unit.model}


def prepare(project: LoadedProject, resolved: Resolved[Any], arguments: Sequence[str] = ()) -> UnitStart:
    """Compile the config of a resolved flow, and return how to start it; ``arguments`` are Metaflow's.

    Raises:
        TypedflowError: the file of the flow cannot be read; ``unwritable-file``.
    """
    unit = project.unit(resolved.variant.unit, (resolved.variant.kind,))
    file, compiled = unit_file(project, unit), compile_config(resolved, project.root)
    words = command(from_here(file), unit.config, from_here(compiled.file), arguments or ["run"])
    environ = with_launch(environ_of(resolved.variant, project.environ), project, resolved, compiled)
    return UnitStart(resolved.variant, compiled, tuple(words), environ)


def plan(
    project: LoadedProject, resolved: Iterable[Resolved[Any]], options: DeploymentOptions, *, has_project: bool
) -> tuple[PlannedDeployment, ...]:
    """Compile variants of one flow, and return how each is deployed. ``has_project``: the flow has ``@project``.

    Raises:
        TypedflowError: ``deployment-name``; ``unwritable-file``.
    """
    from typedflow.units._deployment_plan import plan_deployments

    return plan_deployments(project, resolved, options, has_project=has_project)


def start(start: UnitStart) -> int:
    """Run a flow with this process's own streams, and return its exit code.

    Raises:
        KeyboardInterrupt: this process was interrupted; the flow has ended by itself.
        TypedflowError: ``launch-failed``, when the command cannot be started.
    """
    return launch(start.command, environ=start.environ)


def _at_its_entry(item: Diagnostic, unit: Unit | None, project: LoadedProject | None) -> Diagnostic:
    """Return a finding about the file of a unit at the manifest's line that names it; at the file of a glob's unit."""
    place = project.place(*unit.path, "file") if unit and project else None
    if unit is None or place is None:
        return item
    if not unit.glob:
        return replace(item, location=place)
    hint = "by its syntax, it may have one; move the file, or narrow the glob so that it does not match it"
    return replace(item, hint=hint, related=(Related("declared by the glob at", place),))


def _with_tables(subject: Subject, flow: type, unit: Unit, project: LoadedProject) -> Subject:
    """Return a subject with the Config of the flow's tables, if it has one, and what is wrong with them."""
    tables = getattr(flow, USED, None)
    if tables is None:
        return subject
    from typedflow.units._run_tables import run_tables, table_problems
    from typedflow.units._used_tables import used_tables

    used = used_tables(tables)

    def made(case: Case) -> dict[str, Any]:
        launched = Launched(case.binding, case.environment)
        return {TABLES: dump(run_tables(project, unit, used, launched))}

    return replace(subject, problems=(*subject.problems, *table_problems(project, used)), made_configs=made)


def _of_settings_config(
    flow: type, declared: Mapping[str, DeclaredFacts], unit: Unit, project: LoadedProject
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the flow's Config that takes the project's settings."""
    from typedflow.metaflow import other_model, unknown_config

    wanted, model = unit.config, project.model_of(unit)
    facts = declared.get(wanted)
    if facts is None:
        place = project.place(*unit.path, "config") or project.place(*unit.path)
        message = f"the flow {flow.__name__} has no config `{wanted}`, which takes the project's settings"
        known = f"it has {listed(declared)}" if declared else "it has none"
        label = did_you_mean(wanted, declared)
        yield unknown_config(f"{message}; {known}", place, label=label, hint="" if label else _HINT)
    elif facts.model is None or not _is_same(facts.model, model):
        found = f"is read by {facts.model.__name__}" if facts.model else "has no model"
        whose = f"its model in {project.source.name} is" if len(project.models.references) > 1 else _SETTINGS_ARE
        message = f"the config `{wanted}` of {flow.__name__} {found}; {whose} {model.__name__}"
        entry = f"`model` of `{format_path(unit.path)}` in {project.source.name}"
        hint = f"use {model.__name__} in the flow, or name the flow's model as {entry}"
        yield other_model(message, facts.location, hint=hint)


def _is_same(one: type, other: type) -> bool:
    """Return whether two classes are one: a file that is imported under two names makes two."""
    return one is other or (one.__qualname__ == other.__qualname__ and _schema(one) == _schema(other))


def _schema(model: Any) -> Any:
    return model.model_json_schema()
