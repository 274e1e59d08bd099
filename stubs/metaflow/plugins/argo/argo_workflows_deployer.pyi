# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.plugins.argo.argo_workflows_deployer_objects
import metaflow.runner.deployer_impl
import typing

from ...runner.deployer_impl import DeployerImpl as DeployerImpl

class ArgoWorkflowsDeployer(metaflow.runner.deployer_impl.DeployerImpl):
    def __init__(self, deployer_kwargs: dict[str, str], **kwargs: typing.Any) -> None: ...
    @property
    def deployer_kwargs(self) -> dict[str, typing.Any]: ...
    @staticmethod
    def deployed_flow_type() -> type[
        metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow
    ]: ...
    def create(
        self, **kwargs: typing.Any
    ) -> metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow: ...
