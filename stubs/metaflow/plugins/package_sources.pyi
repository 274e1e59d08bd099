# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.user_decorators.user_flow_decorator
import typing

from ..exception import MetaflowException as MetaflowException
from ..user_decorators.user_flow_decorator import FlowMutator as FlowMutator

DEFAULT_PACKAGE_SUFFIXES: str

class package_sources(
    metaflow.user_decorators.user_flow_decorator.FlowMutator,
    metaclass=metaflow.user_decorators.user_flow_decorator.FlowMutatorMeta,
):
    def init(self, sources: typing.Any, arcname: typing.Any = None, suffixes: typing.Any = None) -> typing.Any: ...
    def add_to_package(self) -> typing.Iterable[tuple[str, str, typing.Any]]: ...
