"""What each command does, as functions: keyword arguments in, frozen values out; nothing here prints."""

TYPE_CHECKING = False
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
    from typedflow.operations._choose_variants import choose_unit as choose_unit
    from typedflow.operations._choose_variants import choose_variants as choose_variants
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
    from typedflow.operations._events import EnvironmentUnknown as EnvironmentUnknown
    from typedflow.operations._events import Event as Event
    from typedflow.operations._events import FixesTried as FixesTried
    from typedflow.operations._events import UnitStarts as UnitStarts
    from typedflow.operations._fuzz import Fuzzed as Fuzzed
    from typedflow.operations._fuzz import TriedLaw as TriedLaw
    from typedflow.operations._fuzz import fuzz as fuzz
    from typedflow.operations._fuzz import require_hypothesis as require_hypothesis
    from typedflow.operations._fuzz import try_again as try_again
    from typedflow.operations._init import init_project as init_project
    from typedflow.operations._key_paths import choose_key_path as choose_key_path
    from typedflow.operations._list import ListedUnit as ListedUnit
    from typedflow.operations._list import ListedVariant as ListedVariant
    from typedflow.operations._list import Listing as Listing
    from typedflow.operations._list import list_project as list_project
    from typedflow.operations._lock import Locked as Locked
    from typedflow.operations._lock import lock as lock
    from typedflow.operations._new_binding import NewBinding as NewBinding
    from typedflow.operations._new_binding import new_binding as new_binding
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
    from typedflow.operations._run_many import ManyRuns as ManyRuns
    from typedflow.operations._run_many import run_many as run_many
    from typedflow.operations._runs import FoundRuns as FoundRuns
    from typedflow.operations._runs import RunsWanted as RunsWanted
    from typedflow.operations._runs import choose_runs as choose_runs
    from typedflow.operations._runs import find_runs as find_runs
    from typedflow.operations._runs_columns import RUN_COLUMNS as RUN_COLUMNS
    from typedflow.operations._runs_columns import Column as Column
    from typedflow.operations._schema_export import ExportedSchemas as ExportedSchemas
    from typedflow.operations._schema_export import export_schemas as export_schemas
    from typedflow.operations._schema_install import install_schemas as install_schemas
    from typedflow.operations._show import ShownSettings as ShownSettings
    from typedflow.operations._show import show as show
    from typedflow.operations._stubs import WrittenStubs as WrittenStubs
    from typedflow.operations._stubs import write_stubs as write_stubs
    from typedflow.operations._table_apply import AppliedTables as AppliedTables
    from typedflow.operations._table_apply import apply_tables as apply_tables
    from typedflow.operations._table_compare import ComparedTable as ComparedTable
    from typedflow.operations._table_compare import TableDifference as TableDifference
    from typedflow.operations._table_plan import TablesPlan as TablesPlan
    from typedflow.operations._table_plan import plan_tables as plan_tables
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
