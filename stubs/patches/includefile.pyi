del DATACLIENTS
del UploaderV1
del UploaderV2
del UPLOADERS
del CURRENT_UPLOADER
del FilePathClass

_T_co = typing.TypeVar("_T_co", covariant=True)

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
