# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import contextlib
import threading
import typing
import typing_extensions

from .exception import ParameterFieldFailed as ParameterFieldFailed
from .exception import ParameterFieldTypeMismatch as ParameterFieldTypeMismatch
from .exception import MetaflowException as MetaflowException

class ParameterContext(typing.NamedTuple):
    flow_name: str
    user_name: str
    parameter_name: str
    logger: typing.Callable[..., None]
    ds_type: str
    configs: typing.Any

def flow_context(flow_cls: typing.Any) -> contextlib.AbstractContextManager[None]: ...
def replace_flow_context(flow_cls: typing.Any) -> typing.Any: ...

class JSONTypeClass:
    def convert(self, value: typing.Any, param: typing.Any, ctx: typing.Any) -> typing.Any: ...
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...

class DeployTimeField:
    def __init__(
        self,
        parameter_name: typing.Any,
        parameter_type: typing.Any,
        field: typing.Any,
        fun: typing.Any,
        return_str: typing.Any = True,
        print_representation: typing.Any = None,
    ) -> None: ...
    def __call__(self, deploy_time: typing.Any = False) -> typing.Any: ...
    @property
    def description(self) -> typing.Any: ...
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...

def deploy_time_eval(value: typing.Any) -> typing.Any: ...
def set_parameter_context(
    flow_name: typing.Any, echo: typing.Any, datastore: typing.Any, configs: typing.Any
) -> typing.Any: ...

class DelayedEvaluationParameter:
    def __init__(self, name: typing.Any, field: typing.Any, fun: typing.Any) -> None: ...
    def __call__(self, return_str: typing.Any = False) -> typing.Any: ...

class Parameter(typing.Generic[_T_co]):
    @typing.overload
    def __init__(
        self: Parameter[typing.Any],
        name: str,
        default: typing.Any | None = None,
        *,
        type: JSONTypeClass,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[list[str]],
        name: str,
        default: str | typing.Callable[[ParameterContext], str] | None = None,
        type: type[str] | None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        *,
        separator: str,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[bool],
        name: str,
        default: bool | typing.Callable[[ParameterContext], bool],
        type: type[bool],
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[int],
        name: str,
        default: int | typing.Callable[[ParameterContext], int],
        type: type[int],
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[float],
        name: str,
        default: float | typing.Callable[[ParameterContext], float],
        type: type[float],
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[str],
        name: str,
        default: str | typing.Callable[[ParameterContext], str],
        type: type[str],
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[_T],
        name: str,
        default: None = None,
        *,
        type: type[_T],
        help: str | None = None,
        required: typing.Literal[True],
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[_T | typing.Any],
        name: str,
        default: None = None,
        *,
        type: type[_T],
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[_T],
        name: str,
        default: typing.Callable[[ParameterContext], _T],
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[bool],
        name: str,
        default: bool,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[int],
        name: str,
        default: int,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[float],
        name: str,
        default: float,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[str],
        name: str,
        default: str,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[_Json],
        name: str,
        default: _Json,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[str],
        name: str,
        default: None = None,
        type: None = None,
        help: str | None = None,
        *,
        required: typing.Literal[True],
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @typing.overload
    def __init__(
        self: Parameter[str | typing.Any],
        name: str,
        default: None = None,
        type: None = None,
        help: str | None = None,
        required: bool | None = None,
        show_default: bool | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    def init(self, ignore_errors: typing.Any = False) -> typing.Any: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def option_kwargs(self, deploy_mode: typing.Any) -> typing.Any: ...
    def load_parameter(self, v: typing.Any) -> typing.Any: ...
    @property
    def is_string_type(self) -> typing.Any: ...
    def __getitem__(self, x: typing.Any) -> typing.Any: ...
    name: str
    kwargs: dict[str, typing.Any]
    IS_CONFIG_PARAMETER: bool

    @typing.overload
    def __get__(self, instance: None, owner: typing.Any) -> typing_extensions.Self: ...
    @typing.overload
    def __get__(self, instance: object, owner: typing.Any) -> _T_co: ...

def add_custom_parameters(deploy_mode: typing.Any = False) -> typing.Any: ...

JSONType: JSONTypeClass
_T = typing.TypeVar("_T")
_T_co = typing.TypeVar("_T_co", covariant=True)
_Json = typing.TypeVar("_Json", bound=dict[str, typing.Any] | list[typing.Any])
current_flow: threading.local
