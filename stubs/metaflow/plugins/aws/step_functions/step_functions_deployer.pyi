# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.plugins.aws.step_functions.step_functions_deployer_objects
import metaflow.runner.deployer_impl
import typing

from ....runner.deployer_impl import DeployerImpl as DeployerImpl

class StepFunctionsDeployer(metaflow.runner.deployer_impl.DeployerImpl):
    def __init__(self, deployer_kwargs: dict[str, str], **kwargs: typing.Any) -> None: ...
    @property
    def deployer_kwargs(self) -> dict[str, typing.Any]: ...
    @staticmethod
    def deployed_flow_type() -> type[
        metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow
    ]: ...
    def create(
        self, **kwargs: typing.Any
    ) -> metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsDeployedFlow: ...
