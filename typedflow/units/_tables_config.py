"""The text of the Config of a flow's tables, made in the process that launches the flow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typedflow.metaflow import MadeText, file_of_flow, given_config
from typedflow.models import dump
from typedflow.project import (
    LoadedProject,
    Unit,
    canonical,
    choose_environment,
    is_compiled,
    named_binding_of,
    open_project,
    record_beside,
)
from typedflow.units._launched import Launched, launched_with
from typedflow.units._run_tables import refers_to_settings, run_tables
from typedflow.units._tables_record import tables_record
from typedflow.units._used_tables import UsedTable, used_tables
from typedflow.values import Source, SourceKind, TypedflowError, read_sidecar
from typedflow.workspace import bad_option, file_text


def made_tables(tables: type, flow: Any) -> MadeText:
    """Return the tables that a flow uses, for the binding and the environment that its settings have.

    Raises:
        TypedflowError: ``no-project``; ``unusable-table``; everything that is wrong with these tables.
    """
    file = file_of_flow(flow)
    project = open_project(file.parent)
    unit, used = project.unit_of(file), used_tables(tables)
    launched = _launched(project, unit, used)
    content = run_tables(project, unit, used, launched)
    source = Source("the tables of the project", canonical(dump(content)), "json", SourceKind.CODE)
    return MadeText(source, lambda: tables_record(project, unit, launched, content))


def _launched(project: LoadedProject, unit: Unit, used: tuple[UsedTable, ...]) -> Launched:
    """Return what the settings of the flow are resolved with."""
    given = given_config(unit.config)
    if isinstance(given, Path):
        if found := launched_with(given, project.environ):
            return found
        if is_compiled(given, file_text(given)) and (origins := read_sidecar(record_beside(given))):
            return Launched(origins.binding or "", origins.environment)
    if given is not None and refers_to_settings(project, used):
        message = f"the names of the flow's tables refer to settings, and `{unit.config}` is given"
        hint = "start the flow without the option, or by `typedflow run`; `--set` changes values"
        raise TypedflowError([bad_option(message, hint=hint)])
    binding = project.chosen_binding(unit, named_binding_of(project, unit))
    return Launched(binding, choose_environment(project, option="").name)
