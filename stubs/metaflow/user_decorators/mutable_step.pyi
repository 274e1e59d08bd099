# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.decorators
import metaflow.flowspec
import metaflow.user_decorators.mutable_flow
import metaflow.user_decorators.user_step_decorator
import typing

from ..exception import MetaflowException as MetaflowException
from .user_step_decorator import StepMutator as StepMutator
from .user_step_decorator import UserStepDecoratorBase as UserStepDecoratorBase

class MutableStep:
    def __init__(
        self,
        flow_spec: metaflow.flowspec.FlowSpec,
        step: typing.Callable[[typing.Any], None] | typing.Callable[[typing.Any, typing.Any], None],
        pre_mutate: bool = False,
        statically_defined: bool = False,
        inserted_by: str | None = None,
    ) -> None: ...
    @property
    def flow(self) -> metaflow.user_decorators.mutable_flow.MutableFlow: ...
    @property
    def decorator_specs(
        self,
    ) -> typing.Generator[tuple[str, str, list[typing.Any], dict[str, typing.Any]], None, None]: ...
    def has_decorator(self, name: str) -> bool: ...
    def get_decorator_specs(self, name: str) -> list[tuple[str, str, list[typing.Any], dict[str, typing.Any]]]: ...
    def add_decorator(
        self,
        deco_type: typing.Callable[..., typing.Any] | str,
        deco_args: list[typing.Any] | None = None,
        deco_kwargs: dict[str, typing.Any] | None = None,
        duplicates: int = 1,
    ) -> (
        metaflow.user_decorators.user_step_decorator.UserStepDecoratorBase | metaflow.decorators.StepDecorator | None
    ): ...
    def remove_decorator(
        self,
        deco_name: str,
        deco_args: list[typing.Any] | None = None,
        deco_kwargs: dict[str, typing.Any] | None = None,
    ) -> bool: ...
