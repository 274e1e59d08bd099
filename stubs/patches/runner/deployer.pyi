class TriggeredRun:
    deployer: metaflow.runner.deployer_impl.DeployerImpl
    metadata_for_flow: str
    pathspec: str
    name: str

    def __init__(self, deployer: metaflow.runner.deployer_impl.DeployerImpl, content: str) -> None: ...
    def wait_for_run(self, check_interval: int = 5, timeout: int | None = None) -> None: ...

class DeployedFlow:
    deployer: metaflow.runner.deployer_impl.DeployerImpl
    name: str
    flow_name: str
    metadata: str

    def __init__(self, deployer: metaflow.runner.deployer_impl.DeployerImpl) -> None: ...
    @classmethod
    def from_deployment(
        cls, identifier: str, metadata: str | None = None, impl: str = ...
    ) -> (
        metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow
        | metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow
    ): ...
    @classmethod
    def from_argo_workflows(
        cls, identifier: str, metadata: str | None = None
    ) -> metaflow.plugins.argo.argo_workflows_deployer_objects.ArgoWorkflowsDeployedFlow: ...
    @classmethod
    def from_step_functions(
        cls, identifier: str, metadata: str | None = None
    ) -> metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow: ...
