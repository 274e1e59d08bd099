# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

class Decorator:
    name: str
    attributes: dict[str, typing.Any]
    defaults: dict[str, typing.Any]

    def __init__(
        self,
        attributes: dict[str, typing.Any] | None = None,
        statically_defined: bool = False,
        inserted_by: str | None = None,
    ) -> None: ...

class StepDecorator(Decorator): ...

class FlowDecorator(Decorator):
    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None: ...
