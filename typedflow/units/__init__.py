"""What a project instantiates, one kind per module: how a kind is judged, listed, run and deployed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.units._deployment_plan import DeploymentOptions as DeploymentOptions
    from typedflow.units._deployment_plan import PlannedDeployment as PlannedDeployment
    from typedflow.units._deployment_plan import plan_deployments as plan_deployments
    from typedflow.units._deployment_records import DeploymentFiles as DeploymentFiles
    from typedflow.units._deployment_records import DeploymentRecord as DeploymentRecord
    from typedflow.units._deployment_records import deployment_files as deployment_files
    from typedflow.units._deployment_records import deployment_records as deployment_records
    from typedflow.units._deployment_worker import DeploymentJob as DeploymentJob
    from typedflow.units._deployment_worker import DeploymentOutcome as DeploymentOutcome
    from typedflow.units._deployments import DeploymentProgress as DeploymentProgress
    from typedflow.units._deployments import FinishedDeployment as FinishedDeployment
    from typedflow.units._deployments import deploy_planned as deploy_planned
    from typedflow.units._flow_table import ExternalTable as ExternalTable
    from typedflow.units._flow_table import TableError as TableError
    from typedflow.units._flow_table import WritableTable as WritableTable
    from typedflow.units._judge_sql import judge_sql_file as judge_sql_file
    from typedflow.units._kinds import DeployableKind as DeployableKind
    from typedflow.units._kinds import RunnableKind as RunnableKind
    from typedflow.units._kinds import Subject as Subject
    from typedflow.units._kinds import UnitKind as UnitKind
    from typedflow.units._kinds import UnitStart as UnitStart
    from typedflow.units._kinds import deployable as deployable
    from typedflow.units._kinds import kind_named as kind_named
    from typedflow.units._kinds import kinds as kinds
    from typedflow.units._kinds import runnable as runnable
    from typedflow.units._open_engine import engine_failed as engine_failed
    from typedflow.units._open_engine import open_engine as open_engine
    from typedflow.units._planned_runs import FinishedRun as FinishedRun
    from typedflow.units._planned_runs import PlannedRun as PlannedRun
    from typedflow.units._planned_runs import RunningRun as RunningRun
    from typedflow.units._planned_runs import RunsProgress as RunsProgress
    from typedflow.units._planned_runs import plan_runs as plan_runs
    from typedflow.units._resolve_variants import Resolution as Resolution
    from typedflow.units._resolve_variants import resolve_variants as resolve_variants
    from typedflow.units._runs import FinishedRuns as FinishedRuns
    from typedflow.units._runs import run_planned as run_planned
    from typedflow.units._tables_mixin import TablesMixin as TablesMixin
    from typedflow.units._unit_file import unit_file as unit_file
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
