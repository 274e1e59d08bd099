"""What a project instantiates, one kind per module: how a kind is resolved, named, started and deployed."""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.units._deployment_plan import DeploymentOptions as DeploymentOptions
    from typedflow.units._deployment_plan import PlannedDeployment as PlannedDeployment
    from typedflow.units._deployment_plan import plan_deployments as plan_deployments
    from typedflow.units._deployment_records import TARGETS as TARGETS
    from typedflow.units._deployment_records import DeploymentFiles as DeploymentFiles
    from typedflow.units._deployment_records import DeploymentRecord as DeploymentRecord
    from typedflow.units._deployment_records import deployment_files as deployment_files
    from typedflow.units._deployment_records import deployment_records as deployment_records
    from typedflow.units._deployment_worker import DeploymentJob as DeploymentJob
    from typedflow.units._deployment_worker import DeploymentOutcome as DeploymentOutcome
    from typedflow.units._deployments import DeploymentProgress as DeploymentProgress
    from typedflow.units._deployments import FinishedDeployment as FinishedDeployment
    from typedflow.units._deployments import deploy_planned as deploy_planned
    from typedflow.units._resolve_variants import Resolution as Resolution
    from typedflow.units._resolve_variants import resolve_variants as resolve_variants
    from typedflow.units.flow import FlowStart as FlowStart
    from typedflow.units.flow import flow_file as flow_file
    from typedflow.units.flow import prepare_flow as prepare_flow
    from typedflow.units.flow import start_flow as start_flow

__all__ = [
    "TARGETS",
    "DeploymentFiles",
    "DeploymentJob",
    "DeploymentOptions",
    "DeploymentOutcome",
    "DeploymentProgress",
    "DeploymentRecord",
    "FinishedDeployment",
    "FlowStart",
    "PlannedDeployment",
    "Resolution",
    "deploy_planned",
    "deployment_files",
    "deployment_records",
    "flow_file",
    "plan_deployments",
    "prepare_flow",
    "resolve_variants",
    "start_flow",
]

__getattr__ = lazily(
    __name__,
    {
        "TARGETS": "_deployment_records",
        "DeploymentFiles": "_deployment_records",
        "DeploymentJob": "_deployment_worker",
        "DeploymentOptions": "_deployment_plan",
        "DeploymentOutcome": "_deployment_worker",
        "DeploymentProgress": "_deployments",
        "DeploymentRecord": "_deployment_records",
        "FinishedDeployment": "_deployments",
        "FlowStart": "flow",
        "PlannedDeployment": "_deployment_plan",
        "Resolution": "_resolve_variants",
        "deploy_planned": "_deployments",
        "deployment_files": "_deployment_records",
        "deployment_records": "_deployment_records",
        "flow_file": "flow",
        "plan_deployments": "_deployment_plan",
        "prepare_flow": "flow",
        "resolve_variants": "_resolve_variants",
        "start_flow": "flow",
    },
)
