"""The models that the flows' configs get where they are typed."""

from pydantic import Field, RootModel

from typedflow import ConfigModel

__all__ = ["Generated", "Limits", "Numbers", "Option", "Settings", "Spelled", "Text", "Whole", "Words"]


class Deep(ConfigModel):
    deeper: str


class Stage(ConfigModel):
    kind: str


class Nested(ConfigModel):
    deep: Deep
    sizes: list[int]
    stages: list[Stage]


class Resources(ConfigModel):
    cpu: int
    memory: int


class Settings(ConfigModel):
    project: str
    cron: str
    event: str
    rate: float
    epochs: int
    flag: bool
    nothing: int | None
    file: str
    selector: str
    names: list[str]
    variables: dict[str, str]
    nested: Nested
    resources: Resources
    special: int = Field(alias="my special value!")


class Words(ConfigModel):
    word: str


class Generated(ConfigModel):
    of: str
    made: str


class Option(ConfigModel):
    a: int


class Spelled(ConfigModel):
    spelled: str


class Limits(ConfigModel):
    cpu: int
    memory: int


class Text(RootModel[str]): ...


class Whole(RootModel[int]): ...


class Numbers(RootModel[list[int]]): ...
