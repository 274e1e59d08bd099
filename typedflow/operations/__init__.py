"""What each command does, as functions: keyword arguments in, frozen values out; nothing here prints."""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.operations._breaking import ModelChanges as ModelChanges
    from typedflow.operations._breaking import PlacedChange as PlacedChange
    from typedflow.operations._breaking import compare_models as compare_models
    from typedflow.operations._check import Checked as Checked
    from typedflow.operations._check import CheckOptions as CheckOptions
    from typedflow.operations._check import check_paths as check_paths
    from typedflow.operations._check import check_project as check_project
    from typedflow.operations._choose_variants import choose_binding as choose_binding
    from typedflow.operations._choose_variants import choose_environment as choose_environment
    from typedflow.operations._choose_variants import choose_flow as choose_flow
    from typedflow.operations._choose_variants import match_bindings as match_bindings
    from typedflow.operations._choose_variants import require_bindings as require_bindings
    from typedflow.operations._choose_variants import require_environment as require_environment
    from typedflow.operations._deploy import Deployed as Deployed
    from typedflow.operations._deploy import deploy as deploy
    from typedflow.operations._deploy import deployment_templates as deployment_templates
    from typedflow.operations._diff import ChangedSetting as ChangedSetting
    from typedflow.operations._diff import Difference as Difference
    from typedflow.operations._diff import SettingValue as SettingValue
    from typedflow.operations._diff import diff as diff
    from typedflow.operations._errors import ArgumentError as ArgumentError
    from typedflow.operations._errors import argument_error as argument_error
    from typedflow.operations._errors import look_up_argument as look_up_argument
    from typedflow.operations._events import CheckAdvanced as CheckAdvanced
    from typedflow.operations._events import CheckFinished as CheckFinished
    from typedflow.operations._events import CheckStarts as CheckStarts
    from typedflow.operations._events import EnvironmentChosen as EnvironmentChosen
    from typedflow.operations._events import Event as Event
    from typedflow.operations._events import FlowStarts as FlowStarts
    from typedflow.operations._events import MendsTried as MendsTried
    from typedflow.operations._findings import gathered as gathered
    from typedflow.operations._key_paths import choose_key_path as choose_key_path
    from typedflow.operations._lock import Locked as Locked
    from typedflow.operations._lock import lock as lock
    from typedflow.operations._progress import Progress as Progress
    from typedflow.operations._project import Project as Project
    from typedflow.operations._resolve import ProjectUnit as ProjectUnit
    from typedflow.operations._resolve import ResolvedSettings as ResolvedSettings
    from typedflow.operations._resolve import list_units as list_units
    from typedflow.operations._resolve import list_variants as list_variants
    from typedflow.operations._resolve import resolve_variant as resolve_variant
    from typedflow.operations._resolve import resolved_settings as resolved_settings
    from typedflow.operations._run import RunResult as RunResult
    from typedflow.operations._run import finish_run as finish_run
    from typedflow.operations._run import prepare_run as prepare_run
    from typedflow.operations._run import run as run
    from typedflow.operations._runs import FoundRuns as FoundRuns
    from typedflow.operations._runs import RunsWanted as RunsWanted
    from typedflow.operations._runs import choose_runs as choose_runs
    from typedflow.operations._runs import find_runs as find_runs
    from typedflow.operations._runs_columns import RUN_COLUMNS as RUN_COLUMNS
    from typedflow.operations._runs_columns import Column as Column
    from typedflow.operations._schema_export import ExportedSchemas as ExportedSchemas
    from typedflow.operations._schema_export import export_schemas as export_schemas
    from typedflow.operations._schema_install import install_schemas as install_schemas

__all__ = [
    "RUN_COLUMNS",
    "ArgumentError",
    "ChangedSetting",
    "CheckAdvanced",
    "CheckFinished",
    "CheckOptions",
    "CheckStarts",
    "Checked",
    "Column",
    "Deployed",
    "Difference",
    "EnvironmentChosen",
    "Event",
    "ExportedSchemas",
    "FlowStarts",
    "FoundRuns",
    "Locked",
    "MendsTried",
    "ModelChanges",
    "PlacedChange",
    "Progress",
    "Project",
    "ProjectUnit",
    "ResolvedSettings",
    "RunResult",
    "RunsWanted",
    "SettingValue",
    "argument_error",
    "check_paths",
    "check_project",
    "choose_binding",
    "choose_environment",
    "choose_flow",
    "choose_key_path",
    "choose_runs",
    "compare_models",
    "deploy",
    "deployment_templates",
    "diff",
    "export_schemas",
    "find_runs",
    "finish_run",
    "gathered",
    "install_schemas",
    "list_units",
    "list_variants",
    "lock",
    "look_up_argument",
    "match_bindings",
    "prepare_run",
    "require_bindings",
    "require_environment",
    "resolve_variant",
    "resolved_settings",
    "run",
]

__getattr__ = lazily(
    __name__,
    {
        "RUN_COLUMNS": "_runs_columns",
        "ArgumentError": "_errors",
        "ChangedSetting": "_diff",
        "CheckAdvanced": "_events",
        "CheckFinished": "_events",
        "CheckOptions": "_check",
        "CheckStarts": "_events",
        "Checked": "_check",
        "Column": "_runs_columns",
        "Deployed": "_deploy",
        "Difference": "_diff",
        "EnvironmentChosen": "_events",
        "Event": "_events",
        "ExportedSchemas": "_schema_export",
        "FlowStarts": "_events",
        "FoundRuns": "_runs",
        "Locked": "_lock",
        "MendsTried": "_events",
        "ModelChanges": "_breaking",
        "PlacedChange": "_breaking",
        "Progress": "_progress",
        "Project": "_project",
        "ProjectUnit": "_resolve",
        "ResolvedSettings": "_resolve",
        "RunResult": "_run",
        "RunsWanted": "_runs",
        "SettingValue": "_diff",
        "argument_error": "_errors",
        "check_paths": "_check",
        "check_project": "_check",
        "choose_binding": "_choose_variants",
        "choose_environment": "_choose_variants",
        "choose_flow": "_choose_variants",
        "choose_key_path": "_key_paths",
        "choose_runs": "_runs",
        "compare_models": "_breaking",
        "deploy": "_deploy",
        "deployment_templates": "_deploy",
        "diff": "_diff",
        "export_schemas": "_schema_export",
        "find_runs": "_runs",
        "finish_run": "_run",
        "gathered": "_findings",
        "install_schemas": "_schema_install",
        "list_units": "_resolve",
        "list_variants": "_resolve",
        "lock": "_lock",
        "look_up_argument": "_errors",
        "match_bindings": "_choose_variants",
        "prepare_run": "_run",
        "require_bindings": "_choose_variants",
        "require_environment": "_choose_variants",
        "resolve_variant": "_resolve",
        "resolved_settings": "_resolve",
        "run": "_run",
    },
)
