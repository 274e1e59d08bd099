"""Resolve a table: its file, with its name in the engine under a binding and the settings that the name refers to."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from typedflow.models import has_key, partial_model, read_layers
from typedflow.project._environment import ChosenEnvironment
from typedflow.project._kinds import Unit
from typedflow.project._options import Override
from typedflow.project._project import LoadedProject
from typedflow.project._resolve_settings import resolve_settings
from typedflow.project._table_file import Table
from typedflow.project._table_path import path_of, physical_path, unknown_setting
from typedflow.project._table_secrets import secrets_in_name
from typedflow.project._tables import DeclaredTable
from typedflow.project._variant import Resolved, Variant
from typedflow.values import DEFAULT_BINDING, RULES, Diagnostic, TypedflowError, format_path

#: Refers to no model: what a table does not need of the settings is another unit's.
_PART = ""


def resolve_table(
    project: LoadedProject,
    unit: Unit,
    binding: str,
    environment: ChosenEnvironment,
    options: tuple[str | Override, ...] = (),
) -> Resolved[BaseModel]:
    """Resolve a table under a binding: its config is what its file declares, with the name in the engine.

    Of the settings, only the fields that the name refers to must be valid, unless code of the model may read others.

    Raises:
        TypedflowError: all errors of the file, and of those settings.
    """
    variant = Variant(unit.name, binding, environment.name, unit.kind)
    try:
        table = project.tables.declared(unit)
        settings = _settings(project, table, binding, environment, options)
        name = physical_path(table, binding, settings, project.root)
    except TypedflowError as error:
        found = (item if item.cases else replace(item, cases=(variant.case,)) for item in error.diagnostics)
        raise TypedflowError(found) from None
    merged, config = read_layers([replace(table.layer, tree={**table.layer.tree, "table": name})], Table)
    return Resolved(variant, merged, config)


def _settings(
    project: LoadedProject,
    table: DeclaredTable,
    binding: str,
    environment: ChosenEnvironment,
    options: tuple[str | Override, ...],
) -> Resolved[BaseModel] | None:
    """Return the settings that the name of a table refers to; None if there are none."""
    paths = path_of(table).settings
    if binding != DEFAULT_BINDING:
        project.binding_layer(table.unit, binding)
    if not paths:
        return None
    whole = project.settings_model_of(table.unit)
    if unknown := next((path for path in paths if not has_key(whole, path[:1])), None):
        raise unknown_setting(table, unknown[:1], whole)
    part = partial_model(whole, [str(path[0]) for path in paths])
    unit = table.unit if part is whole else table.unit._replace(model=_PART)
    try:
        settings = resolve_settings(project, unit, binding, environment, options, part)
    except TypedflowError as error:
        raise TypedflowError(_of_other_settings(item, table, whole) for item in error.diagnostics) from None
    if problems := list(secrets_in_name(table, paths, settings, project.root, project.manifest.public)):
        raise TypedflowError(problems)
    return settings


def _of_other_settings(item: Diagnostic, table: DeclaredTable, whole: type[BaseModel]) -> Diagnostic:
    """Return a finding; an option for a setting that the name does not refer to would have no effect."""
    if item.rule != RULES["unknown-key"] or not item.path or not has_key(whole, item.path):
        return item
    message = f"the name of `{table.unit.name}` does not refer to `{format_path(item.path)}`"
    hint = f"the table is `{table.content.table}`: set what it refers to, or leave out the option"
    return replace(item, message=message, hint=hint, label="")
