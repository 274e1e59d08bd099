class Table:
    def __init__(
        self,
        data: typing.Sequence[typing.Sequence[typing.Any]] | None = None,
        headers: list[str] | None = None,
        disable_updates: bool = False,
    ) -> None: ...
