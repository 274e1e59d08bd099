# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.plugins.aws.step_functions.step_functions_deployer_objects
import metaflow.runner.deployer
import typing

from ....runner.deployer import DeployedFlow as DeployedFlow
from ....runner.deployer import TriggeredRun as TriggeredRun

class StepFunctionsTriggeredRun(metaflow.runner.deployer.TriggeredRun):
    def terminate(self, **kwargs: typing.Any) -> bool: ...

class StepFunctionsDeployedFlow(
    metaflow.runner.deployer.DeployedFlow, metaclass=metaflow.runner.deployer.DeployedFlowMeta
):
    @property
    def production_token(self: metaflow.runner.deployer.DeployedFlow) -> str | None: ...
    def list_runs(
        self, states: list[str] | None = None
    ) -> list[metaflow.plugins.aws.step_functions.step_functions_deployer_objects.StepFunctionsTriggeredRun]: ...
    def delete(self, **kwargs: typing.Any) -> bool: ...
    def trigger(self, **kwargs: typing.Any) -> StepFunctionsTriggeredRun: ...
