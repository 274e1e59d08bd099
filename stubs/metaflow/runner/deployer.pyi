# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow
import metaflow.plugins.argo.argo_workflows_deployer
import metaflow.plugins.argo.argo_workflows_deployer_objects
import metaflow.plugins.aws.step_functions.step_functions_deployer
import metaflow.plugins.aws.step_functions.step_functions_deployer_objects
import metaflow.runner.deployer_impl
import typing

from ..exception import MetaflowNotFound as MetaflowNotFound

DEFAULT_FROM_DEPLOYMENT_IMPL: str

def generate_fake_flow_file_contents(
    flow_name: str, param_info: dict[typing.Any, typing.Any], project_name: str | None = None
) -> typing.Any: ...

class DeployerMeta(type):
    @staticmethod
    def __new__(mcs, name: typing.Any, bases: typing.Any, dct: typing.Any) -> typing.Any: ...

class Deployer(metaclass=DeployerMeta):
    def __init__(
        self,
        flow_file: str,
        show_output: bool = True,
        profile: str | None = None,
        env: dict[typing.Any, typing.Any] | None = None,
        cwd: str | None = None,
        file_read_timeout: int = 3600,
        **kwargs: typing.Any,
    ) -> None: ...
    def step_functions(
        self, *, name: str | None = None
    ) -> metaflow.plugins.aws.step_functions.step_functions_deployer.StepFunctionsDeployer: ...
    def argo_workflows(
        self, *, name: str | None = None
    ) -> metaflow.plugins.argo.argo_workflows_deployer.ArgoWorkflowsDeployer: ...

class TriggeredRun:
    def wait_for_run(self, check_interval: int = 5, timeout: int | None = None) -> None: ...
    @property
    def run(self) -> metaflow.Run | None: ...
    deployer: metaflow.runner.deployer_impl.DeployerImpl
    metadata_for_flow: str
    pathspec: str
    name: str

    def __init__(self, deployer: metaflow.runner.deployer_impl.DeployerImpl, content: str) -> None: ...

class DeployedFlowMeta(type):
    @staticmethod
    def __new__(mcs, name: typing.Any, bases: typing.Any, dct: typing.Any) -> typing.Any: ...

class DeployedFlow(metaclass=DeployedFlowMeta):
    @classmethod
    def from_deployment(
        cls, identifier: str, metadata: str | None = None, impl: str = ...
    ) -> (
        metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow
        | metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow
    ): ...
    @classmethod
    def list_deployed_flows(cls, flow_name: str | None = None, impl: str = "argo_workflows") -> typing.Any: ...
    @classmethod
    def get_triggered_run(
        cls, identifier: str, run_id: str, metadata: str | None = None, impl: str = "argo_workflows"
    ) -> TriggeredRun: ...
    @classmethod
    def from_step_functions(
        cls, identifier: str, metadata: str | None = None
    ) -> metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow: ...
    @classmethod
    def list_step_functions(cls, flow_name: str | None = None) -> typing.Any: ...
    @classmethod
    def get_triggered_step_functions_run(
        cls, identifier: str, run_id: str, metadata: str | None = None
    ) -> typing.Any: ...
    @classmethod
    def from_argo_workflows(
        cls, identifier: str, metadata: str | None = None
    ) -> metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow: ...
    @classmethod
    def list_argo_workflows(cls, flow_name: str | None = None) -> typing.Any: ...
    @classmethod
    def get_triggered_argo_workflows_run(
        cls, identifier: str, run_id: str, metadata: str | None = None
    ) -> typing.Any: ...
    deployer: metaflow.runner.deployer_impl.DeployerImpl
    name: str
    flow_name: str
    metadata: str

    def __init__(self, deployer: metaflow.runner.deployer_impl.DeployerImpl) -> None: ...
