# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.parameters
import typing

from .exception import MetaflowException as MetaflowException
from .parameters import DelayedEvaluationParameter as DelayedEvaluationParameter
from .parameters import DeployTimeField as DeployTimeField
from .parameters import Parameter as Parameter
from .parameters import ParameterContext as ParameterContext

class IncludedFile:
    def __init__(self, descriptor: dict[str, typing.Any]) -> None: ...
    @property
    def descriptor(self) -> typing.Any: ...
    @property
    def size(self) -> typing.Any: ...
    def decode(self, name: typing.Any, var_type: typing.Any = "Artifact") -> typing.Any: ...

class IncludeFile(metaflow.parameters.Parameter[_T_co]):
    @typing.overload
    def __init__(
        self: IncludeFile[typing.Any],
        name: str,
        required: bool | None = None,
        is_text: bool | None = None,
        encoding: str | None = None,
        help: str | None = None,
        *,
        parser: str | typing.Callable[[str], typing.Any],
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: IncludeFile[bytes],
        name: str,
        required: bool | None = None,
        *,
        is_text: typing.Literal[False],
        encoding: str | None = None,
        help: str | None = None,
        parser: None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: IncludeFile[str],
        name: str,
        required: bool | None = None,
        is_text: bool | None = None,
        encoding: str | None = None,
        help: str | None = None,
        parser: None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    def init(self, ignore_errors: typing.Any = False) -> typing.Any: ...
    def load_parameter(self, v: typing.Any) -> typing.Any: ...

_T_co = typing.TypeVar("_T_co", covariant=True)
