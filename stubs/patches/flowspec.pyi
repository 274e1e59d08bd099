del FlowStateItems

class FlowSpecMeta(type): ...

class FlowSpec:
    def next(
        self,
        *dsts: typing.Callable[..., typing.Any] | typing.Mapping[typing.Any, typing.Callable[..., typing.Any]],
        foreach: str | None = None,
        num_parallel: int | None = None,
        condition: str | None = None,
    ) -> None: ...
    def merge_artifacts(
        self, inputs: typing.Any, exclude: list[str] | None = None, include: list[str] | None = None
    ) -> None: ...
    @property
    def input(self) -> typing.Any: ...
