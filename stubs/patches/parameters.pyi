import contextlib
import threading

import typing_extensions

_T = typing.TypeVar("_T")
_T_co = typing.TypeVar("_T_co", covariant=True)
_Json = typing.TypeVar("_Json", bound=dict[str, typing.Any] | list[typing.Any])

current_flow: threading.local

def flow_context(flow_cls: typing.Any) -> contextlib.AbstractContextManager[None]: ...

class ParameterContext(typing.NamedTuple):
    flow_name: str
    user_name: str
    parameter_name: str
    logger: typing.Callable[..., None]
    ds_type: str
    configs: typing.Any

# What a step reads is the value: `__get__` says so, as there is no such method when a flow runs. It is typed by `type`,
# or by the default; without a default it can be None unless it is required, which `| Any` leaves to the author.
class Parameter(typing.Generic[_T_co]):
    name: str
    kwargs: dict[str, typing.Any]
    IS_CONFIG_PARAMETER: bool

    @typing.overload
    def __init__(
        self: Parameter[typing.Any],
        name: str,
        default: typing.Any = None,
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
    @typing.overload
    def __get__(self, instance: None, owner: typing.Any) -> typing_extensions.Self: ...
    @typing.overload
    def __get__(self, instance: object, owner: typing.Any) -> _T_co: ...
