from .metaflow_profile import profile as profile

_Step = typing.TypeVar("_Step", bound=typing.Callable[..., typing.Any])
_Flow = typing.TypeVar("_Flow", bound=type[FlowSpec])

USER_SKIP_STEP: dict[str, typing.Any]
__version__: str
EXT_PKG: str
