"""The model of the measured flows' config."""

from pydantic import BaseModel


class Resources(BaseModel):
    """What each task gets."""

    cpu: int
    memory: int


class Train(BaseModel):
    """The flow's config."""

    name: str
    epochs: int
    learning_rate: float
    resources: Resources
