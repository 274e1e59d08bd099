# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.decorators
import metaflow.flowspec
import metaflow.parameters
import metaflow.user_configs.config_parameters
import metaflow.user_decorators.mutable_step
import metaflow.user_decorators.user_flow_decorator
import typing

from ..exception import MetaflowException as MetaflowException
from ..user_configs.config_parameters import ConfigValue as ConfigValue

class MutableFlow:
    def __init__(
        self,
        flow_spec: metaflow.flowspec.FlowSpec,
        pre_mutate: bool = False,
        statically_defined: bool = False,
        inserted_by: str | None = None,
    ) -> None: ...
    @property
    def decorator_specs(
        self,
    ) -> typing.Generator[tuple[str, str, list[typing.Any], dict[str, typing.Any]], None, None]: ...
    def has_decorator(self, name: str) -> bool: ...
    def get_decorator_specs(self, name: str) -> list[tuple[str, str, list[typing.Any], dict[str, typing.Any]]]: ...
    @property
    def configs(
        self,
    ) -> typing.Generator[tuple[str, metaflow.user_configs.config_parameters.ConfigValue], None, None]: ...
    @property
    def parameters(self) -> typing.Generator[tuple[str, metaflow.parameters.Parameter[typing.Any]], None, None]: ...
    @property
    def steps(self) -> typing.Generator[tuple[str, metaflow.user_decorators.mutable_step.MutableStep], None, None]: ...
    def add_parameter(
        self, name: str, value: metaflow.parameters.Parameter[typing.Any], overwrite: bool = False
    ) -> typing.Any: ...
    def remove_parameter(self, parameter_name: str) -> bool: ...
    def add_decorator(
        self,
        deco_type: typing.Callable[..., typing.Any] | str,
        deco_args: list[typing.Any] | None = None,
        deco_kwargs: dict[str, typing.Any] | None = None,
        duplicates: int = 1,
    ) -> metaflow.user_decorators.user_flow_decorator.FlowMutator | metaflow.decorators.FlowDecorator | None: ...
    def remove_decorator(
        self,
        deco_name: str,
        deco_args: list[typing.Any] | None = None,
        deco_kwargs: dict[str, typing.Any] | None = None,
    ) -> bool: ...
    def __getattr__(self, name: typing.Any) -> typing.Any: ...
