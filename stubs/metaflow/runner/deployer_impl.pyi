# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.runner.deployer
import typing

from .subprocess_manager import SubprocessManager as SubprocessManager

CLICK_API_PROCESS_CONFIG: bool

class DeployerImpl:
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
    @property
    def to_reload(self) -> list[str]: ...
    @property
    def deployer_kwargs(self) -> dict[str, typing.Any]: ...
    @staticmethod
    def deployed_flow_type() -> type[metaflow.runner.deployer.DeployedFlow]: ...
    def __enter__(self) -> DeployerImpl: ...
    def create(self, **kwargs: typing.Any) -> metaflow.runner.deployer.DeployedFlow: ...
    def __exit__(self, exc_type: typing.Any, exc_value: typing.Any, traceback: typing.Any) -> None: ...
    def cleanup(self) -> typing.Any: ...
