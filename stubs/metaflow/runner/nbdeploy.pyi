# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from .deployer import Deployer as Deployer

class NBDeployerInitializationError(Exception): ...

class NBDeployer:
    def __init__(
        self,
        flow: typing.Any,
        show_output: bool = True,
        profile: str | None = None,
        env: dict[typing.Any, typing.Any] | None = None,
        base_dir: str | None = None,
        file_read_timeout: int = 3600,
        **kwargs: typing.Any,
    ) -> None: ...
    def __getattr__(self, name: typing.Any) -> typing.Any: ...
    def cleanup(self) -> typing.Any: ...
